"""Every note stands under the judgement it helps to make."""

from __future__ import annotations

import pytest

from redact.notes import TEXTS
from review.document import Note
from review.finding import Entity
from review.judgement import JUDGEMENT_NAMES, Judgement, judgement_of


@pytest.mark.parametrize(
    ("code", "judgement"),
    [
        ("attribute_mismatch", Judgement.CHANNEL),
        ("category_mismatch", Judgement.CHANNEL),
        ("channel_missing", Judgement.CHANNEL),
        ("timing_late", Judgement.TIMING),
        ("wording_heading", Judgement.WORDING),
        ("number_completable", Judgement.WORDING),
        ("named_elsewhere", Judgement.WORDING),
        ("small_groups", Judgement.WORDING),
        ("rows_joined", Judgement.WORDING),
        ("singled_out", Judgement.WORDING),
    ],
)
def test_a_note_belongs_to_one_judgement(code: str, judgement: Judgement) -> None:
    assert judgement_of(Note(code, "请核对。")) is judgement


@pytest.mark.parametrize("code", [*TEXTS, "pdf_scan", "converted"])
def test_what_a_reader_could_not_see_belongs_to_none(code: str) -> None:
    assert judgement_of(Note(code, "请核对。")) is None


def test_terms_and_marks_are_wording_and_people_are_not() -> None:
    wording = {entity for entity in Entity if judgement_of(entity) is Judgement.WORDING}
    assert wording == {Entity.WORDING, Entity.NEGATIVE_TERM, Entity.SECRECY_MARK}
    assert all(judgement_of(entity) is None for entity in set(Entity) - wording)


def test_every_judgement_has_the_name_of_the_review_form() -> None:
    assert [JUDGEMENT_NAMES[each] for each in Judgement] == ["内容表述", "公开时机", "公开方式"]
