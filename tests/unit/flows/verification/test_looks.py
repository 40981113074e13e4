"""What the looks of two files tell, and when they settle what a machine read otherwise."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from flows.processing.pipeline import Pipeline
from flows.processing.scanned import ScannedFile
from flows.verification import looks
from flows.verification.looks import looked_at
from redact.preview.pictures import Mark
from redact.verify.sight import MOST_COMPARED, Seen, Sight
from review.document import Block, BlockKind, Document, Location, Note, Severity
from review.errors import UnsafeOutputError


def scan(*, pages: int = 1, code: str = "pdf_scan", format: str = "pdf") -> ScannedFile:
    blocks = tuple(Block("字", Location("page", n, n + 1)) for n in range(pages))
    document = Document(format, blocks, (Note(code, "扫描件。", Severity.PERSON),))
    plan, incoming = SimpleNamespace(rulings=()), SimpleNamespace(data=b"")
    return cast(ScannedFile, SimpleNamespace(document=document, plan=plan, incoming=incoming))


def seeing(*seen: Seen) -> Pipeline:
    return cast(Pipeline, SimpleNamespace(compare=lambda *_: seen))


def failing() -> Pipeline:
    def compare(*_: Any) -> None:
        raise UnsafeOutputError("不行。")

    return cast(Pipeline, SimpleNamespace(compare=compare))


def test_scans_that_look_alike_settle_what_was_read_otherwise() -> None:
    assert looked_at(seeing(), scan(), scan()).settles


@pytest.mark.parametrize(
    "look",
    [
        looked_at(seeing(Seen(1, Sight.ALTERED, 1)), scan(), scan()),
        looked_at(seeing(Seen(1, Sight.OTHER, 1)), scan(), scan()),
        looked_at(failing(), scan(), scan()),
        looked_at(seeing(), scan(pages=2), scan()),
        looked_at(seeing(), scan(), scan(code="pdf_picture")),
        looked_at(seeing(), scan(pages=MOST_COMPARED + 1), scan(pages=MOST_COMPARED + 1)),
        looked_at(seeing(), scan(format="docx"), scan()),
    ],
)
def test_whatever_differs_or_was_not_compared_settles_nothing(look: Any) -> None:
    assert not look.settles


def test_places_that_can_be_restored_are_counted() -> None:
    seen = Seen(2, Sight.THROUGH, 3), Seen(2, Sight.HALF, 1), Seen(1, Sight.ALTERED, 9)
    assert looked_at(seeing(*seen), scan(), scan()).restorable == 4


def test_each_kind_is_told_with_its_page_and_what_to_do() -> None:
    look = looked_at(
        seeing(Seen(2, Sight.THROUGH, 3), Seen(2, Sight.HALF, 1), Seen(1, Sight.OTHER, 1)),
        scan(pages=2),
        scan(pages=2),
    )
    through, half = look.recoverable
    assert through.startswith("第 2 页有 3 处遮得不实")
    assert "实心色块" in through
    assert "没有盖全" in half
    assert look.differences[0].startswith("第 1 页与原件对不上")


@pytest.mark.parametrize(
    ("before", "after"),
    [(scan(format="docx"), scan()), (scan(format="txt"), scan(format="txt"))],
)
def test_pictures_that_cannot_be_compared_are_told(before: ScannedFile, after: ScannedFile) -> None:
    (told,) = looked_at(seeing(), before, after).differences
    assert told.startswith("图片和扫描页未能与原件逐处比较")


def test_from_where_on_nothing_was_compared_is_told() -> None:
    beyond = Seen(MOST_COMPARED + 1, Sight.BEYOND, 3)
    look = looked_at(seeing(beyond), scan(), scan())
    assert look.differences == ("第 41 页起没有逐处比较，请对照原件核对。",)
    assert not look.settles


@pytest.mark.parametrize(("format", "given"), [("docx", 1), ("ofd", 1), ("image", 2), ("pdf", 2)])
def test_beside_the_text_of_office_files_only_marks_in_pictures_are_looked_at(
    format: str, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = tuple(
        Block("字", Location("page", n), kind)
        for n, kind in enumerate((BlockKind.PARAGRAPH, BlockKind.PICTURE))
    )
    note = Note("picture_read", "有图片。", Severity.PERSON)
    file = SimpleNamespace(
        document=Document(format, blocks, (note,)), incoming=SimpleNamespace(data=b"")
    )
    marks = [Mark(n, n, 0, 1, "字", True) for n in range(2)]
    monkeypatch.setattr(looks, "marks_of", lambda *_: iter(marks))
    passed: list[Mark] = []
    pipeline = SimpleNamespace(compare=lambda _, __, each: passed.extend(each) or ())
    looked_at(cast(Pipeline, pipeline), cast(ScannedFile, file), cast(ScannedFile, file))
    assert passed == marks[-given:]


def test_pictures_that_are_gone_are_counted() -> None:
    files = [scan(code="picture_read", format="docx") for _ in range(2)]
    assert looked_at(seeing(Seen(0, Sight.OTHER, 2)), *files).differences == (
        "原件里的图片少了 2 张，请核对。",
    )


def test_pages_that_are_missing_are_told_by_their_numbers() -> None:
    assert looked_at(seeing(), scan(pages=3), scan(pages=2)).differences == (
        "原件有 3 页，公开件有 2 页，请核对是否缺页、多页。",
    )


def test_pictures_that_could_not_be_compared_are_a_difference_to_look_at() -> None:
    files = [scan(code="drawing_not_pictured", format="docx") for _ in range(2)]
    (told,) = looked_at(seeing(Seen(0, Sight.UNSEEN, 2)), *files).differences
    assert told.startswith("有 2 张图片")
    assert told.endswith("请对照核对。")
