"""The package of an OpenDocument file: opened within limits, its frame written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from lxml import etree

from redact.package import open_package, parse_xml, write_xml
from review.errors import BrokenInputError, EncryptedInputError, UnknownFormatError

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{OASIS}office:1.0"
STYLE = f"{OASIS}style:1.0"
TEXT = f"{OASIS}text:1.0"
TABLE = f"{OASIS}table:1.0"
DRAW = f"{OASIS}drawing:1.0"
NUMBER = f"{OASIS}datastyle:1.0"
FO = f"{OASIS}xsl-fo-compatible:1.0"
SVG = f"{OASIS}svg-compatible:1.0"
DR3D = f"{OASIS}dr3d:1.0"
MANIFEST = f"{OASIS}manifest:1.0"
XLINK = "http://www.w3.org/1999/xlink"
LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
FIELD = "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"

_PREFIXES = {
    "office": OFFICE, "style": STYLE, "text": TEXT, "table": TABLE, "draw": DRAW, "number": NUMBER,
    "fo": FO, "svg": SVG, "xlink": XLINK, "loext": LOEXT,
}  # fmt: skip
_OLD_SPACES = {
    "http://www.w3.org/1999/XSL/Format": FO,
    "http://www.w3.org/2000/svg": SVG,
}
"""What the first programs took for the same names; readers of today take them so still."""

CONTENT, STYLES, SETTINGS = "content.xml", "styles.xml", "settings.xml"
_MANIFEST = "META-INF/manifest.xml"
_NOTED = (
    ("meta.xml", "properties_dropped"),
    ("META-INF/documentsignatures.xml", "signature_dropped"),
    ("META-INF/macrosignatures.xml", "signature_dropped"),
    ("Basic/", "macro_dropped"),
    ("Scripts/", "macro_dropped"),
    ("Dialogs/", "macro_dropped"),
    ("VersionList.xml", "versions_dropped"),
    ("Versions/", "versions_dropped"),
    ("database/", "custom_data_dropped"),
    ("EmbeddedDatabase/", "custom_data_dropped"),
)
_OLD_DOCTYPE = (
    b'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
)
_OLD_ROOT = (
    b"<manifest:manifest>",
    f'<manifest:manifest xmlns:manifest="{MANIFEST}">'.encode(),
)
"""What OpenOffice wrote until 2009, in the manifest alone; any other DTD is refused."""
VERSION = "1.3"
"""Manifest and parts must bear the same one, else LibreOffice refuses the file."""
_BROKEN = "文件缺少必要的部分，请用办公软件重新保存后再提交。"


class OdfPackage:
    """Hold the opened parts of an OpenDocument file of one media type.

    Raises ``InputError`` where the package is encrypted, of another type or broken.
    """

    def __init__(self, data: bytes, media_type: str) -> None:
        self._parts = open_package(data)
        self._media_type = media_type
        if self._parts.get("mimetype", b"").strip() != media_type.encode("ascii"):
            raise UnknownFormatError("文件内容与扩展名不符，请用办公软件重新另存后再提交。")
        self._types = self._media_types()

    def xml(self, name: str) -> etree._Element:
        """Parse a part; raises ``BrokenInputError`` when it is missing or malformed."""
        if name not in self._parts:
            raise BrokenInputError(_BROKEN)
        data = self._parts[name]
        root = parse_xml(data)
        if any(space.encode("ascii") in data for space in _OLD_SPACES):
            _modernise(root)
        return root

    def data(self, name: str) -> bytes:
        """Give the bytes of a part that there is."""
        return self._parts[name]

    def parts(self) -> Iterable[bytes]:
        """Give the bytes of all parts."""
        return self._parts.values()

    def has(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return name in self._parts

    def media_type_of(self, reference: str) -> str:
        """Give the declared type of an embedded object by its reference, empty where unknown."""
        name = reference.removeprefix("./").rstrip("/")
        return self._types.get(name, "")

    def noted(self) -> list[str]:
        """List the codes of the notes that the mere presence of parts asks for."""
        return [c for start, c in _NOTED if any(n.startswith(start) for n in self._parts)]

    def assemble(self, written: Mapping[str, bytes]) -> dict[str, bytes]:
        """Frame the written parts: media type and manifest, written anew."""
        parts = dict(written)
        entries = "".join(
            f"<manifest:file-entry manifest:full-path={quoteattr(name)} "
            f'manifest:media-type="{_media_type(name)}"/>'
            for name in sorted(parts)
        )
        parts[_MANIFEST] = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<manifest:manifest xmlns:manifest="{MANIFEST}" manifest:version="{VERSION}">'
            f'<manifest:file-entry manifest:full-path="/" manifest:version="{VERSION}" '
            f'manifest:media-type="{self._media_type}"/>{entries}</manifest:manifest>'
        ).encode()
        parts["mimetype"] = self._media_type.encode("ascii")
        return parts

    def _media_types(self) -> dict[str, str]:
        if _MANIFEST not in self._parts:
            return {}
        written = self._parts[_MANIFEST]
        if _OLD_DOCTYPE in written:
            # Their DTD also was what declared the namespace.
            written = written.replace(_OLD_DOCTYPE, b"").replace(*_OLD_ROOT)
        manifest = parse_xml(written)
        if next(manifest.iter("{*}encryption-data"), None) is not None:
            raise EncryptedInputError("文件设有打开密码，请取消密码后重新提交。")
        return {
            str(e.get(f"{{{MANIFEST}}}full-path", "")).rstrip("/"): str(
                e.get(f"{{{MANIFEST}}}media-type", "")
            )
            for e in manifest.iter(f"{{{MANIFEST}}}file-entry")
        }


def write_part(root: etree._Element) -> bytes:
    """Serialise a part under the usual prefixes; the draft's own could say anything.

    Built anew, because moving a tree under another root takes time beyond its size in lxml.
    """
    written = etree.Element(root.tag, nsmap=_PREFIXES)
    within = [written]
    for event, element in etree.iterwalk(root, ("start", "end")):
        if event == "end":
            within.pop().tail = element.tail
            continue
        if element is not root:
            within.append(etree.SubElement(within[-1], element.tag))
            within[-1].text = element.text
        for name, value in element.items():
            within[-1].set(name, value)
    return write_xml(written)


def _media_type(name: str) -> str:
    ending = name.rpartition(".")[2]
    return "text/xml" if ending == "xml" else f"image/{ending}"


def _modernise(root: etree._Element) -> None:
    """Bring the names of old programs under today's namespaces."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element)
        if tag.namespace in _OLD_SPACES:
            element.tag = f"{{{_OLD_SPACES[tag.namespace]}}}{tag.localname}"
        for name, value in element.items():
            attribute = etree.QName(name)
            if attribute.namespace in _OLD_SPACES:
                del element.attrib[name]
                element.set(f"{{{_OLD_SPACES[attribute.namespace]}}}{attribute.localname}", value)
