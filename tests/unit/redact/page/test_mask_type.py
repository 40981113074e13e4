"""The type of masks has what masks are made of, and refuses what would not be readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.operators import HIDDEN, LABELS, MASKED, REMOVED
from redact.page import mask_type
from redact.pseudonyms import pseudonyms

DATA = Path(mask_type.__file__).parents[1] / "data"


def test_the_type_has_every_label_and_sign_of_the_published_forms() -> None:
    texts = [HIDDEN, MASKED, REMOVED, *LABELS.values(), "35*************12X", "a***@***", "1998年"]
    assert [text for text in texts if mask_type.natural_width(text) is None] == []


def test_the_type_has_the_marks_of_many_bearers_of_one_surname() -> None:
    given = pseudonyms({str(n): f"张{chr(0x4E00 + n)}" for n in range(30)})
    assert [name for name in given.values() if mask_type.natural_width(name) is None] == []


def test_the_type_has_the_surnames() -> None:
    lines = Path("detectors/data/surnames.txt").read_text("utf-8").splitlines()
    names = "".join(line.partition("\t")[2] for line in lines if not line.startswith("#"))
    missing = {c for c in names if not c.isspace()} - mask_type.widths().keys()
    assert missing == set()


def test_common_characters_of_given_names_and_villages_are_in_the_type() -> None:
    assert mask_type.natural_width("穗妹菊秀芳") == 5


def test_a_character_that_is_not_in_the_type_leaves_no_width() -> None:
    assert mask_type.natural_width("张龘") is None
    assert mask_type.natural_width("") is None


@pytest.mark.parametrize(
    ("natural", "wide", "points", "expected"),
    [
        (3, 3, 12, (1, 1, 0)),
        (3, 10, 12, (1, 1.15, 6.55)),
        (3, 1.8, 12, (1, 0.6, 0)),
        (3, 1.47, 12, (0.7, 0.7, 0)),
    ],
)
def test_a_mask_is_stretched_condensed_or_set_smaller(
    natural: float, wide: float, points: float, expected: tuple[float, float, float]
) -> None:
    fitted = mask_type.fit(natural, wide, points)
    assert fitted is not None
    assert tuple(fitted) == pytest.approx(expected)


def test_what_would_be_too_narrow_or_too_small_to_read_does_not_fit() -> None:
    assert mask_type.fit(3, 1.2, 12) is None
    assert mask_type.fit(3, 1.5, 7) is None


def test_the_font_file_stays_small_and_comes_with_its_licence() -> None:
    assert len(mask_type.program()) <= 1_400_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (DATA / "OFL.txt").read_text("utf-8")
