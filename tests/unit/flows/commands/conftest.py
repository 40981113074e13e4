"""What tests of commands share: an office whose desk they use, a doctor that reads once."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from flows.commands import doctor
from flows.store.store import CaseStore
from tests.fakes.officers_desk import OfficersDesk


@pytest.fixture(scope="module")
def doctor_reads_a_picture_once() -> Iterator[None]:
    """Have the doctor try the recogniser once for a module, whose tests look at other things."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(doctor, "_pictures", functools.cache(doctor._pictures))
        yield


@pytest.fixture
def there(
    request: pytest.FixtureRequest,
    sqlite_store: CaseStore,
    noon: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> OfficersDesk:
    """Open the office that the module's ``command`` works in."""
    made = OfficersDesk(tmp_path / "home", sqlite_store, noon)
    monkeypatch.setattr(request.module.command, "open_desk", lambda _: made.desk)
    monkeypatch.setattr(request.module.command, "open_api", lambda: made.server)
    return made
