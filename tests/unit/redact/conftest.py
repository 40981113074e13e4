"""Pictures that many tests show are recognised once; what proves an output reads afresh anyway."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from redact.ocr.recall import afresh, recalling


@pytest.fixture(scope="session", autouse=True)
def pictures_read_once() -> Iterator[None]:
    """Remember what was read: the recogniser says the same of the same pixels every time."""
    with recalling({}):
        yield


@pytest.fixture
def nothing_remembered() -> Iterator[None]:
    """Forget it where a test counts or hinders readings."""
    with afresh():
        yield
