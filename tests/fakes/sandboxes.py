"""A sandbox without processes, for tests of what is made of its answers.

Each process loads its parsers anew, and for pictures the recogniser, too: seconds a call.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from flows.processing.sandbox import Sandbox, _parse
from flows.processing.sandbox_worker import _answer
from review.errors import ReviewError

_apart = Sandbox._call


@contextmanager
def sandbox_within() -> Iterator[None]:
    """Have this process answer what a sandbox is asked, as JSON like any other, without limits."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Sandbox, "_call", _call)
        yield


@contextmanager
def sandbox_apart() -> Iterator[None]:
    """Have processes of their own answer again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Sandbox, "_call", _apart)
        yield


def _call(
    self: Sandbox, request: dict[str, Any], data: bytes, failure: type[ReviewError]
) -> tuple[dict[str, Any], bytes]:
    header, body = _answer(json.loads(json.dumps(request)), data)
    return _parse(json.dumps(header).encode() + b"\n" + body, failure)
