"""What the root of an old office file holds is told from what is embedded in it."""

from __future__ import annotations

import struct

import pytest

from redact.compound import root_names
from redact.sniff import sniff
from review.errors import EncryptedInputError

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHH", 62, 3, 65534, 9)


def entry(name: str, left: int = FREE, right: int = FREE, child: int = FREE) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    linked = struct.pack("<HBBIII", len(spelt), 1, 1, left, right, child)
    return spelt.ljust(64, b"\xaa") + linked + bytes(48)


def compound(*entries: bytes, following: int = END) -> bytes:
    """Write a file of one table and a directory of two sectors, the last with a gap."""
    tables = struct.pack("<109I", 0, *[FREE] * 108)
    head = HEAD.ljust(48, b"\0") + struct.pack("<IIIIIIII", 1, 0, 4096, END, 0, END, 0, 0)[:28]
    table = struct.pack("<128I", TABLE, 2, following, *[FREE] * 125)
    return head + tables + table + b"".join(entries).ljust(1024, b"\0")


EMBEDDED = compound(
    entry("Root Entry", child=2),
    entry("WordDocument"),
    entry("Workbook", left=3, right=4),
    entry("MBD01", child=1),
    entry("EncryptedPackages"),
)


def test_the_root_holds_nothing_of_what_is_embedded() -> None:
    assert root_names(EMBEDDED) == {"workbook", "mbd01", "encryptedpackages"}


def test_a_workbook_with_a_text_in_it_is_a_workbook() -> None:
    assert sniff(EMBEDDED) == "xls"


def test_names_are_the_same_in_capitals() -> None:
    assert sniff(compound(entry("Root Entry", child=1), entry("WORKBOOK"))) == "xls"


def test_an_encrypted_package_counts_in_the_root_alone() -> None:
    inner, outer = entry("EncryptedPackage"), entry("Workbook", right=3)
    assert sniff(compound(entry("R", child=2), inner, outer, entry("M", child=1))) == "xls"
    with pytest.raises(EncryptedInputError):
        sniff(compound(entry("R", child=1), inner))


@pytest.mark.parametrize(
    "data", [EMBEDDED[:1400], EMBEDDED[:60], HEAD, compound(entry("R", child=999))]
)
def test_of_a_cut_off_file_nothing_is_told(data: bytes) -> None:
    assert root_names(data) is None


def test_a_directory_that_follows_itself_ends() -> None:
    looping = compound(entry("R", child=1), entry("Workbook", left=1), following=1)
    assert root_names(looping) is None
