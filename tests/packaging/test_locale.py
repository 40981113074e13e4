"""What click says in Chinese is compiled from the catalogue that people edit."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parents[2] / "flows/locale/zh_CN/LC_MESSAGES"


def test_the_compiled_catalogue_is_up_to_date() -> None:
    with (CATALOGUE / "messages.po").open("rb") as source:
        edited = {m.id: m.string for m in read_po(source, locale="zh_CN") if m.id}
    with (CATALOGUE / "messages.mo").open("rb") as compiled:
        shipped = {m.id: m.string for m in read_mo(compiled) if m.id}
    assert {key: str(text) for key, text in shipped.items()} == {
        key: str(text) for key, text in edited.items()
    }
