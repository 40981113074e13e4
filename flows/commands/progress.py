"""What moves on standard error while work is done; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def shown(items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
    """Yield the items one by one, as they come, and show how many of ``total`` are done."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)


def worked(items: Iterable[Item], what: str, work: Callable[[Item], Result]) -> Iterator[Result]:
    """Yield what becomes of each item, and show while it is worked on which it is and how long.

    Nothing moves while a result is handed on: what is printed of it stands in lines of its own.
    """
    if not sys.stderr.isatty():
        yield from map(work, items)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    held = list(items)
    moving = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task = moving.add_task(what, total=len(held))
    for item in held:
        with moving:
            result = work(item)
        moving.advance(task)
        yield result


@contextmanager
def status(text: str) -> Iterator[Callable[[str], None]]:
    """Show a line until the work is done, and give what changes it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(text) as shown_now:
        yield lambda words: shown_now.update(words)
