"""Files that are whole or absent: a crash leaves the old bytes or the new ones, never a half."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from review.errors import InputError, UnavailableError

PRIVATE_FILE = 0o600
PRIVATE_DIRECTORY = 0o700
TEMPORARY = ".tmp-"
"""Every unfinished file begins so; no checked name does."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def declared_errors() -> Iterator[None]:
    """Turn what the operating system refuses into a declared error, without naming a file."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise UnavailableError("磁盘空间不足，没有写入；请清理磁盘后再试。") from None
        if error.errno == errno.ENAMETOOLONG:
            raise InputError("文件名太长，请改短（不超过 70 个汉字）后再提交。") from None
        reason = errno.errorcode.get(error.errno or 0, "OSError")
        raise UnavailableError(
            f"数据目录无法读写（{reason}），请检查磁盘和目录权限后再试。"
        ) from None


def make_private(directory: Path) -> None:
    """Create a directory and its missing parents with mode 0700, whatever the umask."""
    with declared_errors():
        for path in reversed((directory, *directory.parents)):
            if not path.exists():
                path.mkdir(mode=PRIVATE_DIRECTORY, exist_ok=True)


@contextmanager
def replacing(path: Path, mode: int = PRIVATE_FILE) -> Iterator[BinaryIO]:
    """Open a file that takes its final name only when it is complete and on the disk."""
    with declared_errors():
        handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fchmod(stream.fileno(), mode)
                os.fsync(stream.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
            raise
        sync_directory(path.parent)


def write_file(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Write ``data`` under ``path`` at once; raises ``UnavailableError`` when it cannot."""
    with replacing(path, mode) as stream:
        stream.write(data)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory survive a power cut."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that the file ``path`` stands for, against threads and processes alike."""
    make_private(path.parent)
    with declared_errors():
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        with declared_errors():
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
