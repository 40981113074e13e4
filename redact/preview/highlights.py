"""Copies of a draft with every finding highlighted: what is to be highlighted, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from redact.preview.pictures import Mark
from review.policy import Action

AUTHOR = "公开前审查"
"""Who comments, for the list of authors that readers show."""

COLOURS: Mapping[Action, str] = {
    Action.KEEP: "C6F0CE",
    Action.REVIEW: "E5D0FA",
    Action.GENERALISE: "FFF1A8",
    Action.MASK: "FFF1A8",
    Action.REPLACE: "FFF1A8",
    Action.REMOVE: "FFC9C5",
    Action.BLOCK: "FF8182",
}
"""Grounds that black text stays readable on, in the hues of the review copy."""


HIGHLIGHTED = frozenset({"docx", "pdf"})
"""The formats of which there are such copies."""


class Label(NamedTuple):
    """Say of a finding, by its number for people, what is proposed: action and comment."""

    number: int
    action: Action
    comment: str


class HighlightOrder(NamedTuple):
    """Say what to highlight: the draft's format, the texts of its blocks, marks and labels.

    ``pictured`` says that some blocks stand in pictures.
    """

    format: str
    texts: tuple[str, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    pictured: bool = False
