"""What the operating system refuses is told in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.durable import write_file
from review.errors import InputError


def test_a_name_too_long_for_the_disk_is_the_fault_of_the_file(tmp_path: Path):
    with pytest.raises(InputError, match="文件名太长"):
        write_file(tmp_path / ("长" * 90), b"")
    assert not list(tmp_path.iterdir())
