"""The shape of one entry of the negative list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from policies.patterns import pattern_fault
from policies.schema import MIN_TERM, Listed, OneOrMore, Spec, Text
from policies.strength import term_key
from review.policy import NEAR, Term, TermCategory, TermLevel, Where

_MAX_WITHIN = 200


def _long_enough(word: str) -> str:
    if len(term_key(word)) < MIN_TERM:
        raise PydanticCustomError("short", "少于两个字，会命中几乎所有文件，请写完整的词语。")
    return word


Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Spelling = Annotated[Word, AfterValidator(_long_enough)]


class TermSpec(Spec):
    """Read one entry: a term or a pattern, how hard, why, by whom, when and where it counts."""

    term: Spelling | None = None
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    variants: Listed[Spelling] = ()
    level: TermLevel
    category: TermCategory
    basis: Text
    owner: Text
    since: date
    until: date | None = None
    unless: OneOrMore[Text] = ()
    near: Listed[Word] = ()
    not_near: Listed[Word] = ()
    within: Annotated[int, Field(ge=1, le=_MAX_WITHIN)] | None = None
    where: Where = Where.ANYWHERE

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.term is None:
            self._check_pattern()
        else:
            self._check_spellings(self.term)
        if self.near or self.not_near or self.within is not None:
            self._check_words_around()
        if self.until is not None and self.until < self.since:
            raise PydanticCustomError("until", "停用日期早于启用日期，请核对 since 和 until。")
        return self

    def _check_pattern(self) -> None:
        if self.pattern is None:
            raise PydanticCustomError(
                "term", "缺少 term，请写明词语（或改用 pattern 写一条正则式）。"
            )
        if self.variants or self.unless:
            key = "variants" if self.variants else "unless"
            raise PydanticCustomError(key, "pattern 不能带 {key}，请把它写进正则式。", {"key": key})
        if message := pattern_fault(self.pattern):
            raise PydanticCustomError("pattern", "{message}", {"message": message})

    def _check_spellings(self, term: str) -> None:
        if self.pattern is not None:
            raise PydanticCustomError("pattern", "一条里只能写 term 或 pattern 之一，请拆成两条。")
        spellings = (term, *self.variants)
        for phrase in self.unless:
            if phrase in spellings or not any(spelling in phrase for spelling in spellings):
                raise PydanticCustomError(
                    "unless", "unless 里的每一句都要包含该词并且比它长，请改写或删去。"
                )

    def _check_words_around(self) -> None:
        if self.within is not None and not (self.near or self.not_near):
            raise PydanticCustomError(
                "within", "没有写 near 或 not_near，within 不起作用，请补上词语或删去 within。"
            )
        for word in (*self.near, *self.not_near):
            if not term_key(word):
                raise PydanticCustomError("near", "邻近的词里没有文字，请写完整的词语。")
        if both := set(self.near).intersection(self.not_near):
            raise PydanticCustomError(
                "not_near", "“{word}”既写在 near 又写在 not_near，请删去一处。", {"word": min(both)}
            )

    def term_of_policy(self) -> Term:
        """Give the entry as the language knows it."""
        return Term(
            self.term or self.pattern or "",
            self.level,
            self.category,
            self.basis,
            self.owner,
            self.since.isoformat(),
            self.until.isoformat() if self.until else "",
            self.term is None,
            self.variants,
            self.unless,
            self.near,
            self.not_near,
            self.within or NEAR,
            self.where,
        )
