"""A bar on standard error while files are worked on; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def shown(paths: Iterable[Path], what: str) -> Iterator[Path]:
    """Yield the paths one by one and show how many are done."""
    if not sys.stderr.isatty():
        yield from paths
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(list(paths), what, console=Console(stderr=True), transient=True)
