"""An office's own list of expressions: read, laid over one another, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from policies.changes import Change, Kind
from policies.schema import MIN_TERM, OneOrMore, Spec, Text
from policies.source import Place, Problem
from policies.strength import term_key
from review.policy import Expression

_WHERE = "用语清单"

Wording = Annotated[str, StringConstraints(min_length=MIN_TERM, max_length=100)]
PlacedExpression = tuple[Expression, Place]
Expressions = dict[str, PlacedExpression]


class ExpressionSpec(Spec):
    """Read one entry: what is to be avoided, with its replacement, or what must be there."""

    avoid: Wording | None = None
    require: Wording | None = None
    instead: Annotated[str, StringConstraints(max_length=100)] = ""
    titles: OneOrMore[Text] = ()
    basis: Text

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.avoid is None) == (self.require is None):
            raise PydanticCustomError(
                "avoid", "一条里要写 avoid（不宜用）或 require（应写到）之一，请补上或拆成两条。"
            )
        if self.instead and (self.avoid is None or self.instead == self.avoid):
            raise PydanticCustomError(
                "instead", "instead 只配 avoid 用，并且要与它不同，请改写或删去。"
            )
        if self.titles and self.require is None:
            raise PydanticCustomError("titles", "titles 只配 require 用，请删去。")
        return self

    def expression(self) -> Expression:
        """Give the entry as the language knows it."""
        return Expression(
            self.avoid or self.require or "",
            self.basis,
            required=self.require is not None,
            instead=self.instead,
            titles=self.titles,
        )


def lay_expressions(expressions: Expressions, listed: Sequence[PlacedExpression]) -> list[Problem]:
    """Lay the entries of one directory over those below; returns what is wrong with them."""
    problems: list[Problem] = []
    own: dict[str, int] = {}
    for expression, place in listed:
        key = term_key(expression.text)
        if key in own:
            message = f"“{expression.text}”在第 {own[key]} 行已经有了，请删去一条。"
            problems.append(Problem(place, message))
        own[key] = place.line
        expressions[key] = (expression, place)
    return problems


def compare_expressions(old: Iterable[Expression], new: Iterable[Expression]) -> Iterator[Change]:
    """Yield one change for each entry that came, went or differs; none lets more through."""
    before, after = _by_text(old), _by_text(new)
    for text, expression in after.items():
        if text not in before:
            yield Change(Kind.NEW, _WHERE, f"新增{expression_words(expression)}")
        elif expression != before[text]:
            yield Change(Kind.CHANGED, _WHERE, f"改为{expression_words(expression)}")
    for text, expression in before.items():
        if text not in after:
            yield Change(Kind.REMOVED, _WHERE, f"去掉了{expression_words(expression)}")


def expression_words(expression: Expression) -> str:
    """Say an entry in words: 不宜用“一把手”，宜作“主要负责人”."""
    if not expression.required:
        instead = f"，宜作“{expression.instead}”" if expression.instead else ""
        return f"不宜用“{expression.text}”{instead}"
    where = f"（标题含“{'”或“'.join(expression.titles)}”的文件）" if expression.titles else ""
    return f"应写到“{expression.text}”{where}"


def _by_text(expressions: Iterable[Expression]) -> Mapping[str, Expression]:
    return {expression.text: expression for expression in expressions}
