from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import pytest

from flows.evaluating.evaluation import KEPT_TEXTS, Evaluated, evaluate
from flows.evaluating.evaluation_report import evaluation_html, evaluation_json, pieces, sentences
from review.document import Document, Span
from review.evaluation import Example, Label
from review.finding import Entity, Finding

HOSTILE = '<script>alert(1)</script>"onload=x & {{ 7*7 }} 经办人甲乙丙'
NAME = Label(Entity.PERSON, Span(HOSTILE.index("甲"), HOSTILE.index("甲") + 2))


def found(entity: Entity, start: int, end: int) -> Finding:
    return Finding(entity, Span(start, end), 0.9, "names")


def evaluated(example: Example, *findings: Finding, path: str = "set.jsonl") -> Evaluated:
    def detect(document: Document) -> tuple[Finding, ...]:
        assert document.text == example.text
        return findings

    return evaluate(Path(path), [(1, example)], detect)


def missed() -> Evaluated:
    hostile = Example("<b>a</b>", HOSTILE, (NAME,), frozenset({Entity.PERSON}))
    return evaluated(hostile, found(Entity.PERSON, 0, 3), path="<i>.jsonl")


def page(*files: Evaluated) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(evaluation_html(files))


def test_hostile_text_stays_text() -> None:
    report = page(missed())
    assert len(report.findall(".//script")) == 1
    assert not [*report.findall(".//b"), *report.findall(".//i")]
    shown = report.find(".//article/p").text_content()
    assert re.sub("(漏检|误检)：姓名", "", shown) == HOSTILE


def test_the_page_needs_nothing_from_outside() -> None:
    html = evaluation_html([missed()]).decode()
    assert not re.search(r"https?:|//|@import|url\(|src=|<link|<img", html.split("<article")[0])
    assert "default-src 'none'" in html


def test_each_mistake_is_marked_in_its_text_by_colour_and_by_words() -> None:
    report = page(missed())
    marks = [(mark.get("class"), mark.text) for mark in report.findall(".//article//mark")]
    assert marks == [("false", "<sc"), ("missed", "甲乙")]
    assert [tag.text for tag in report.findall(".//article//sup")] == ["误检：姓名", "漏检：姓名"]


def test_a_wrong_border_shows_both_stretches() -> None:
    example = Example(
        "a", "0123456789", (Label(Entity.PERSON, Span(2, 6)),), frozenset({Entity.PERSON})
    )
    (wrong,) = evaluated(example, found(Entity.PERSON, 4, 8)).texts
    cut = [(piece.text, piece.styles) for piece in pieces(wrong)]
    assert cut == [
        ("01", ()),
        ("23", ("border",)),
        ("45", ("border", "found")),
        ("67", ("found",)),
        ("89", ()),
    ]
    assert [[tag.tag for tag in piece.tags] for piece in pieces(wrong)] == [
        [], [], ["边界不符：姓名"], ["检为：姓名"], [],
    ]  # fmt: skip


def test_a_long_text_is_shown_around_its_mistakes() -> None:
    text = "文" * 5_000 + "甲乙" + "文" * 5_000
    example = Example(
        "a", text, (Label(Entity.PERSON, Span(5_000, 5_002)),), frozenset({Entity.PERSON})
    )
    (wrong,) = evaluated(example).texts
    shown = "".join(piece.text for piece in pieces(wrong))
    assert "甲乙" in shown
    assert len(shown) < 500


def test_texts_can_be_filtered_by_entity() -> None:
    report = page(missed())
    (article,) = report.findall(".//article")
    options = [option.get("value") for option in report.findall(".//option")]
    assert article.get("data-entities") == "PERSON"
    assert options == ["", "PERSON"]


def test_the_page_holds_a_limited_number_of_texts_and_says_so() -> None:
    example = Example("a", "甲乙", (Label(Entity.PERSON, Span(0, 2)),))
    many = evaluate(Path("set.jsonl"), ((n, example) for n in range(KEPT_TEXTS + 3)), lambda _: ())
    assert len(many.mistakes) == KEPT_TEXTS + 3
    assert len(many.texts) == KEPT_TEXTS
    assert "另有 3 条" in page(many).text_content()


def test_json_holds_figures_and_masked_mistakes() -> None:
    told = evaluation_json([missed()], reveal=False)
    (file,) = told["files"]
    person = file["entities"]["PERSON"]
    assert person["exact"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert [(m["kind"], m["line"]) for m in file["mistakes"]] == [("missed", 1), ("false", 1)]
    assert file["mistakes"][0]["label"]["text"] == "甲***"
    assert "甲乙" not in json.dumps(told, ensure_ascii=False)
    assert told["total"]["entities"] == file["entities"]


def test_json_shows_values_when_asked() -> None:
    (file,) = evaluation_json([missed()], reveal=True)["files"]
    assert file["mistakes"][0]["label"]["text"] == "甲乙"


def test_what_cannot_be_told_is_null_and_a_dash() -> None:
    example = Example("a", "甲乙", (Label(Entity.PERSON, Span(0, 2)),))
    right = evaluated(example, found(Entity.PERSON, 0, 2))
    (file,) = evaluation_json([right], reveal=False)["files"]
    assert file["entities"]["PERSON"]["exact"] == {"precision": None, "recall": 1.0, "f1": None}
    assert "—" in page(right).find(".//table").text_content()


def test_the_sentences_tell_alarms_traps_and_expectations_only_where_there_are_any() -> None:
    plain = Example("a", "万元万元", (), frozenset({Entity.PERSON}), (Span(0, 2),))
    assert list(sentences(evaluated(plain, found(Entity.PERSON, 0, 2)).judgement)) == [
        "1 条，4 字",
        "无个人信息的正文 4 字，误检 1 处，每万字 2500.00 处",
        "陷阱 1 处，误中 1 处",
    ]
    bare = Example("a", "万元", (Label(Entity.PERSON, Span(0, 2)),))
    assert list(sentences(evaluated(bare).judgement)) == ["1 条，2 字"]


def test_a_failing_detector_fails_the_evaluation() -> None:
    def fail(_: Document) -> tuple[Finding, ...]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        evaluate(Path("a"), [(1, Example("a", "甲"))], fail)
