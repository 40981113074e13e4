"""Take files from disk with the limits checked before a byte is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.processing.scanned import Incoming
from redact.kinds import MAX_BYTES
from review.errors import BrokenInputError, InputError, TooLargeInputError, WrongUsageError


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Walk the given paths: files as they are, folders down to every file not hidden.

    Raises ``WrongUsageError`` where nothing was named or the folders hold no file.
    """
    named = tuple(paths)
    if not named:
        raise WrongUsageError("没有指定文件，请在命令后写上文件或文件夹。")
    empty = True
    for path in named:
        for file in _inside(path) if path.is_dir() else (path,):
            empty = False
            yield file
    if empty:
        raise WrongUsageError("文件夹里没有文件，请核对路径。")


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def load(path: Path) -> Incoming:
    """Read one regular file; raises an ``InputError`` that says what to do."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BrokenInputError("这不是普通文件，请给出要审查的文件。")
        if size > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            raise TooLargeInputError(f"文件超过 {limit} MB，请拆成几个文件后分别提交。")
        return Incoming(path.name, path.read_bytes())
    except FileNotFoundError:
        raise InputError("文件不存在，请核对路径。") from None
    except PermissionError:
        raise InputError("没有读取这个文件的权限，请检查后再试。") from None
    except OSError:
        raise InputError("读取文件时出错，请检查磁盘或网络后再试。") from None
