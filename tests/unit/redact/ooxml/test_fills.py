"""Fills by pictures that cannot be shown give way to a colour, and people are told."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.ooxml.fills import empty_fills
from redact.ooxml.parts import A, R


def emptied(inner: str) -> tuple[str, set[str]]:
    root = etree.fromstring(f'<a:x xmlns:a="{A}" xmlns:r="{R}">{inner}</a:x>')
    notes = Notes()
    empty_fills(root, notes)
    tags = [etree.QName(element).localname for element in root.iter()]
    return " ".join(tags[1:]), {note.code for note in notes.all()}


def test_a_fill_by_a_picture_becomes_a_plain_one() -> None:
    fill = '<a:blipFill><a:blip r:embed="rId1"/></a:blipFill>'
    assert emptied(fill) == ("solidFill schemeClr", {"picture_dropped"})


def test_a_picture_for_a_bullet_goes_and_is_told() -> None:
    assert emptied('<a:buBlip><a:blip r:embed="rId1"/></a:buBlip>') == ("", {"picture_dropped"})


def test_a_picture_outside_of_any_fill_goes() -> None:
    assert emptied('<a:blip r:embed="rId1"/>')[0] == ""
