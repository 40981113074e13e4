"""Paths given on the command line are files, or folders read down to every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.processing.incoming import expand
from review.errors import WrongUsageError


def test_folders_are_read_down_to_what_is_not_hidden(tmp_path: Path):
    for name in ("b.txt", ".hidden", "~$lock.docx", "inner/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert list(expand([tmp_path])) == [tmp_path / "b.txt", tmp_path / "inner" / "a.txt"]


def test_a_folder_without_files_is_told(tmp_path: Path):
    with pytest.raises(WrongUsageError, match="没有文件"):
        list(expand([tmp_path]))
