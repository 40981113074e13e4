"""``review audit`` says what the chain is worth, to people, scripts and other machines."""

from __future__ import annotations

import json
import re
import sqlite3
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli import COMMANDS
from flows.commands import audit as command
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from review.audit import AuditEvent, verify_chain
from review.errors import AuditBrokenError, InputError, WrongUsageError

ROOT = Path(__file__).parents[4]


@pytest.fixture
def store(sqlite_store: CaseStore, make_case, noon, monkeypatch, tmp_path: Path) -> CaseStore:
    """Put one case and two loose events behind the command."""
    sqlite_store.add(make_case(), actor="A01", at=noon, data={"sources": ("ab" * 32,)})
    sqlite_store.record(actor="A01", action="code_refused", at=noon, data={"reason": "wrong"})
    sqlite_store.record(actor="x", action="unheard_of", at=noon, case="2026-0001", data={"n": 3})
    monkeypatch.setattr(command, "open_store", lambda: sqlite_store)
    monkeypatch.setattr(command, "open_files", lambda: CaseFiles(tmp_path))
    return sqlite_store


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.audit, arguments)


def break_at(store: CaseStore, seq: int) -> None:
    connection = sqlite3.connect(store._database.url.database)
    connection.execute("DROP TRIGGER audit_events_no_update")
    connection.execute("UPDATE audit_events SET actor = 'B02' WHERE seq = ?", (seq,))
    connection.commit()
    connection.close()


def test_the_command_is_listed():
    assert "audit" in COMMANDS
    assert set(command.audit.commands) == {"verify", "show", "export"}


def test_a_whole_chain_is_said_to_be_whole(store: CaseStore):
    result = run("verify")
    assert result.exit_code == 0
    assert result.output == f"审计链完整：共 3 条记录，链头 {store.head().digest}。\n"


def test_a_whole_chain_in_json(store: CaseStore):
    head = store.head()
    assert json.loads(run("verify", "--json").output) == {
        "whole": True,
        "count": 3,
        "head": head.digest,
    }


def test_a_broken_chain_names_its_first_broken_link(store: CaseStore):
    break_at(store, 2)
    result = run("verify")
    assert isinstance(result.exception, AuditBrokenError)
    assert result.exception.exit_code == 7
    assert "第 2 条" in result.exception.message
    assert result.output == ""


def test_a_forged_case_breaks_the_chain_at_its_last_event(store: CaseStore):
    connection = sqlite3.connect(store._database.url.database)
    connection.execute("UPDATE cases SET state = 'approved'")
    connection.commit()
    connection.close()
    result = run("verify")
    assert isinstance(result.exception, AuditBrokenError)
    assert "第 1 条" in result.exception.message
    assert "案件 2026-0001 " in result.exception.message


def test_a_broken_chain_in_json_still_fails(store: CaseStore):
    break_at(store, 2)
    result = run("verify", "--json")
    assert isinstance(result.exception, AuditBrokenError)
    shown = json.loads(result.output)
    assert (shown["whole"], shown["seq"]) == (False, 2)
    assert "改动" in shown["message"]


def test_a_missing_anchor_cannot_be_verified(store: CaseStore):
    store.anchor.unlink()
    result = run("verify")
    assert isinstance(result.exception, AuditBrokenError)
    assert "无法核验" in result.exception.message


def test_show_lists_every_event_in_words(store: CaseStore):
    lines = run("show").output.splitlines()
    body = next(store.events()).data["body"]
    assert lines == [
        f"    1  2026-03-05 12:00:00  A01  2026-0001  立案  body={body[:12]}…，sources={'ab' * 6}…",
        "    2  2026-03-05 12:00:00  A01  -  动态口令被拒  reason=wrong",
        "    3  2026-03-05 12:00:00  x  2026-0001  unheard_of  n=3",
    ]


def test_show_keeps_to_one_case(store: CaseStore):
    shown = json.loads(run("show", "2026-0001", "--json").output)
    assert [event["seq"] for event in shown["events"]] == [1, 3]
    assert shown["events"][0]["at"] == "2026-03-05T04:00:00.123456Z"
    assert shown["events"][0]["data"]["sources"] == ["ab" * 32]


def test_show_of_an_unknown_case_is_wrong_usage(store: CaseStore):
    assert isinstance(run("show", "2026-0077").exception, WrongUsageError)


