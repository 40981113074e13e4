from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from flows.commands.named import NamedChoice
from flows.commands.redact import redact
from flows.commands.staff import staff
from flows.commands.submit import submit
from review.errors import WrongUsageError

SUBMIT = ("x.txt", "--category", "general", "--officer", "zhou", "--attribute")


def run(command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@pytest.mark.parametrize("written", ["reviewer", "审核人"])
def test_a_choice_is_taken_by_its_key_and_by_its_name(written: str) -> None:
    names = {"officer": "送审人", "reviewer": "审核人"}
    assert NamedChoice("角色", names).convert(written, None, None) == "reviewer"


@pytest.mark.parametrize(
    ("command", "arguments", "told"),
    [
        (staff, ("add", "A01", "--role", "x"), "送审人 officer、审核人 reviewer、审计员 auditor、"),
        (submit, (*SUBMIT, "公开"), "依申请公开 on_request、不予公开 withheld。"),
    ],
)
def test_a_wrong_choice_is_answered_with_names_beside_the_keys(
    command: click.Command, arguments: tuple[str, ...], told: str
) -> None:
    refused = run(command, *arguments)
    assert refused.exit_code == 2
    assert told in refused.output


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (redact, ("x.txt", "-o", "out", "--category", "gossip")),
        (submit, ("x.txt", "--category", "gossip", "--attribute", "主动公开", "--officer", "a1")),
    ],
)
def test_an_unknown_category_is_answered_with_names_beside_the_keys(
    command: click.Command, arguments: tuple[str, ...]
) -> None:
    refused = run(command, *arguments)
    assert isinstance(refused.exception, WrongUsageError)
    assert "行政处罚决定 administrative_penalty" in refused.exception.message


def test_the_help_shows_the_keys() -> None:
    assert "[proactive|on_request|withheld]" in run(submit, "--help").output
