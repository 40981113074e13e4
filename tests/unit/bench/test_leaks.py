"""The comparison of redactors counts what is left, and tells what could not be run."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from bench import leaks
from bench.leaks import Draft, ToolFailedError, outcome
from tests.fakes.planted import planted


def draft() -> dict[str, Draft]:
    """Build a docx with a value in its text and one in its properties."""
    document, output = docx.Document(), io.BytesIO()
    document.add_paragraph(f"{planted(0)}到场")
    document.core_properties.comments = planted(1)
    document.save(output)
    values = planted(0), planted(1)
    return {"draft.docx": Draft(output.getvalue(), values, values, "到场")}


@pytest.mark.parametrize(("tool", "left"), [("plain", 1), ("ours", 0)])
def test_a_value_that_a_tool_leaves_is_counted(
    tool: str, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaks, "drafts", lambda form: draft())
    found = outcome(tool, "docx")
    assert (found.left, found.refused, found.emptied) == (left, 0, 0)


def test_a_file_that_a_tool_cannot_read_has_no_output(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"draft.docx": Draft(b"PK", (planted(0),), (planted(0),), "")}
    monkeypatch.setattr(leaks, "drafts", lambda form: broken)
    assert outcome("plain", "docx")[1:] == (0, 1, 0)


def test_a_tool_that_is_not_installed_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(leaks, "drafts", lambda form: draft())
    monkeypatch.setitem(leaks._SYSTEM, "plain", tmp_path / "python")
    with pytest.raises(ToolFailedError, match="FileNotFoundError"):
        outcome("plain", "docx")
