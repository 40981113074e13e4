"""What an OFD file says beside its pages; none of it is published, all of it is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redact.notes import Notes
from redact.ofd.content import texts_in
from redact.ofd.package import OfdPackage, child, children, local, text_of

_INFO = ("Title", "Author", "Subject", "Abstract", "CustomData", "Keyword")
_NAMED = {
    "OutlineElem": "Title",
    "Bookmark": "Name",
    "URI": "URI",
    "Attachment": "Name",
}
_LINKS = ("Outlines", "Bookmarks", "Actions")
_MARKS = frozenset({"Stamp", "Watermark"})
_LONGEST = 100_000


class Aside:
    """List the texts that a file holds beside its pages, and note what goes with them."""

    def __init__(self, package: OfdPackage, notes: Notes) -> None:
        self._package = package
        self._notes = notes
        self.texts: list[str] = []
        for body, (base, root) in zip(package.bodies, package.documents, strict=True):
            self._body(body)
            self._document(base, root)
        if len(package.documents) > 1:
            notes.add("documents_merged")

    def page(self, root: etree._Element) -> None:
        """Take what the actions of a page lead to."""
        if any(True for _ in root.iter("{*}Actions")):
            self._notes.add("links_dropped")
            self._named(root, "URI")

    def _body(self, body: etree._Element) -> None:
        info = child(body, "DocInfo")
        if info is not None:
            if any(local(element) != "DocID" for element in info):
                self._notes.add("properties_dropped")
            for element in info.iter():
                if local(element) in _INFO:
                    self._add(text_of(element))
                    self._add(str(element.get("Name", "")))
        if child(body, "Versions") is not None:
            self._notes.add("versions_dropped")
        if child(body, "Signatures") is not None:
            self._notes.add("signature_dropped")

    def _document(self, base: str, root: etree._Element) -> None:
        for name in _LINKS:
            for element in children(root, name):
                self._notes.add("links_dropped")
                self._named(element, *_NAMED)
        for part in self._package.linked(root, "Attachments", base):
            self._notes.add("attachments_dropped")
            self._named(self._package.xml(part), "Attachment")
        for part in self._package.linked(root, "Annotations", base):
            self._annotations(part)
        for part in self._package.linked(root, "CustomTags", base):
            self._notes.add("custom_data_dropped")
            self._tags(part)
        for part in self._package.linked(root, "Extensions", base):
            self._notes.add("custom_data_dropped")
            self._everything(self._package.xml(part))

    def _named(self, root: etree._Element, *names: str) -> None:
        for element in root.iter(*(f"{{*}}{name}" for name in names)):
            self._add(str(element.get(_NAMED[local(element)], "")))

    def _annotations(self, listing: str) -> None:
        for page in self._package.xml(listing).iter("{*}FileLoc"):
            part = self._package.find(text_of(page), listing)
            for annotation in self._package.xml(part).iter("{*}Annot") if part else ():
                self._annotation(annotation)

    def _annotation(self, annotation: etree._Element) -> None:
        mark = annotation.get("Type") in _MARKS
        shown = any(True for _ in annotation.iter("{*}TextObject", "{*}ImageObject"))
        self._notes.add("annotations_dropped" if mark or shown else "comments_dropped")
        for element in annotation.iter("{*}Remark", "{*}Parameter"):
            self._add(text_of(element))
        self._add("".join(texts_in(annotation)))
        self._named(annotation, "URI")

    def _tags(self, listing: str) -> None:
        root = self._package.xml(listing)
        for element in root.iter("{*}FileLoc"):
            part = self._package.find(text_of(element), listing)
            if part is not None:
                self._everything(self._package.xml(part))

    def _everything(self, root: etree._Element) -> None:
        for text in _strings(root):
            self._add(text)

    def _add(self, text: str) -> None:
        if text := text.strip()[:_LONGEST]:
            self.texts.append(text)


def _strings(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.text or ""
            yield element.tail or ""
            yield from (str(value) for value in element.attrib.values())
