"""What a failed proof says: kind and place of what is wrong, what to do, never the thing itself."""

from __future__ import annotations

import pytest

from flows.processing.proof import UnprovenError, complained, prove_text
from review.document import Block, BlockKind, Document, Location, Span
from review.finding import Entity, Finding, Role
from review.plan import RedactionPlan, Ruling
from review.policy import Action, Rule

HIDE = Rule(Entity.PERSON, None, Action.REPLACE, "个人信息保护法第六条")


def document(*blocks: tuple[str, BlockKind, Location]) -> Document:
    return Document("docx", tuple(Block(text, place, kind) for text, kind, place in blocks))


def picture(
    text: str, block: int, part: str = "word/media/image1"
) -> tuple[str, BlockKind, Location]:
    return text, BlockKind.PICTURE, Location(part, block)


def paragraph(text: str, block: int, page: int | None = None) -> tuple[str, BlockKind, Location]:
    return text, BlockKind.PARAGRAPH, Location("word/document.xml", block, page)


def nothing_planned(draft: Document) -> RedactionPlan:
    return RedactionPlan(draft.digest, "", "general", (), ())


def failure(draft: Document, output: Document, *found: str) -> UnprovenError:
    """Prove an output in which the words ``found`` are found."""
    rulings = tuple(
        Ruling(
            Finding(Entity.PERSON, Span(start, start + len(word)), 0.9, "words", Role.UNKNOWN), HIDE
        )
        for word in found
        if (start := output.text.index(word)) >= 0
    )
    judged = RedactionPlan(output.digest, "", "general", rulings, ())
    with pytest.raises(UnprovenError) as told:
        prove_text(draft, nothing_planned(draft), output, lambda _: judged)
    return told.value


def test_a_place_is_told_by_page_and_paragraph_of_the_draft() -> None:
    draft = document(paragraph("通知", 0, 1), paragraph("联系人 苗秋实", 1, 2))
    output = document(paragraph("通知联系人", 0, 1), paragraph("苗秋实", 1, 1))
    told = failure(draft, output, "苗秋实")
    assert "姓名（第2页 第1段）" in told.message
    assert "苗秋实" not in told.message
    assert told.blocks == (1,)


def test_what_a_picture_says_is_told_by_its_place_in_the_draft() -> None:
    draft = document(
        paragraph("通知", 0), picture("［图片1］", 1), picture("名册", 2), picture("苗秋实", 3)
    )
    output = document(paragraph("通知", 0), picture("［图片1］", 1), picture("苗秋实", 2))
    told = failure(draft, output, "苗秋实")
    assert "姓名（第4段（图片1中））" in told.message
    assert "换掉或去掉图片" in told.message
    assert told.blocks == (3,)


def test_what_only_the_picture_of_the_output_says_is_told_by_the_picture() -> None:
    draft = document(paragraph("通知", 0), picture("［图片1］", 1), picture("苗秋天", 2))
    output = document(paragraph("通知", 0), picture("［图片1］", 1), picture("苗秋实", 2))
    assert failure(draft, output, "苗秋实").blocks == (1,)


def test_a_picture_that_the_draft_does_not_know_has_no_place() -> None:
    draft = document(paragraph("通知", 0))
    output = document(paragraph("通知", 0), picture("苗秋实", 1))
    told = failure(draft, output, "苗秋实")
    assert "姓名（图片中）" in told.message
    assert told.blocks == ()


@pytest.mark.parametrize(
    ("text", "place", "blocks"),
    [
        ("通知\n乙文", "从第2段起", (1,)),
        ("", "从第1段起", (0,)),
        ("通知\n甲文又", "从第2段起", (1,)),
    ],
)
def test_what_reads_otherwise_is_told_from_the_place_where_it_begins(
    text: str, place: str, blocks: tuple[int, ...]
) -> None:
    draft = document(paragraph("通知", 0), paragraph("甲文", 1))
    told = failure(draft, document(paragraph(text, 0)))
    assert place in told.message
    assert told.blocks == blocks


def test_a_draft_without_text_has_no_place_to_name() -> None:
    assert failure(Document("txt", ()), document(paragraph("多", 0))).blocks == ()


def test_complaints_become_one_sentence_with_the_next_step() -> None:
    places = [f"第{n}段仍能读到应隐去的内容。" for n in range(1, 6)]
    assert complained(places) == (
        "第1段仍能读到应隐去的内容；第2段仍能读到应隐去的内容；第3段仍能读到应隐去的内容"
        "；另有 2 处。请起草人在原件中删去或改写这些内容后重新提交。"
    )
    assert "另存为" in complained(["第1页打不开。"])
