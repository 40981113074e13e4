from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import flows.intake
from flows.commands import submit as command
from flows.findings_record import CaseRecord
from review.case import Case, State
from review.plan import Verdict

NOTE = "扫描件没有文字层，请改用电子原件。"


@pytest.fixture
def said(
    make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., str]:
    """Submit one file, its case being settled as told; gives what was printed."""
    draft = tmp_path / "扫描件.pdf"
    draft.write_bytes(b"%PDF")
    options = ("--category", "general", "--attribute", "主动公开", "--officer", "zhou", "--wait")

    def run(verdict: Verdict, note: str = "") -> str:
        registered = make_case()
        settled = make_case(state=State.AWAITING, verdict=verdict, note=note)
        store = SimpleNamespace(get=lambda _: settled)
        desk = SimpleNamespace(store=store, record=lambda _: CaseRecord())
        monkeypatch.setattr(command, "open_desk", lambda _: desk)
        monkeypatch.setattr(flows.intake, "hand_in", lambda *_: (registered, True))
        done = CliRunner().invoke(command.submit, (str(draft), *options))
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_waiting_ends_with_verdict_and_reason_in_chinese(said: Callable[..., str]) -> None:
    told = said(Verdict.QUARANTINED, NOTE)
    assert f"检测结果：已隔离。原因：{NOTE}" in told
    assert "重新送审" in told


def test_a_blocked_case_is_told_what_to_do(said: Callable[..., str]) -> None:
    assert "检测结果：已拦截。文中有负面清单的禁止用语" in said(Verdict.BLOCKED)


def test_a_verdict_without_a_reason_stands_alone(said: Callable[..., str]) -> None:
    assert said(Verdict.CLEAN).endswith("检测结果：未发现问题。\n")
