"""The approval chain: which steps a case goes through before it is released, and who takes them.

The chain is policy, not code (公开属性源头认定: 承办部门负责人、保密审查、政务公开机构、签发人): a
case gets its steps when it begins to wait and keeps them, whatever the rules say later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from review.staffing import StaffRole

CONSULT = "consult"
"""The key of the step at which the other units of a joint document are asked (条例第三十四条)."""


@dataclass(frozen=True, slots=True)
class Step:
    """Describe one step of a chain.

    ``role`` takes it within ``days`` working days; ``stand_in`` are the roles that may take it
    when nobody of ``role`` can or the time is over. ``same_person`` names the steps whose taker may
    take this one, too; otherwise every step of a case is another person's. ``asked`` are the staff
    numbers of whom each has to answer; their silence is consent when the time is over.
    """

    key: str
    title: str
    role: StaffRole
    days: int
    stand_in: tuple[StaffRole, ...] = ()
    same_person: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainRule:
    """Say which steps a case goes through that fits; empty conditions fit everything.

    ``attributes`` and ``verdicts`` hold the values of ``Attribute`` and ``Verdict``.
    """

    steps: tuple[str, ...]
    basis: str
    categories: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()

    def fits(self, category: str, attribute: str, verdict: str) -> bool:
        """Tell whether a case of this kind goes this way."""
        return all(
            not wanted or given in wanted
            for given, wanted in (
                (category, self.categories),
                (attribute, self.attributes),
                (verdict, self.verdicts),
            )
        )


@dataclass(frozen=True, slots=True)
class Approvals:
    """Hold the rules of approval: the steps there are, and the chains in the order of asking.

    ``weakening`` is the key of the step that must agree when a person weakens a protection, empty
    for the step at which it was weakened. ``grounds`` are the articles that 依申请公开 and 不予公开
    may rest on.
    """

    steps: Mapping[str, Step]
    chains: tuple[ChainRule, ...]
    weakening: str = ""
    grounds: tuple[str, ...] = field(default=())

    def chain(
        self, category: str, attribute: str, verdict: str, joint: Collection[str] = ()
    ) -> tuple[Step, ...]:
        """Give the steps of a case; ``joint`` are the people of other units who are asked first.

        Raises ``LookupError`` where no chain fits, which a checked policy never has.
        """
        steps = tuple(self.steps[key] for key in self.rule(category, attribute, verdict).steps)
        return (self._consultation(joint), *steps) if joint else steps

    def rule(self, category: str, attribute: str, verdict: str) -> ChainRule:
        """Find the first chain that fits a case; raises ``LookupError`` where none does."""
        for rule in self.chains:
            if rule.fits(category, attribute, verdict):
                return rule
        raise LookupError("no chain fits")

    def _consultation(self, joint: Collection[str]) -> Step:
        return replace(self.steps[CONSULT], asked=tuple(sorted(joint)))


SIGN_OFF = Step("review", "审核", StaffRole.REVIEWER, 5)
"""The one step of an office that has named no chain."""

_ASKED = Step(CONSULT, "会签单位", StaffRole.UNIT_HEAD, 15)

ONE_STEP = Approvals({s.key: s for s in (SIGN_OFF, _ASKED)}, (ChainRule((SIGN_OFF.key,), ""),))
"""The least there can be: one person looks."""
