"""What lies in a watched folder, seen without following links or trusting names."""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from flows.intake.filing import NOTE
from flows.intake.sidecar import find_sidecar, is_sidecar, sidecars

Signature = tuple[int, ...]
"""How a file looks from outside: size, times and inode, and those of its declaration."""

_UNFINISHED = (
    ".part",
    ".partial",
    ".tmp",
    ".temp",
    ".crdownload",
    ".download",
    ".swp",
    ".lock",
    "~",
)
_NO_DRAFTS = frozenset({"thumbs.db", "desktop.ini"})

log = logging.getLogger(__name__)


def drafts(root: Path, reserved: Collection[str]) -> Iterator[tuple[Path, Path | None]]:
    """Walk a folder: each draft with its declaration; ``reserved`` folders of ``root`` are not."""
    folders = [root]
    while folders:
        folder = folders.pop()
        for entry in _entries(folder):
            own = folder == root and entry.name in reserved
            if entry.is_dir(follow_symlinks=False) and not own and not entry.name.startswith("."):
                folders.append(Path(entry.path))
        siblings = files_in(folder)
        declared = sidecars(siblings)
        for path in siblings:
            if not is_sidecar(path):
                yield path, find_sidecar(path, declared)


def files_in(folder: Path) -> tuple[Path, ...]:
    """List the files of a folder that a person put there, and links that are to stand for one."""
    return tuple(
        Path(entry.path)
        for entry in _entries(folder)
        if (entry.is_file(follow_symlinks=False) or _links_to_file(entry))
        and not _passing(entry.name)
    )


def signature_of(path: Path, sidecar: Path | None) -> Signature:
    """Describe how a file and its declaration look; empty if one is gone or no file or link."""
    numbers: list[int] = []
    for each in (path, sidecar):
        if each is None:
            continue
        try:
            found = each.lstat()
        except OSError:
            return ()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
            return ()
        numbers += (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return tuple(numbers)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """List a folder; one that is gone or out of reach (an unmounted share) is empty this time."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        log.warning("a folder cannot be read: %s", errno.errorcode.get(error.errno or 0, "OSError"))
        return []


def _links_to_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not entry.is_dir()


def _passing(name: str) -> bool:
    """Tell what programs leave for a moment (lock files, unfinished downloads) from a draft."""
    lowered = name.lower()
    return (
        lowered.startswith(("~$", "~wrl", "."))
        or lowered.endswith((*_UNFINISHED, NOTE))
        or lowered in _NO_DRAFTS
    )
