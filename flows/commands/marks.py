"""The disclosure mark that a draft bears, held against what its officer declares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.progress import worked
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute
from review.errors import ReviewError

if TYPE_CHECKING:
    from flows.cases.desk import Desk


def compare_marks(desk: Desk, paths: Sequence[Path], declared: Attribute, asking: bool) -> None:
    """Warn where the mark in a document contradicts the declared attribute; a person may stop."""
    marks = worked(paths, "核对文中标注", lambda path: (path, _marked(desk, path)))
    contrary = [(path, mark) for path, mark in marks if mark and mark is not declared]
    for path, mark in contrary:
        click.echo(
            f"{path}：文中标注的是“{ATTRIBUTE_NAMES[mark]}”，"
            f"填报的是“{ATTRIBUTE_NAMES[declared]}”，请核对。",
            err=True,
        )
    if contrary and asking:
        click.confirm(f"仍按“{ATTRIBUTE_NAMES[declared]}”送审？", abort=True, err=True)


def _marked(desk: Desk, path: Path) -> Attribute | None:
    """Read the mark in a file; one that cannot be used is told when it is handed in."""
    from flows.processing.incoming import load
    from review.heading import attribute_marked_in

    try:
        return attribute_marked_in(desk.pipeline_in_force().read(load(path)))
    except ReviewError:
        return None
