"""Text that a reviewer types to have it hidden leaves every page that had shown it."""

from __future__ import annotations

import json
import time

import pytest

from review.case import State
from tests.conftest import RunningOffice, eventually
from tests.fakes.refusals import refusals

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack")]

HIDDEN = "东门第三户"
"""What no detector knows, in the title, the text and the file name."""

DRAFT = f"关于救助{HIDDEN}的公告\n\n经核查，{HIDDEN}符合条件，联系电话：13877700455。\n"


def answer(office: RunningOffice, case: str, officer: str, **values: object) -> None:
    """Answer over the gateway, as the page does, once the form is there."""
    run = office.waiting_run(case)
    office.person(officer).resume(run, {"code": office.fresh_code(officer), **values})


def asked(office: RunningOffice, case: str, times: int) -> None:
    eventually(lambda: office.desk.asked(case)[0] >= times, lambda: office.desk.asked(case))


def forms(value: str) -> tuple[bytes, bytes]:
    return value.encode(), json.dumps(value)[1:-1].encode()


def test_text_hidden_over_the_form_is_hidden_and_leaves_the_server(
    running_office: RunningOffice,
) -> None:
    office = running_office
    case = office.submit(f"{HIDDEN}公告.txt", DRAFT.encode())
    office.until(case, State.AWAITING)
    asked(office, case, 1)
    values = {"decision": "修改处理", "opinion": "门牌应当隐去", "further": HIDDEN}
    answer(office, case, "lin", **values)
    asked(office, case, 2)
    assert refusals(office.desk, case) == []
    answer(office, case, "guo", decision="同意公开")
    office.until(case, State.RELEASED)
    released = list(office.desk.files.released_dir(case).iterdir())
    assert not [path for path in released if HIDDEN in path.read_text() + path.name]
    time.sleep(1)
    prefect = office.settings.home / "prefect"
    left = [p.name for p in prefect.rglob("*") if p.is_file() and _holds(p.read_bytes())]
    assert left == []


def _holds(raw: bytes) -> bool:
    return any(form in raw for form in forms(HIDDEN))
