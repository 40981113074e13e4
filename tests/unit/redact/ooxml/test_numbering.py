"""A number of which a part stands in the numbering of a paragraph is told."""

from __future__ import annotations

import pytest
from lxml import etree

from redact.ooxml.numbering import numbers_run_on
from redact.ooxml.parts import W


def tree(name: str, inner: str) -> etree._Element:
    return etree.fromstring(f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>')


def numbering(start: str, text: str, override: str = "") -> etree._Element:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:lvlText w:val="{text}"/></w:lvl>'
    return tree(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/>{override}</w:num>',
    )


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
RESTARTED = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="138"/></w:lvlOverride>'


def body(properties: str, text: str = "00138000") -> etree._Element:
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    return tree("body", f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>")


@pytest.mark.parametrize(
    "levels",
    [numbering("138", "%1"), numbering("8", "13%1"), numbering("1", "%1", RESTARTED)],
)
def test_a_paragraph_that_goes_on_from_its_number_is_told(levels: etree._Element) -> None:
    assert numbers_run_on(iter([body(NUMBERED)]), levels, None)
    styles = tree("styles", f'<w:style w:styleId="s1"><w:pPr>{NUMBERED}</w:pPr></w:style>')
    assert numbers_run_on(iter([body('<w:pStyle w:val="s1"/>')]), levels, styles)


def test_other_numbering_and_paragraphs_without_are_not_told() -> None:
    assert not numbers_run_on(iter([body(NUMBERED)]), numbering("1", "%1."), None)
    assert not numbers_run_on(iter([body("")]), numbering("138", "%1"), None)
    assert not numbers_run_on(iter([body(NUMBERED, "通过")]), numbering("138", "%1"), None)
    assert not numbers_run_on(iter([body(NUMBERED)]), None, None)