def test_show_of_an_empty_chain_is_empty(sqlite_store: CaseStore, monkeypatch):
    monkeypatch.setattr(command, "open_store", lambda: sqlite_store)
    assert json.loads(run("show", "--json").output) == {"events": []}
    assert run("show").output == ""


@pytest.fixture
def exported(store: CaseStore, tmp_path: Path) -> Path:
    path = tmp_path / "audit.jsonl"
    result = run("export", str(path))
    assert result.exit_code == 0
    return path


def test_an_export_is_private_and_verifies_anywhere(store: CaseStore, exported: Path, monkeypatch):
    monkeypatch.setattr(command, "open_store", lambda: pytest.fail("needs no store"))
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    result = run("verify", "--file", str(exported))
    assert result.exit_code == 0
    assert store.head().digest in result.output


def test_an_export_goes_to_standard_output(store: CaseStore, exported: Path):
    result = run("export", "-")
    assert result.stdout_bytes == exported.read_bytes()
    assert "已导出 3 条" in result.stderr


def test_an_export_can_be_checked_with_nothing_but_the_format(store: CaseStore, exported: Path):
    first, *lines = map(json.loads, exported.read_text().splitlines())
    assert first["head"]["count"] == len(lines) == 3
    events = [
        AuditEvent(**(line | {"at": event.at}))
        for line, event in zip(lines, store.events(), strict=True)
    ]
    assert verify_chain(events, store.head()) is None


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        (lambda lines: lines[:3], 3),
        (lambda lines: lines[:2] + lines[3:], 2),
        (lambda lines: [lines[0], lines[2], lines[1], lines[3]], 1),
        (lambda lines: [*lines[:2], lines[2].replace("wrong", "right"), lines[3]], 2),
        (lambda lines: [*lines[:2], lines[2].replace(":", ": ", 1), lines[3]], 2),
        (lambda lines: [*lines[:2], lines[2].replace("{", '{"action":"x",', 1), lines[3]], 2),
        (lambda lines: [*lines[:2], lines[2].replace("wrong", "\\ud800"), lines[3]], 2),
        (lambda lines: [*lines[:2], "", *lines[3:]], 2),
        (lambda lines: [*lines[:2], "no json", *lines[3:]], 2),
        (lambda lines: [*lines[:2], "[" * 100_000, *lines[3:]], 2),
        (lambda lines: [*lines[:3], lines[3][:-20]], 3),
        (lambda lines: [*lines, lines[3]], 4),
        (lambda lines: [lines[0].replace('"count":3', '"count":2'), *lines[1:]], 3),
    ],
)
def test_a_changed_export_names_its_first_broken_link(exported: Path, change, seq: int):
    exported.write_text("\n".join(change(exported.read_text().splitlines())) + "\n")
    result = run("verify", "--json", "--file", str(exported))
    assert isinstance(result.exception, AuditBrokenError)
    assert json.loads(result.output)["seq"] == seq


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"\xff\xfe\n", b'{"head":{"count":"1"}}'])
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    result = run("verify", "--file", str(path))
    assert isinstance(result.exception, InputError)


def test_an_export_that_is_not_there_is_refused(tmp_path: Path):
    assert isinstance(run("verify", "--file", str(tmp_path / "x")).exception, InputError)
    assert isinstance(run("verify", "--file", str(tmp_path)).exception, InputError)


def test_an_export_into_no_folder_is_wrong_usage(store: CaseStore, tmp_path: Path):
    result = run("export", str(tmp_path / "none" / "x.jsonl"))
    assert result.exit_code == 2
    assert "不存在" in result.output


def test_an_export_that_fails_leaves_the_old_one(store: CaseStore, exported: Path):
    before = exported.read_bytes()
    connection = sqlite3.connect(store._database.url.database)
    connection.execute("DROP TRIGGER audit_events_no_update")
    connection.execute("UPDATE audit_events SET data = 'x' WHERE seq = 3")
    connection.commit()
    connection.close()
    result = run("export", str(exported))
    assert isinstance(result.exception, AuditBrokenError)
    assert exported.read_bytes() == before
    assert [path.name for path in exported.parent.iterdir() if "tmp" in path.name] == []


def test_every_action_that_the_program_records_has_words():
    sources = [path.read_text("utf-8") for path in ROOT.glob("flows/**/*.py")]
    recorded = re.findall(
        r'(?:action=|_record\(\w+, |^(?:SEALED|TAKEN) = )"(\w+)"', "\n".join(sources), re.MULTILINE
    )
    assert len(set(recorded)) > 10
    assert set(recorded) <= set(command.ACTIONS)
