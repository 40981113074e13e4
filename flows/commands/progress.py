"""What moves on standard error while work is done; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


def shown(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items one by one and show how many are done; a ``total`` lets them stream."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    held = list(items) if total is None else items
    yield from track(held, what, total, console=Console(stderr=True), transient=True)


@contextmanager
def status(text: str) -> Iterator[Callable[[str], None]]:
    """Show a line until the work is done, and give what changes it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(text) as shown_now:
        yield lambda words: shown_now.update(words)
