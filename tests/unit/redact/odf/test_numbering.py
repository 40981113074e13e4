"""A number of which a part stands in the numbering of a list item is told."""

from __future__ import annotations

import pytest

from redact.registry import get_format
from tests.fakes.odf import odt


def told(level: str, text: str, item: str = "") -> bool:
    style = (
        '<text:list-style style:name="L1">'
        f'<text:list-level-style-number text:level="1" style:num-format="1" {level}/>'
        "</text:list-style>"
    )
    one = f"<text:list-item {item}><text:p>{text}</text:p></text:list-item>"
    data = odt(f'<text:list text:style-name="L1">{one}</text:list>', style)
    return "number_runs_on" in {note.code for note in get_format("odt").read(data).notes}


@pytest.mark.parametrize(
    ("level", "item"),
    [
        ('text:start-value="138"', ""),
        ('style:num-prefix="13" text:start-value="8"', ""),
        ('style:num-suffix="."', 'text:start-value="138"'),
    ],
)
def test_an_item_that_goes_on_from_its_number_is_told(level: str, item: str) -> None:
    assert told(level, "00138000", item)
    assert not told(level, "通过", item)


def test_ordinary_numbering_is_not_told() -> None:
    assert not told('style:num-suffix="."', "00138000")
