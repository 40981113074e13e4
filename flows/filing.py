"""Put files away so that none is ever lost, changed or overwritten."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path

_NAME_BYTES = 255
_ROOM = len("-99999.reason.txt")
NOTE = ".reason.txt"


def file_away(source: Path, folder: Path) -> Path:
    """Move a file into ``folder`` under its own name, numbered if that is taken; returns where.

    The name is reserved by creating it exclusively first, so that even two processes never
    overwrite each other's file; the move itself is one rename. Raises ``OSError``.
    """
    target = _reserve(folder, source.name)
    try:
        source.replace(target)
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise
    return target


def leave_note(target: Path, message: str) -> None:
    """Say beside a file, as ``NAME.reason.txt``, what is wrong with it and what to do."""
    note = _reserve(target.parent, target.name + NOTE)
    note.write_text(message + "\n", encoding="utf-8")
    with suppress(OSError):
        note.chmod(stat.S_IMODE(target.parent.stat().st_mode) & 0o666)


def open_folder(root: Path, *names: str) -> Path:
    """Make a folder below ``root`` that the same people may enter; raises ``OSError``."""
    folder = root
    mode = stat.S_IMODE(root.stat().st_mode)
    for name in names:
        folder = folder / name
        if folder.is_symlink():
            raise NotADirectoryError("a link stands where a folder belongs")
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            with suppress(OSError):  # a share may know no modes; then its own rules hold
                folder.chmod(mode)
    return folder


def _reserve(folder: Path, name: str) -> Path:
    """Create an empty file under the first free name that the file system takes."""
    stem, suffix = os.path.splitext(name)
    for number in count(1):
        tail = suffix if number == 1 else f"-{number}{suffix}"
        target = folder / (_cut(stem, _NAME_BYTES - _ROOM - len(os.fsencode(suffix))) + tail)
        with suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return target
    raise AssertionError("count() does not end")


def _cut(stem: str, room: int) -> str:
    """Shorten a name to ``room`` bytes without breaking a character."""
    raw = os.fsencode(stem)
    if len(raw) <= room:
        return stem
    return raw[:room].decode("utf-8", "ignore")
