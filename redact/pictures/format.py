"""Picture files as drafts: read by machine, painted over, never without a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from redact.containers import check_plan, to_document, write_edits
from redact.notes import page_numbers
from redact.ocr.doubts import DOUBT_NAMES, Doubt
from redact.ocr.recall import afresh, recall
from redact.ocr.recognise import PictureText
from redact.page.glyphs import Box
from redact.pictures.file import paint_over
from redact.pictures.pages import Sheet, open_sheets, write_sheets, written_kind
from redact.pictures.proof import shows_covered
from redact.pictures.text import PictureLayout, PicturePlace, covered_boxes, places_in
from review.document import Document, Note, Severity
from review.errors import TooLargeInputError, UnknownFormatError, UnsafeOutputError
from review.plan import RedactionPlan

if TYPE_CHECKING:
    from PIL.Image import Image

_MARKS = frozenset("，。、；：！？,;:!?（）()〔〕【】[]《》“”‘’\"'")
"""Marks that a bar may cover with what it must: they are narrow, and nobody misses one."""

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif")


@dataclass(frozen=True)
class ImageFormat:
    """Read the text of scans, photographs and screenshots, and paint over what must not be seen."""

    name: str = "image"
    suffixes: tuple[str, ...] = SUFFIXES

    def read(self, data: bytes) -> Document:
        """Read all pages; raises ``InputError``, also where pictures cannot be read here."""
        doubts: dict[Doubt, list[int]] = defaultdict(list)
        places: list[PicturePlace] = []
        number = 0
        for number, page in enumerate(read_pages(open_sheets(data)), 1):
            for doubt in page.doubts:
                doubts[doubt].append(number)
            places += page.places
        return to_document(self.name, places, list(_notes(doubts, places, many=number > 1)))

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Paint over what the plan hides and read the result again.

        Raises ``UnsafeOutputError`` where the text is not the one planned on, a bar would cover
        what stays, or something painted over can still be read.
        """
        pages = list(read_pages(open_sheets(data)))
        places = [place for page in pages for place in page.places]
        check_plan(places, plan)
        edits = plan.edits_by_block()
        for index, place in enumerate(places):
            write_edits(place, edits.get(index, ()))
        name = "第 {} 页" if len(pages) > 1 else "图片"
        written = [_painted(page, name.format(number)) for number, page in enumerate(pages, 1)]
        return write_sheets(written, written_kind(data)), ()


class ReadPage(NamedTuple):
    """Hold a page with its paragraphs and cells, and why a person must look at it."""

    sheet: Sheet
    places: list[PicturePlace]
    doubts: frozenset[Doubt]


def read_pages(sheets: Iterable[Sheet]) -> Iterator[ReadPage]:
    """Read pages one after another; raises ``InputError`` where one cannot be read here."""
    layout = PictureLayout()
    for number, sheet in enumerate(sheets, 1):
        read = _read(sheet)
        places = places_in("image", read, sheet.image, number, layout)
        yield ReadPage(sheet, places, read.doubts)


def _read(sheet: Sheet) -> PictureText:
    """Read a page; without a recogniser or the memory for it there is one clear sentence."""
    try:
        return recall(sheet.image)
    except ImportError:
        raise UnknownFormatError(
            "本机不能识别图片中的文字，请运行 review doctor 查看原因，或改交带文字的原始文件。"
        ) from None
    except MemoryError:
        raise TooLargeInputError("图片过大，请降低分辨率后再提交。") from None


def _notes(
    doubts: Mapping[Doubt, Sequence[int]], places: Sequence[PicturePlace], *, many: bool
) -> Iterator[Note]:
    if places:
        told = "图片中的文字由机器识别，可能有漏认、错认，请对照图片逐处核对。"
        yield Note("image_read", told, Severity.PERSON)
    else:
        told = "图片中没有认出文字，请人工查看图片后再决定。"
        yield Note("image_silent", told, Severity.PERSON)
    for doubt, numbers in sorted(doubts.items()):
        where = f"第 {page_numbers(numbers)} 页" if many else "图片中"
        told = f"{where}{DOUBT_NAMES[doubt]}，请人工核对。"
        yield Note(f"image_{doubt.value}", told, Severity.PERSON)


def _painted(page: ReadPage, name: str) -> Sheet:
    """Paint over what is covered, and prove that this, and nothing else, is gone.

    ``name`` tells people which page it is, "图片" if there is only one.
    """
    sheet, places, _ = page
    boxes = covered_boxes(places)
    if not boxes:
        return sheet
    covered = list(_boxes(places, covered=True))
    # A sign that was read twice, once within what is covered, is no loss.
    lost = (box for box in _boxes(places, covered=False) if not _is_under(box, covered))
    if clash := next((box for box in lost if _is_under(box, boxes)), None):
        raise UnsafeOutputError(
            f"{name}{_about(clash, sheet.image)}要遮盖的文字与其他文字靠得太近，不能只遮其一，"
            "请人工遮盖这一处后重新提交，或将原件放平、放正重新扫描。"
        )
    painted = sheet.painted(paint_over(sheet.image, boxes))
    with afresh():
        (again,) = read_pages([painted])
    if shows_covered(again.places, places):
        raise UnsafeOutputError(f"{name}遮盖后仍能读出应隐去的内容，请交人工处理。")
    return painted


def _about(box: Box, picture: Image) -> str:
    """Say where a box lies without what stands there."""
    down, right = box.top / picture.height, box.x0 / picture.width
    return f"从上往下约 {down:.0%}、从左往右约 {right:.0%} 处"


def _boxes(places: Sequence[PicturePlace], *, covered: bool) -> Iterator[Box]:
    """Give the places of what is covered, or of what must stay readable."""
    passed_over = frozenset() if covered else _MARKS
    for place in places:
        for sign in place.segments:
            if sign.glyph is None or sign.covered is not covered or not sign.text.strip():
                continue
            if sign.text not in passed_over:
                yield sign.glyph.box


def _is_under(box: Box, bars: Sequence[Box]) -> bool:
    return any(bar.holds_centre(box) for bar in bars)
