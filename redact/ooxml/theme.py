"""The theme of an office file: colours and fonts by their names, the same for all three kinds."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.ooxml.fills import empty_fills
from redact.ooxml.parts import A
from redact.ooxml.tree import Allowed, keep_known
from redact.ooxml.word import ALLOWED, clean_element

TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_ALLOWED: Allowed = {A: ALLOWED[A]}
_FONTS = tuple(f"{{{A}}}{n}" for n in ("latin", "ea", "cs", "sym", "buFont", "font"))


def clean_theme(root: etree._Element) -> None:
    """Bring a theme to the form that is written; no text of it is ever shown."""
    empty_fills(root, Notes())
    keep_known(root, _ALLOWED, clean_element, Notes())
    root.set("name", "Office")
    name_fonts(root)


def name_fonts(root: etree._Element) -> None:
    """Leave a font whose name went to the theme, give a bullet whose text went the usual sign.

    The schema wants both even so.
    """
    for font in root.iter(*_FONTS):
        if font.get("typeface") is None:
            font.set("typeface", "")
    for bullet in root.iter(f"{{{A}}}buChar"):
        if bullet.get("char") is None:
            bullet.set("char", "•")
