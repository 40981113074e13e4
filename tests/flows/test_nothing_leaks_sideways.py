"""No value of a draft lies anywhere but in its case folder and, where kept, in the release."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest

from flows.commands.waiting import SETTLED
from flows.intake.intake import hand_in
from flows.processing.scanned import Incoming
from review.case import Attribute, Case, State, Submission
from review.conceal import IMPERSONAL
from review.errors import WrongUsageError
from review.staffing import StaffRole
from samples.manifest import Sample, load_samples
from tests.conftest import RunningOffice, eventually
from tests.fakes.refusals import refusals

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]

CHOSEN = frozenset(
    {"relief-roster", "housing-list", "penalty-decision", "secret-draft", "notice-handler-mobile"}
)
"""One sample of each path and format that is quick: the whole set is gone through elsewhere."""

TYPED = "贺兰青"
"""A name that stands in no draft but its own and is typed wherever a person can type."""


def personal(sample: Sample) -> set[str]:
    """List the planted values that are somebody's: the office's own marks are told on purpose."""
    somebodys = (p for p in sample.planted if p.entity and p.entity not in IMPERSONAL)
    return {p.value for p in somebodys if len(p.value) > 1}


def encodings(value: str) -> Iterator[bytes]:
    """Give the forms in which a value may lie in a file: raw and as JSON escapes it."""
    yield value.encode()
    yield json.dumps(value)[1:-1].encode()
    yield value.encode("gb18030")


def found_in(path: Path, values: set[str]) -> set[str]:
    raw = path.read_bytes()
    return {value for value in values if any(form in raw for form in encodings(value))}


def submit(office: RunningOffice, sample: Sample) -> str:
    submission = Submission(
        sample.category, Attribute(sample.attribute), "zhou", sample.reason, sample.basis
    )
    incoming = [Incoming(sample.path.name, sample.path.read_bytes())]
    return hand_in(office.desk, office.api, incoming, submission)[0].id


def until_settled(office: RunningOffice, cases: list[str]) -> list[Case]:
    for case in cases:
        eventually(lambda case=case: office.desk.store.get(case).state in SETTLED)
    return [office.desk.store.get(case) for case in cases]


def answer(office: RunningOffice, case: str, **changes: str) -> None:
    officer = f"leak-{case}-{len(refusals(office.desk, case))}"
    secret = office.desk.staff.add(officer, {StaffRole.REVIEWER}, at=datetime.now(UTC))
    values = {
        "decision": "退回修改",
        "opinion": "请核对公开范围",
        "code": pyotp.TOTP(secret).now(),
    }
    office.resume(case, office.waiting_run(case), values | changes, officer)


def refused(office: RunningOffice, case: str, number: int) -> None:
    eventually(lambda: len(refusals(office.desk, case)) >= number)


def test_nothing_of_the_samples_lies_outside_the_case_folders(
    running_office: RunningOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = running_office
    samples = [sample for sample in load_samples() if sample.name in CHOSEN]
    assert len(samples) == len(CHOSEN)
    home = office.settings.home
    values = set.union(*(personal(sample) for sample in samples)) | {TYPED}
    own = f"关于{TYPED}同志的公告\n\n姓名：{TYPED}，联系电话：13912340987。\n".encode()
    submission = Submission("general", Attribute.ON_REQUEST, "zhou", reason=f"{TYPED}本人要求")
    with pytest.raises(WrongUsageError):
        hand_in(office.desk, office.api, [Incoming(f"{TYPED}.txt", own)], submission)
    typed = office.submit(f"关于{TYPED}的公告.txt", own)
    cases = until_settled(office, [*(submit(office, sample) for sample in samples), typed])
    answer(office, typed, opinion=f"已与{TYPED}核对")
    refused(office, typed, 1)
    answer(office, typed, wording=f"请核对{TYPED}的称谓")
    refused(office, typed, 2)
    published = next(c for c in cases if c.state is State.AWAITING and c.verdict == "flagged")
    answer(office, published.id, decision="同意公开", opinion="同意")
    office.until(published.id, State.RELEASED)
    answer(office, typed)
    office.until(typed, State.RETURNED)
    time.sleep(1)

    exported = home / "exported.jsonl"
    monkeypatch.setenv("REVIEW_HOME", str(home))
    command = [sys.executable, "-m", "flows.cli", "audit", "export", str(exported)]
    subprocess.run(command, check=True, capture_output=True)
    seen = tmp_path / "api.txt"
    seen.write_text(all_of_prefect(office), encoding="utf-8")
    assert found_in_all(home / "cases", "*.bin", values), "the search itself finds nothing"
    assert (home / "prefect" / "prefect.db").stat().st_size > 100_000
    searched = [seen, *outside_of_cases(home)]
    assert {"prefect.db", "review.db", "exported.jsonl", "server.log", "worker.log"} <= {
        path.name for path in searched
    }
    leaks = {path.name: found for path in searched if (found := found_in(path, values))}
    assert leaks == {}


def found_in_all(folder: Path, pattern: str, values: set[str]) -> set[str]:
    return set().union(*(found_in(path, values) for path in folder.rglob(pattern)))


def outside_of_cases(home: Path) -> list[Path]:
    """List every file but the drafts, their outputs and records, and the released drafts."""
    return [
        path
        for path in home.rglob("*")
        if path.is_file()
        and path.relative_to(home).parts[0] != "cases"
        and (path.relative_to(home).parts[0] != "released" or path.name == "manifest.json")
    ]


def all_of_prefect(office: RunningOffice) -> str:
    """Read what Prefect's interface shows of runs, artifacts, logs and events."""
    told = []
    for path in ("flow_runs", "task_runs", "artifacts", "logs", "events"):
        body = {"limit": 50} if path == "events" else {"limit": 200}
        with office.raw() as client:
            response = client.post(f"{path}/filter", json=body)
        assert response.status_code == 200, (path, response.text)
        told.append(json.dumps(response.json(), ensure_ascii=False))
    return "\n".join(told)
