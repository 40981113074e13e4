from __future__ import annotations

import pytest

from review.document import Document, Span, plain_document
from review.origin import original_span
from review.plan import Edit, RedactionPlan, redacted_document

TEXT = plain_document(["对苗秋实户补助", "电话13900000001，二级"])


def planned(*edits: Edit) -> RedactionPlan:
    return RedactionPlan(TEXT.digest, "", "general", (), edits)


def origin(plan: RedactionPlan, words: str) -> str:
    after: Document = redacted_document(TEXT, plan)
    start = after.text.index(words)
    found = original_span(TEXT, plan, after, Span(start, start + len(words)))
    return TEXT.value(found)


NAME = Edit(0, 1, 4, "苗某某先生", "F1")
PHONE = Edit(1, 2, 13, "", "F2")


@pytest.mark.parametrize("words", ["对", "户补助", "电话", "，二级", "补助\n电话"])
def test_what_no_edit_touched_comes_from_itself(words: str) -> None:
    assert origin(planned(NAME, PHONE), words) == words


@pytest.mark.parametrize("words", ["苗某某先生", "某某", "苗"])
def test_a_replacement_comes_from_the_whole_of_what_it_stands_for(words: str) -> None:
    assert origin(planned(NAME, PHONE), words) == "苗秋实"


def test_a_stretch_that_reaches_into_a_replacement_counts_the_whole() -> None:
    assert origin(planned(NAME, PHONE), "先生户") == "苗秋实户"


def test_what_grew_together_when_something_went_comes_with_what_went() -> None:
    assert origin(planned(NAME, PHONE), "话，") == "话13900000001，"


def test_what_follows_an_edit_that_shortens_is_found_again() -> None:
    assert origin(planned(Edit(0, 1, 4, "某", "F1")), "户补助") == "户补助"
