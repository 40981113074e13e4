from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from policies.loader import load_policy
from review.errors import PolicyInvalidError
from review.policy import Policy

Write = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def builtin() -> Policy:
    return load_policy()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write one file of an office's own rules; returns their directory."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return write_file


@pytest.fixture
def problems() -> Callable[[Path], tuple[str, ...]]:
    """Load rules that must not load; returns what is said of them."""

    def load(overlay: Path) -> tuple[str, ...]:
        with pytest.raises(PolicyInvalidError) as caught:
            load_policy(overlay)
        assert caught.value.exit_code == 8
        return caught.value.problems

    return load
