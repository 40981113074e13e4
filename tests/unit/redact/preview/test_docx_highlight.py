"""Highlighted Word drafts: every finding shaded and commented, everything else as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import W
from redact.preview.docx_highlight import highlighted_docx
from redact.preview.highlights import COLOURS, HighlightOrder, Label
from redact.preview.pictures import Mark
from review.document import BlockKind
from review.errors import InputError
from review.policy import Action
from tests.fakes import bars

NAME, NUMBER = "赵小满", "329826199710258215"


def saved(file: Any) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def letter(change: Callable[[Any], None] = lambda file: None) -> bytes:
    file = docx.Document()
    paragraph = file.add_paragraph("申请人赵")
    paragraph.add_run("小满").bold = True
    paragraph.add_run(f"（{NUMBER}）符合条件。")
    table = file.add_table(2, 2)
    for cell, text in zip(table._cells, ("姓名", "备注", NAME, "男"), strict=True):
        cell.text = text
    change(file)
    return saved(file)


def order(data: bytes, *values: str, action: Action = Action.MASK) -> HighlightOrder:
    document = DocxFormat().read(data)
    found = [
        (block, text.text.index(value), value)
        for value in values
        for block, text in enumerate(document.blocks)
        if value in text.text and text.kind is not BlockKind.DROPPED
    ]
    marks = tuple(
        Mark(n, block, start, start + len(value), value)
        for n, (block, start, value) in enumerate(found, 1)
    )
    labels = tuple(Label(mark.number, action, f"{mark.number}　遮盖。") for mark in marks)
    return HighlightOrder("docx", tuple(b.text for b in document.blocks), marks, labels)


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def tag(name: str) -> str:
    return f"{{{W}}}{name}"


def shaded(data: bytes, name: str = "word/document.xml") -> Sequence[tuple[str, str]]:
    """Give text and ground of every shaded run."""
    return [
        (
            "".join(t.text or "" for t in run.iter(tag("t"))),
            str(run.find(f"{tag('rPr')}/{tag('shd')}").get(tag("fill"))),
        )
        for run in part(data, name).iter(tag("r"))
        if run.find(f"{tag('rPr')}/{tag('shd')}") is not None
    ]


def commented(data: bytes) -> dict[str, str]:
    """Give what stands in the range of each comment, by its id."""
    found: dict[str, str] = {}
    open_ranges: list[str] = []
    for element in part(data).iter():
        if element.tag == tag("commentRangeStart"):
            open_ranges.append(str(element.get(tag("id"))))
        elif element.tag == tag("commentRangeEnd"):
            open_ranges.remove(str(element.get(tag("id"))))
        elif element.tag == tag("t"):
            for number in open_ranges:
                found[number] = found.get(number, "") + (element.text or "")
    return found


def test_each_finding_is_shaded_and_commented_where_it_stands() -> None:
    made = highlighted_docx(letter(), order(letter(), NAME, NUMBER))
    colour = COLOURS[Action.MASK]
    assert shaded(made) == [(text, colour) for text in ("赵", "小满", NUMBER, NAME)]
    assert sorted(commented(made).values()) == sorted([NAME, NUMBER, NAME])
    told = [c.find(f".//{tag('t')}").text for c in part(made, "word/comments.xml")]
    assert sorted(told) == ["1　遮盖。", "2　遮盖。", "3　遮盖。"]


def test_the_text_stays_as_it_was_and_opens() -> None:
    made = highlighted_docx(letter(), order(letter(), NAME, NUMBER))
    before, after = docx.Document(BytesIO(letter())), docx.Document(BytesIO(made))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [r.text for r in after.paragraphs[0].runs if r.bold] == ["小满"]
    read = [b.text for b in DocxFormat().read(made).blocks if b.kind is not BlockKind.DROPPED]
    assert read == [b.text for b in DocxFormat().read(letter()).blocks]


def test_every_other_part_is_kept_byte_for_byte() -> None:
    made = highlighted_docx(letter(), order(letter(), NAME))
    with zipfile.ZipFile(BytesIO(letter())) as old, zipfile.ZipFile(BytesIO(made)) as new:
        changed = {
            n for n in new.namelist() if n not in old.namelist() or old.read(n) != new.read(n)
        }
    assert changed == {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }


def test_the_shading_stands_where_the_schema_wants_it() -> None:
    def dress(file: Any) -> None:
        run = file.paragraphs[0].runs[1]
        run.font.highlight_color = 3
        run.font.underline = run.font.superscript = True

    data = letter(dress)
    made = highlighted_docx(data, order(data, NAME))
    runs = [r for r in part(made).iter(tag("r")) if (r.findtext(tag("t")) or "") == "小满"]
    names = [etree.QName(child).localname for child in runs[0].find(tag("rPr"))]
    assert names == ["b", "u", "shd", "vertAlign"]


def test_findings_that_overlap_show_the_stronger_and_both_comments() -> None:
    data = letter()
    asked = order(data, f"人{NAME}", NAME)
    labels = (asked.labels[0]._replace(action=Action.KEEP), *asked.labels[1:])
    made = highlighted_docx(data, asked._replace(labels=labels))
    assert shaded(made)[:2] == [("人", COLOURS[Action.KEEP]), ("赵", COLOURS[Action.MASK])]
    assert {f"人{NAME}", NAME} <= set(commented(made).values())


def test_comments_that_are_there_stay_and_keep_their_numbers() -> None:
    first = highlighted_docx(letter(), order(letter(), NAME))
    both = highlighted_docx(first, order(first, NUMBER))
    ids = [c.get(tag("id")) for c in part(both, "word/comments.xml")]
    assert ids == ["0", "1", "2"]
    with zipfile.ZipFile(BytesIO(both)) as package:
        assert len(package.namelist()) == len(set(package.namelist()))
        assert package.read("[Content_Types].xml").count(b"/word/comments.xml") == 1


def test_headers_are_shaded_and_not_commented() -> None:
    def head(file: Any) -> None:
        file.sections[0].header.paragraphs[0].text = "经办人钱文海"

    data = letter(head)
    made = highlighted_docx(data, order(data, "钱文海"))
    with zipfile.ZipFile(BytesIO(made)) as package:
        headers = [n for n in package.namelist() if n.startswith("word/header")]
        assert "word/comments.xml" not in package.namelist()
    assert ("钱文海", COLOURS[Action.MASK]) in [s for n in headers for s in shaded(made, n)]


def test_deleted_text_is_not_counted() -> None:
    def delete(file: Any) -> None:
        gone = etree.fromstring(
            f'<w:del xmlns:w="{W}" w:id="9" w:author="x">'
            f"<w:r><w:delText>{NAME}</w:delText></w:r></w:del>"
        )
        file.paragraphs[0]._p.insert(0, gone)

    data = letter(delete)
    made = highlighted_docx(data, order(data, NUMBER))
    assert [text for text, _ in shaded(made)] == [NUMBER]


def test_what_is_not_there_any_more_is_left_alone() -> None:
    asked = order(letter(), NAME)
    other = saved(docx.Document())
    assert shaded(highlighted_docx(other, asked)) == []
    wrong = asked._replace(marks=tuple(m._replace(text="钱文海") for m in asked.marks))
    assert shaded(highlighted_docx(letter(), wrong)) == []


def test_rows_that_read_alike_are_marked_each_in_its_place() -> None:
    def rows(file: Any) -> None:
        table = file.add_table(6, 1)
        for cell in table._cells:
            cell.text = NAME

    data = letter(rows)
    made = highlighted_docx(data, order(data, NAME))
    assert sorted(commented(made).values()) == [NAME] * 8


def pictured(file: Any) -> None:
    for place in (bars.PLACE, (10, 10, 60, 40)):
        file.add_picture(BytesIO(bars.drawn(place=place)))
    fills = list(file.element.body.iter(qn("pic:blipFill")))
    file.add_picture(BytesIO(bars.drawn()))
    cut = etree.Element(qn("a:srcRect"), {"b": "20000"})
    list(file.element.body.iter(qn("pic:blipFill")))[-1].find(qn("a:blip")).addnext(cut)
    assert len(fills) == 2


def test_a_finding_in_a_picture_is_commented_at_the_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bars.read_bars(monkeypatch)
    data = letter(pictured)
    asked = order(data, NUMBER)
    marks = tuple(m._replace(number=9 + m.number) for m in bars.marks_in(DocxFormat().read(data)))
    labels = tuple(Label(m.number, Action.REMOVE, f"{m.number}　删除。") for m in marks)
    asked = asked._replace(
        marks=asked.marks + marks[2:], labels=asked.labels + labels, pictured=True
    )
    made = highlighted_docx(data, asked)
    told = {
        str(c.get(tag("id"))): c.find(f".//{tag('t')}").text
        for c in part(made, "word/comments.xml")
    }
    shown: list[tuple[str | None, list[int]]] = []
    drawings = list(part(made).iter(qn("w:drawing")))
    root = drawings[0].getroottree().getroot()
    for start in root.iter(tag("commentRangeStart")):
        run = start.getnext()
        held = [n for n, d in enumerate(root.iter(qn("w:drawing"))) if run in d.iterancestors()]
        shown.append((told[str(start.get(tag("id")))], held))
    numbers = [m.number for m in marks]
    assert len(numbers) == 4
    assert shown[0] == ("1　遮盖。", [])
    assert [held for _, held in shown[1:]] == [[1], [2]]
    assert sorted(str(said) for said, _ in shown[1:]) == [f"{n}　删除。" for n in numbers[2:]]


def test_a_broken_package_is_refused() -> None:
    with pytest.raises(InputError):
        highlighted_docx(b"PK\x03\x04 broken", order(letter(), NAME))
