"""Which styles of a text document hide their text."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.ooxml.hidden import HiddenStyles, drop_hidden
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


def left(styles: str, body: str) -> str:
    """Give the text that is left of a document under these styles."""
    known = HiddenStyles(etree.fromstring(f'<w:styles xmlns:w="{W}">{styles}</w:styles>'))
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{body}</w:body>')
    drop_hidden(root, known, Notes())
    return "".join(map(str, root.itertext()))


HIDING = "<w:rPr><w:vanish/></w:rPr>"
DEFAULT = f"<w:docDefaults><w:rPrDefault>{HIDING}</w:rPrDefault></w:docDefaults>"
PLAIN = '<w:style w:type="paragraph" w:styleId="Plain"/>'


def test_what_the_defaults_of_the_document_hide_is_hidden_under_every_style() -> None:
    styled = '<w:p><w:pPr><w:pStyle w:val="Plain"/></w:pPr><w:r><w:t>藏</w:t></w:r></w:p>'
    assert left(DEFAULT + PLAIN, styled) == ""
    assert left(DEFAULT, "<w:p><w:r><w:t>藏</w:t></w:r></w:p>") == ""
    assert left(PLAIN, styled) == "藏"


def test_a_paragraph_without_a_style_is_hidden_by_the_default_style() -> None:
    usual = f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{HIDING}</w:style>'
    assert left(usual, "<w:p><w:r><w:t>藏</w:t></w:r></w:p>") == ""
    assert left(usual.replace('"1"', '"0"'), "<w:p><w:r><w:t>现</w:t></w:r></w:p>") == "现"


def test_a_run_that_denies_it_is_shown_whatever_hides_it() -> None:
    denied = '<w:p><w:r><w:rPr><w:vanish w:val="off"/></w:rPr><w:t>现</w:t></w:r></w:p>'
    assert left(DEFAULT, denied) == "现"
