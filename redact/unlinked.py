"""Office files without links to what lies outside them, for programs that would follow those."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from redact.package import build_package, open_package, parse_xml
from review.errors import EncryptedInputError

_RTF_MAGIC = b"{\\rtf"
_ZIP_MAGIC = b"PK\x03\x04"
_HREF = "{http://www.w3.org/1999/xlink}href"
_BODIES = frozenset({"content.xml", "styles.xml"})
_MANIFEST = "META-INF/manifest.xml"
_OUTSIDE = re.compile(r"(?!vnd\.sun\.star\.Package:)[A-Za-z][\w+.\-]*:|[/\\]")
"""How the address of what lies elsewhere begins; the exception is an old one of what is within."""

_FIELD = re.compile(rb"\\fldinst.*?(?:\\fldrslt|\Z)", re.DOTALL)
_LOADED, _SHOWN = b"INCLUDEPICTURE", b"QUOTE"


def unlinked(data: bytes) -> bytes:
    """Give a package or rich text without the pictures it links to; any other file as it is.

    LibreOffice shows linked pictures as if they were part of a draft, also files of this machine.
    Raises ``InputError`` where a package cannot be opened within limits.
    """
    if data.startswith(_RTF_MAGIC):
        return _FIELD.sub(lambda field: field[0].replace(_LOADED, _SHOWN), data)
    if not data.startswith(_ZIP_MAGIC):
        return data
    parts = open_package(data)
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise EncryptedInputError("文件设有打开密码，请取消密码后重新提交。")
    changed = dict(_cut(parts))
    return build_package(parts | changed) if changed else data


def _cut(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Write each part anew that leads out of its package."""
    for name, part in parts.items():
        relations = name.endswith(".rels")
        if relations or posixpath.basename(name) in _BODIES:
            root = parse_xml(part)
            if _cut_relations(root) if relations else _cut_addresses(name, root):
                yield name, etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _cut_relations(root: etree._Element) -> bool:
    """Take out relations to what is loaded from elsewhere; nobody loads what text refers to."""
    leading = [
        relation
        for relation in root
        if relation.get("TargetMode") == "External"
        and not relation.get("Type", "").endswith("/hyperlink")
    ]
    for relation in leading:
        root.remove(relation)
    return bool(leading)


def _cut_addresses(name: str, root: etree._Element) -> bool:
    leading = [e for e in root.iter(etree.Element) if _leads_out(name, e.get(_HREF, "#"))]
    for element in leading:
        del element.attrib[_HREF]
    return bool(leading)


def _leads_out(name: str, address: str) -> bool:
    if address.startswith("#"):
        return False
    place = posixpath.join(posixpath.dirname(name), address.replace("\\", "/"))
    return bool(_OUTSIDE.match(address.strip())) or posixpath.normpath(place).startswith("..")
