"""What ``review submit`` asks an officer at a terminal: what he has not declared on the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from flows.cases.declaration import MAX_LENGTH
from flows.commands.named import NumberedChoice
from flows.commands.progress import status
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute
from review.errors import ReviewError, UnsafeOutputError, WrongUsageError
from review.staffing import StaffRole

if TYPE_CHECKING:
    from flows.cases.desk import Desk
    from flows.processing.pipeline import Pipeline
    from flows.processing.scanned import Incoming
    from review.attribute_proposal import AttributeProposal
    from review.suggestion import Suggestion

_GENERAL = "general"
_OTHER = "其他依据，自己写"


@dataclass(frozen=True, slots=True)
class Declared:
    """Hold what an officer has declared so far; empty is what he has not."""

    category: str = ""
    attribute: str = ""
    officer: str = ""
    reason: str = ""
    basis: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the options without which nothing can be handed in."""
        options = (
            (self.category, "--category 文件类别"),
            (self.attribute, "--attribute 公开属性"),
            (self.officer, "--officer 送审人工号"),
        )
        return tuple(option for given, option in options if not given)

    @property
    def lacks_reason(self) -> bool:
        """Tell whether the attribute asks for a reason that is not there."""
        return self.attribute != Attribute.PROACTIVE and not self.reason.strip()

    @property
    def lacks_basis(self) -> bool:
        """Tell whether the attribute asks for a legal basis that is not there."""
        return self.attribute == Attribute.WITHHELD and not self.basis.strip()

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to ask."""
        return not (self.missing or self.lacks_reason or self.lacks_basis)


def require_complete(declared: Declared) -> None:
    """Refuse what lacks something where nobody can be asked; raises ``WrongUsageError``."""
    if declared.missing:
        raise WrongUsageError(
            f"缺少 {'、'.join(declared.missing)}，请补上；在终端里直接运行会逐项询问。"
        )


def complete(declared: Declared, desk: Desk, files: Sequence[Incoming]) -> Declared:
    """Ask for whatever is missing; ``files`` are the first document with its attachments.

    Raises a ``ReviewError`` where the first file cannot be used: nobody answers questions in vain.
    """
    pipeline = desk.pipeline_in_force()
    found = declared
    if not found.category:
        found = replace(found, category=_ask_category(pipeline, files[0]))
    look = _Proposing(pipeline, files, found.category)
    if not found.attribute:
        found = replace(found, attribute=_ask_attribute(look))
    if found.lacks_reason:
        found = replace(found, reason=_ask_reason(look, found.attribute))
    if found.lacks_basis:
        found = replace(found, basis=_ask_basis(look, pipeline.policy.approval.grounds))
    if not found.officer:
        found = replace(found, officer=_ask_officer(desk))
    return found


class _Proposing:
    """Work out the proposal of an attribute when it is first asked for: it takes a scan."""

    def __init__(self, pipeline: Pipeline, files: Sequence[Incoming], category: str) -> None:
        self._pipeline = pipeline
        self._files = files
        self._category = category

    @cached_property
    def proposal(self) -> AttributeProposal | None:
        """Give what the content asks for; None for a file that nobody can look into."""
        try:
            with status("正在看文件内容"):
                return self._pipeline.scan(self._files, self._category).proposal
        except UnsafeOutputError:  # it is set aside as a case, and a person looks
            return None
        except ReviewError:
            raise
        except Exception:  # a detector that fails sets the case aside, too; its text may quote
            return None


def _ask_category(pipeline: Pipeline, file: Incoming) -> str:
    found = _suggested(pipeline, file)
    if found is None:
        default, why = _GENERAL, "标题看不出是哪一类，请自己选"
    else:
        default = found.category.key
        why = f"建议“{found.category.title}”：标题中有“{'”“'.join(found.words)}”"
    titles = {key: each.title for key, each in pipeline.policy.categories.items()}
    return choose("文件类别", titles, default, why)


def _suggested(pipeline: Pipeline, file: Incoming) -> Suggestion | None:
    from review.suggestion import suggest

    try:
        with status("正在看标题"):
            document = pipeline.read(file)
    except UnsafeOutputError:
        return None
    return suggest(pipeline.policy.categories, document, PurePath(file.name).stem)


def _ask_attribute(look: _Proposing) -> str:
    names = {key.value: name for key, name in ATTRIBUTE_NAMES.items()}
    found = look.proposal
    if found is None:
        return choose("公开属性", names, None, "读不出文件内容，请自己选")
    name = ATTRIBUTE_NAMES[found.attribute]
    return choose("公开属性", names, found.attribute.value, f"建议“{name}”：{found.reason}")


def _ask_reason(look: _Proposing, attribute: str) -> str:
    proposal = look.proposal
    fits = proposal is not None and proposal.attribute == attribute
    name = ATTRIBUTE_NAMES[Attribute(attribute)]
    return _ask_text(f"{name}的理由", proposal.reason if proposal and fits else None)


def _ask_basis(look: _Proposing, grounds: Sequence[str]) -> str:
    proposed = look.proposal.basis if look.proposal else ""
    fitting = [ground for ground in grounds if proposed and ground.startswith(proposed)]
    # One article may stand there with several grounds; which of them it is, a person says.
    default = fitting[0] if len(fitting) == 1 else None
    listed = {ground: ground for ground in (*grounds, _OTHER)}
    chosen = choose("不予公开的法律依据", listed, default, "按条款选一项") if grounds else _OTHER
    return _ask_text("法律依据（写明条款）") if chosen == _OTHER else chosen


def _ask_officer(desk: Desk) -> str:
    def registered(value: str) -> str:
        officer = value.strip()
        try:
            desk.staff.require(officer, StaffRole.OFFICER)
        except ReviewError as refusal:
            raise click.UsageError(refusal.message) from None
        return officer

    return _prompt("送审人工号", None, registered)


def _ask_text(question: str, default: str | None = None) -> str:
    def fit(value: str) -> str:
        text = value.strip()
        if not text or len(text) > MAX_LENGTH:
            raise click.UsageError(f"请写一两句话，不超过 {MAX_LENGTH} 字。")
        return text

    return _prompt(question, default, fit)


def choose(what: str, names: Mapping[str, str], default: str | None, why: str) -> str:
    """Let a person choose one of ``names`` (key → Chinese name) by number, name or key."""
    click.echo(f"\n{what}（{why}）：", err=True)
    for number, (key, name) in enumerate(names.items(), 1):
        click.echo(f"  {number:>2} {name if name == key else f'{name} {key}'}", err=True)
    kind = NumberedChoice(what, names)
    shown = None if default is None else str(list(names).index(default) + 1)
    return _prompt(f"{what}，请写编号", shown, lambda value: kind.convert(value, None, None))


def _prompt(question: str, default: str | None, check: Callable[[str], str]) -> str:
    """Ask on standard error, so that standard output holds the result alone."""
    return str(click.prompt(question, default=default, value_proc=check, err=True))
