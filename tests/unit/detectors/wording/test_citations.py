"""One document cited in two ways, in whatever form the citation is written."""

from __future__ import annotations

import pytest

from detectors.wording.citations import contradictions


def told(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in contradictions(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "《工作要点》（国办发〔2018〕26号）……国办发〔2018〕23号《工作要点》",
            ["国办发〔2018〕26号", "国办发〔2018〕23号"],
        ),
        (
            "《政务公开要点》（以下简称《要点》，国办发〔2018〕26号），《政务公开要点》（国办发〔2018〕23号）",
            ["国办发〔2018〕26号", "国办发〔2018〕23号"],
        ),
        (
            "《国务院办公厅关于印发2018年工作要点的通知》（国办发〔2018〕23号）和"
            "《2018年工作要点》（国办发〔2018〕26号）",
            ["国办发〔2018〕23号", "国办发〔2018〕26号"],
        ),
        (
            "《工 作 要 点》（国办发〔2018〕26号）、《工作要点》（国办发[2018J 23 号）",
            ["国办发〔2018〕26号", "国办发[2018J 23 号"],
        ),
        (
            "《工作要点》国办发〔2018〕26号；《实施方案》国办发〔2018〕26号",
            ["工作要点", "实施方案"],
        ),
    ],
)
def test_one_document_cited_in_two_ways_is_told(text: str, values: list[str]) -> None:
    assert told(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "《工作要点》（国办发〔2018〕26号）和国办发〔2018〕10号《实施意见》",
        "按照国办发〔2018〕26号《工作要点》和《工作要点》（国办发〔2018〕26号）",
        "《省政府关于推进公开的意见》（皖政〔2018〕5号）、《市政府关于推进公开的意见》（江政〔2018〕9号）",
        "《2017年工作要点》（国办发〔2017〕24号）、《2018年工作要点》（国办发〔2018〕23号）",
        "《工作要点》（国办发〔2018〕26号）、《工作要点》（国办发[2018] 第026号）",
    ],
)
def test_different_documents_and_other_brackets_are_left_alone(text: str) -> None:
    assert told(text) == []
