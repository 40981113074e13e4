"""An option with a fixed choice, taken by its key or by its Chinese name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import click

Key = TypeVar("Key", bound=str)


class NamedChoice(click.ParamType[str]):
    """Take one of ``names`` (key → Chinese name) either way; gives the key."""

    name = "choice"

    def __init__(self, what: str, names: Mapping[Key, str]) -> None:
        self._what = what
        self._names = {str(key): name for key, name in names.items()}

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the keys, as a choice does."""
        return f"[{'|'.join(self._names)}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the key of what was written; a wrong one is answered with every key and name."""
        for key, name in self._names.items():
            if value in (key, name):
                return key
        choice = "、".join(f"{name} {key}" for key, name in self._names.items())
        raise click.BadParameter(
            f"没有“{value}”这个{self._what}，请从这些当中选一个：{choice}。", ctx, param
        )


class NumberedChoice(NamedChoice):
    """Take one of ``names`` by its number in the list, too, counted from 1."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the key of what was written."""
        written, count = value.strip(), len(self._names)
        for number, (key, name) in enumerate(self._names.items(), 1):
            if written in (str(number), key, name):
                return key
        raise click.BadParameter(
            f"没有“{written}”这个{self._what}，请写 1 到 {count} 之间的编号。", ctx, param
        )
