"""A bar on standard error while files are worked on; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
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
