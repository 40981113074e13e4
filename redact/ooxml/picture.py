"""The pictures of an office package: the parts that show them, and the parts that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from redact.containers import TextPlace
from redact.ooxml.parts import A, Part, R, V
from redact.pictures.store import PictureStore

EMBED = f"{{{R}}}embed"
IMAGE = f"{{{V}}}imagedata"

REFERENCES = {f"{{{A}}}blip": EMBED, IMAGE: f"{{{R}}}id"}
"""Elements that show a picture, and the attribute that says which."""


class Pictures(PictureStore):
    """Collect the pictures that one package shows."""

    def containers(self, roots: Iterable[etree._Element]) -> Iterator[TextPlace]:
        """List each picture that parts of the output show and the text in it, line by line."""
        return self.places({each for root in roots for each in self.references(root)})

    def relations(self, root: etree._Element) -> dict[str, tuple[str, str]]:
        """List the pictures that a part of the output refers to, as relationships."""
        used = self.references(root)
        return {p.relation: ("image", self.name_of(p)) for p in self._kept() if p.relation in used}

    def parts(self) -> dict[str, Part]:
        """Give the written pictures."""
        return {
            self.name_of(picture): Part(f"image/{picture.kind}", picture.data, {})
            for picture in self._kept()
            if picture.data is not None
        }

    def references(self, root: etree._Element) -> set[str]:
        """List the ids of the pictures that a part of the output refers to."""
        return {str(element.get(REFERENCES[element.tag])) for element in root.iter(*REFERENCES)}

    def knows(self, relation: str) -> bool:
        """Tell whether an id is that of a picture of the output."""
        return any(picture.relation == relation for picture in self._kept())
