"""What click says in Chinese is compiled from the catalogue that people edit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parents[2] / "flows/locale/zh_CN/LC_MESSAGES"


def table(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {forms(m.id): forms(m.string) for m in catalogue if m.id}


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_compiled_catalogue_is_up_to_date() -> None:
    with (CATALOGUE / "messages.po").open("rb") as source:
        edited = table(read_po(source, locale="zh_CN"))
    with (CATALOGUE / "messages.mo").open("rb") as compiled:
        assert table(read_mo(compiled)) == edited
