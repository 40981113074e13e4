"""Put files away so that none is ever lost, changed or overwritten."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from contextlib import suppress
from itertools import count
from pathlib import Path

from flows.durable import write_file
from redact.kinds import known_suffix

NOTE = ".reason.txt"
OPINION = "退回意见.txt"

_NAME_BYTES = 255
_LONGEST_SUFFIX = 16
_ROOM_FOR_NOTE = len("-9999" + NOTE)


def file_away(source: Path, folder: Path) -> Path:
    """Move a file into ``folder`` under its own name, numbered if that is taken; returns where.

    The name is reserved by creating it exclusively first, so that even two processes never
    overwrite each other's file; the move itself is one rename. Raises ``OSError``.
    """
    target = _reserve(folder, source.name, _NAME_BYTES - _ROOM_FOR_NOTE)
    try:
        source.replace(target)
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise
    return target


def leave_note(target: Path, message: str) -> None:
    """Say beside a file, as ``NAME.reason.txt``, what is wrong with it and what to do."""
    note = _reserve(target.parent, target.name + NOTE, _NAME_BYTES)
    note.write_text(message + "\n", encoding="utf-8")
    with suppress(OSError):
        note.chmod(stat.S_IMODE(target.parent.stat().st_mode) & 0o666)


def shown_path(root: Path, path: Path, folders: Collection[str]) -> str:
    """Name a file below ``root`` for a log: ``rejected/general/低***.docx``.

    A name may tell of a person, so that it is masked as a finding is. Of the folders only
    ``folders`` are told: others were named by people.
    """
    above = (part for part in path.relative_to(root).parts[:-1] if part in folders)
    return "/".join((*above, f"{path.name[:1]}***{known_suffix(path.name)}"))


def leave_opinion(root: Path, names: tuple[str, ...], words: str) -> None:
    """Put the words of who sent a case back beside its draft, where its folder is there.

    The newest words take the place of earlier ones. No link is followed. Raises ``OSError`` or
    ``UnavailableError``.
    """
    folder = root
    for name in names:
        folder = folder / name
        if folder.is_symlink() or not folder.is_dir():
            return
    note, text = folder / OPINION, words.encode()
    if note.is_symlink() or not note.is_file() or note.read_bytes() != text:
        write_file(note, text, stat.S_IMODE(folder.stat().st_mode) & 0o666)


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


def _reserve(folder: Path, name: str, room: int) -> Path:
    """Create an empty file under the first free name, shortened to ``room`` bytes."""
    stem, suffix = Path(name).stem, Path(name).suffix
    if len(os.fsencode(suffix)) > _LONGEST_SUFFIX:
        stem, suffix = name, ""
    for number in count(1):
        tail = suffix if number == 1 else f"-{number}{suffix}"
        target = folder / (_cut(stem, room - len(os.fsencode(tail))) + tail)
        with suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            break
    return target


def _cut(stem: str, room: int) -> str:
    """Shorten a name to ``room`` bytes without breaking a character."""
    raw = os.fsencode(stem)
    return stem if len(raw) <= room else raw[:room].decode("utf-8", "ignore")
