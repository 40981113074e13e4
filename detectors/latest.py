"""What is worked out of a document or a passage, once for all who ask about it in turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def of_the_latest(work_out: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Remember the answer about what was asked about last, told by identity and not kept alive.

    To hash a document of 100,000 cells takes as long as to work most of its answers out.
    """
    latest: tuple[ref[Asked], Answer] | None = None

    @wraps(work_out)
    def answer(asked: Asked) -> Answer:
        nonlocal latest
        known = latest
        if known is None or known[0]() is not asked:
            known = latest = ref(asked), work_out(asked)
        return known[1]

    return answer
