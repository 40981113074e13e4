"""What a file offers in two ways stays in one of them; what only the other one shows is told."""

from __future__ import annotations

import pytest
from lxml import etree

from redact.notes import Notes
from redact.ooxml.parts import MC, XDR, A, P, W
from redact.ooxml.tree import resolve_alternates

NS = f'xmlns:mc="{MC}" xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:p="{P}" xmlns:w="{W}" xmlns:zz="urn:z"'
CHART = '<xdr:graphicFrame><a:graphic><a:graphicData uri="zz"/></a:graphic></xdr:graphicFrame>'
EXCUSE = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>此图表不可用</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
PICTURE = "<xdr:pic><xdr:blipFill><a:blip/></xdr:blipFill></xdr:pic>"
TEXT = "<w:r><w:t>只在这里</w:t></w:r>"


def resolved(choice: str, fallback: str = "") -> tuple[etree._Element, list[str]]:
    other = f"<mc:Fallback>{fallback}</mc:Fallback>" if fallback else ""
    root = etree.fromstring(
        f'<x {NS}><mc:AlternateContent><mc:Choice Requires="zz">{choice}</mc:Choice>{other}'
        "</mc:AlternateContent></x>"
    )
    notes = Notes()
    resolve_alternates(root, notes)
    return root, [note.code for note in notes.all()]


def test_a_chart_of_a_new_kind_is_told_and_the_excuse_in_its_place_is_not_published() -> None:
    root, told = resolved(CHART, EXCUSE)
    assert told == ["chart_dropped"]
    assert next(root.iter(f"{{{XDR}}}sp"), None) is not None
    assert "不可用" not in "".join(root.itertext())


@pytest.mark.parametrize(
    ("choice", "told"), [(CHART, "chart_dropped"), ('<p:contentPart/>', "chart_dropped"),
                         (TEXT, "content_dropped"), ("<zz:setting/>", "")],
)  # fmt: skip
def test_what_nothing_else_stands_for_is_told(choice: str, told: str) -> None:
    assert resolved(choice)[1] == ([told] if told else [])


@pytest.mark.parametrize("fallback", [PICTURE, CHART])
def test_what_a_picture_or_an_older_form_stands_for_asks_nobody(fallback: str) -> None:
    root, told = resolved(CHART, fallback)
    assert told == []
    assert len(root) == 1
