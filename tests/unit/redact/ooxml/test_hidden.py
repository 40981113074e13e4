"""Which styles of a text document hide their text."""

from __future__ import annotations

from lxml import etree

from redact.ooxml.hidden import HiddenStyles
from redact.ooxml.parts import W


def style(name: str, inner: str) -> str:
    return f'<w:style w:type="character" w:styleId="{name}">{inner}</w:style>'


def test_a_style_hides_what_the_one_it_builds_on_hides_unless_it_says_otherwise() -> None:
    known = HiddenStyles(
        etree.fromstring(
            f'<w:styles xmlns:w="{W}">'
            + style("First", "<w:rPr><w:vanish/></w:rPr>")
            + style("Second", '<w:basedOn w:val="First"/>')
            + style("Third", '<w:basedOn w:val="Second"/>')
            + style("Shown", '<w:basedOn w:val="Third"/><w:rPr><w:vanish w:val="0"/></w:rPr>')
            + style("Round", '<w:basedOn w:val="Round"/>')
            + "</w:styles>"
        )
    )
    hiding = [name for name in ("First", "Second", "Third", "Shown", "Round") if known.hides(name)]
    assert hiding == ["First", "Second", "Third"]
