"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def policy_option(command: Command) -> Command:
    """Add ``--policy DIR``: the office's own rules, laid over the built-in ones."""
    return click.option(
        "--policy",
        "overlay",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="本单位的规则文件夹，叠加在内置规则之上。",
    )(command)


def category_option(command: Command) -> Command:
    """Add ``--category KEY``; without it the general rules apply."""
    return click.option(
        "--category",
        metavar="KEY",
        default="general",
        show_default=True,
        help="文件类别，见 review policy show。",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``: the result for machines, on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")(command)


def reveal_option(command: Command) -> Command:
    """Add ``--reveal``: values in clear instead of masked."""
    return click.option("--reveal", is_flag=True, help="显示原文（默认打码）。")(command)


def paths_argument(command: Command) -> Command:
    """Add ``PATH…``: one or more existing files."""
    return click.argument(
        "paths",
        metavar="PATH…",
        nargs=-1,
        type=click.Path(path_type=Path),
    )(command)
