"""The registry makes the formats by name, and loads of their libraries what they need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from redact.registry import get_format
from review.errors import UnknownFormatError


def test_an_unknown_format_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownFormatError, match="txt"):
        get_format("ceb")


@pytest.mark.parametrize("name", ["txt", "md", "csv"])
def test_a_format_bears_its_name_and_suffixes(name: str) -> None:
    made = get_format(name)
    assert made.name == name
    assert f".{name}" in made.suffixes


def test_reading_text_loads_no_library_of_other_formats() -> None:
    code = (
        "import sys; from redact.registry import get_format; get_format('csv').read(b'a,b');"
        "heavy = ('lxml', 'pikepdf', 'pypdfium2', 'pdfplumber', 'PIL');"
        "print([m for m in heavy if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
