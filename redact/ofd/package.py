"""An OFD package (GB/T 33190, 第 7 章): its parts by location, its documents and pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from redact.ofd.geometry import Rect, rect_of
from redact.package import open_package, parse_xml
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    TooLargeInputError,
    UnknownFormatError,
)

_ENCRYPTED = frozenset({"encryptions.xml", "decryptseed.dat", "entriesmap.dat"})
"""Parts of an encrypted package (GM/T 0099-2020)."""

_A4 = Rect(0, 0, 210, 297)
_LARGEST = 5_000.0
MAX_PAGES = 2_000

_BROKEN = "OFD 文件结构不完整，请用原软件打开检查、重新导出后再提交。"


def local(element: etree._Element) -> str:
    """Give an element's name without namespace: programs disagree on prefix and address."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of this name in any namespace."""
    return element.iterchildren(f"{{*}}{name}")


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Find the first child of this name."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None) -> str:
    """Give the text of an element that has nothing else in it, without space at its ends."""
    return (element.text or "").strip() if element is not None else ""


@dataclass(frozen=True, slots=True)
class PageSource:
    """Point to the content of one page: its part, its size in mm and the document it is of."""

    part: str
    root: etree._Element
    box: Rect
    document: int


class OfdPackage:
    """Find parts by location, as lenient in case and folder as the programs that write them."""

    def __init__(self, data: bytes) -> None:
        self._parts = open_package(data)
        self._names = {name.casefold(): name for name in self._parts}
        if any(posixpath.basename(name) in _ENCRYPTED for name in self._names):
            raise EncryptedInputError("OFD 文件已加密，请解密或取消密码后重新提交。")
        if "ofd.xml" not in self._names:
            raise UnknownFormatError("文件内容不是 OFD，请改正扩展名或另存后重新提交。")
        self.entry = self.xml(self._names["ofd.xml"])
        self.bodies = list(children(self.entry, "DocBody"))
        self.documents = [self._document(body) for body in self.bodies]
        if not self.documents:
            raise BrokenInputError(_BROKEN)

    @property
    def names(self) -> list[str]:
        """List all parts."""
        return list(self._parts)

    def data(self, part: str) -> bytes:
        """Give the bytes of a part."""
        return self._parts[part]

    def xml(self, part: str) -> etree._Element:
        """Parse a part; raises ``BrokenInputError``."""
        return parse_xml(self._parts[part])

    def find(self, location: str, base: str = "", folder: str = "") -> str | None:
        """Find the part that ``location`` names as seen from part ``base``; None if there is none.

        ``folder`` is the ``BaseLoc`` of a resource file. Locations that lack their leading slash
        are tried from the root, too.
        """
        path = location.strip().replace("\\", "/")
        if not path:
            return None
        home = posixpath.dirname(base)
        tried = (posixpath.join(home, folder, path), posixpath.join(home, path), path)
        for candidate in tried if not path.startswith("/") else (path,):
            name = posixpath.normpath(posixpath.join("/", candidate)).lstrip("/").casefold()
            if name in self._names:
                return self._names[name]
        return None

    def linked(self, parent: etree._Element, name: str, base: str) -> Iterator[str]:
        """Yield the parts that the children of this name point to by their text."""
        for element in children(parent, name):
            if part := self.find(text_of(element), base):
                yield part

    def pages(self) -> Iterator[PageSource]:
        """Yield the pages of all documents in order; raises ``InputError``."""
        count = 0
        for number, (part, root) in enumerate(self.documents):
            usual = _size(child(root, "CommonData"), "PageArea") or _A4
            for listed in children(root, "Pages"):
                for page in children(listed, "Page"):
                    count += 1
                    if count > MAX_PAGES:
                        raise TooLargeInputError("OFD 页数过多，请拆分成几个文件后再提交。")
                    yield self._page(page, part, usual, number)

    def _page(self, page: etree._Element, base: str, usual: Rect, document: int) -> PageSource:
        part = self.find(str(page.get("BaseLoc", "")), base)
        if part is None:
            raise BrokenInputError(_BROKEN)
        root = self.xml(part)
        box = _size(root, "Area") or usual
        if not (1 <= box.width <= _LARGEST and 1 <= box.height <= _LARGEST):
            raise TooLargeInputError("OFD 页面尺寸异常，请用原软件重新导出后再提交。")
        return PageSource(part, root, box, document)

    def _document(self, body: etree._Element) -> tuple[str, etree._Element]:
        part = self.find(text_of(child(body, "DocRoot")))
        if part is None:
            raise BrokenInputError(_BROKEN)
        return part, self.xml(part)


def _size(parent: etree._Element | None, name: str) -> Rect | None:
    area = child(parent, name) if parent is not None else None
    return rect_of(text_of(child(area, "PhysicalBox"))) if area is not None else None
