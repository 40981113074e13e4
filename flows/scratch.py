"""Scratch folders that may hold a draft: each is locked by those who work in it, and swept after.

A process that is killed cannot tidy up. Its lock goes with it, so a folder that nobody holds is
one that nobody needs.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "review-scratch-"


@contextmanager
def scratch_folder() -> Iterator[tuple[Path, int]]:
    """Make a private folder that is gone afterwards; gives it with the handle that holds it.

    A child that works in the folder inherits the handle: it may live on when we are killed.
    """
    folder, handle = _held()
    try:
        yield folder, handle
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _held() -> tuple[Path, int]:
    """Make a folder and lock it; a sweep that came in between has taken it, so make another."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            handle = _open(folder)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.exists():
                return folder, handle
            os.close(handle)


def sweep() -> int:
    """Remove what killed processes of this user left; gives the number of filled ones."""
    return sum(_abandoned(folder, shutil.rmtree) for folder in _folders())


def left_over() -> int:
    """Count what killed processes of this user left, and touch nothing."""
    return sum(_abandoned(folder, _look) for folder in _folders())


def _folders() -> Iterator[Path]:
    return Path(tempfile.gettempdir()).glob(f"{PREFIX}*")


def _look(folder: Path) -> None:
    """Leave a folder as it is."""


def _abandoned(folder: Path, then: Callable[[Path], None]) -> bool:
    """Do something with a folder that nobody works in, while nobody can; tells if it held a thing.

    An empty one may be a folder just made and not yet locked: it can be made again, and nobody
    needs to hear of it.
    """
    try:
        handle = _open(folder)
    except OSError:  # gone by now, or nothing of ours
        return False
    try:
        if os.fstat(handle).st_uid != os.getuid():
            return False
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        filled = any(folder.iterdir())
        then(folder)
    except OSError:  # somebody works in it
        return False
    finally:
        os.close(handle)
    return filled


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
