"""Whether the people there are can take every step of the chains: other ones, never the drafter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from review.approval import Approvals, Step
from review.staffing import STAFF_ROLE_NAMES, StaffRole

_NAMED = 3
"""How many staff numbers a sentence names."""


@dataclass(frozen=True, slots=True)
class Member:
    """Describe a member of staff to this check; ``active`` says whether he can decide now."""

    id: str
    roles: frozenset[StaffRole]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Lack:
    """Tell steps that need more people than there are.

    One person more of the role of ``wanting``, one of the steps, is enough. ``able`` people can
    take any of them. ``drafters`` are the staff numbers whose drafts would hang, empty for
    everybody's.
    """

    steps: tuple[Step, ...]
    wanting: Step
    able: int
    drafters: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say in Chinese who is lacking and how to enrol him."""
        whose = f"{_numbers(self.drafters)}送审时，" if self.drafters else ""
        if len(self.steps) == 1:
            who = f"没有{'别的' if self.drafters else ''}人能办，须由{_takers(self.wanting)}办理"
        else:
            who = f"须由不同的人办，现在能办的只有 {self.able} 人"
        first = not self.able and not self.drafters
        remedy = _remedy(self.wanting, "请登记" if first else "请再登记一人")
        return f"{whose}{_titles(self.steps)}{who}（停用、锁定的不算），{remedy}"


def lacks(approvals: Approvals, people: Sequence[Member]) -> tuple[Lack, ...]:
    """List what keeps a case of some chain, handed in by some officer, from being decided.

    Nobody decides what he drafted, and each step is another person's but where ``same_person``
    says otherwise. Enrolling what every lack wants is enough for all of them. Linear in the people.
    """
    everybody: dict[tuple[str, ...], Lack] = {}
    some: dict[tuple[str, ...], Lack] = {}
    for rule in approvals.chains:
        chain = tuple(approvals.steps[key] for key in rule.steps)
        able = {step.key: able_to_take(step, people) for step in chain}
        short = list(_missing(chain, able))
        everybody |= {_key(lack): lack for lack in short}
        wanting = {lack.wanting for lack in short}
        rest = tuple(step for step in chain if step not in wanting)
        for drafters in _alike(rest, able, people):
            without = {key: takers - {drafters[0]} for key, takers in able.items()}
            for lack in _missing(rest, without, drafters):
                some[_key(lack)] = _joined(some.get(_key(lack)), lack)
    for_some = [lack for key, lack in some.items() if key not in everybody]
    return (*everybody.values(), *for_some)


def single_handed(approvals: Approvals, people: Sequence[Member]) -> tuple[Step, ...]:
    """List the steps where whoever weakens a protection finds nobody to agree to it (四眼).

    What is weakened after the step that must agree goes back to that step, which is another
    person's; up to there somebody else has to agree at the same step.
    """
    found: dict[str, Step] = {}
    for rule in approvals.chains:
        last = rule.steps.index(approvals.weakening) if approvals.weakening in rule.steps else None
        keys = rule.steps if last is None else rule.steps[: last + 1]
        steps = (approvals.steps[key] for key in keys)
        found |= {step.key: step for step in steps if len(able_to_take(step, people)) == 1}
    return tuple(found.values())


def single_handed_sentence(step: Step) -> str:
    """Say in Chinese what becomes of a case when the one taker of a step weakens a protection."""
    return (
        f"{_titles((step,))}只有一个人能办：他把应隐去的改为保留时，没有另一人能同意，"
        f"案件只能退回修改，{_remedy(step, '最好再登记一人')}"
    )


def able_to_take(step: Step, people: Sequence[Member]) -> frozenset[str]:
    """Name who may take a step sooner or later, stand-ins too."""
    roles = {step.role, *step.stand_in}
    return frozenset(each.id for each in people if each.active and each.roles & roles)


def can_be_manned(chain: Sequence[Step], able: Mapping[str, Collection[str]]) -> bool:
    """Tell whether every step can have a taker; ``able`` are those who may take it, by its key."""
    open_steps = list(range(len(chain)))
    while True:
        # A step that as many can take as there are steps to fill always finds a free person.
        easy = [i for i in open_steps if len(able[chain[i].key]) >= len(open_steps)]
        if not easy:
            break
        open_steps.remove(easy[0])
    open_steps.sort(key=lambda i: len(able[chain[i].key]))
    return _fill(chain, able, open_steps, {})


def _fill(
    chain: Sequence[Step],
    able: Mapping[str, Collection[str]],
    open_steps: Sequence[int],
    taken: Mapping[int, str],
) -> bool:
    if not open_steps:
        return True
    step, *others = open_steps
    return any(
        _fill(chain, able, others, {**taken, step: person})
        for person in sorted(able[chain[step].key])
        if all(who != person or _may_share(chain, step, other) for other, who in taken.items())
    )


def _may_share(chain: Sequence[Step], one: int, other: int) -> bool:
    return chain[min(one, other)].key in chain[max(one, other)].same_person


def _missing(
    chain: Sequence[Step], able: Mapping[str, Collection[str]], drafters: tuple[str, ...] = ()
) -> Iterator[Lack]:
    """Yield the fewest steps that together cannot be manned, then others, but for those wanting."""
    left = tuple(chain)
    while not can_be_manned(left, able):
        sizes = range(1, len(left) + 1)
        groups = (group for size in sizes for group in combinations(left, size))
        short = next(group for group in groups if not can_be_manned(group, able))
        wanting = min(short, key=lambda step: len(able[step.key]))
        anybody = frozenset[str]().union(*(able[step.key] for step in short))
        yield Lack(short, wanting, len(anybody), drafters)
        left = tuple(step for step in left if step != wanting)


def _alike(
    chain: Sequence[Step], able: Mapping[str, Collection[str]], people: Sequence[Member]
) -> Iterator[tuple[str, ...]]:
    """Group the officers who take some step themselves by the steps they take."""
    groups: dict[frozenset[str], list[str]] = {}
    for person in people:
        taking = frozenset(step.key for step in chain if person.id in able[step.key])
        if taking and StaffRole.OFFICER in person.roles:
            groups.setdefault(taking, []).append(person.id)
    return map(tuple, groups.values())


def _key(lack: Lack) -> tuple[str, ...]:
    return (lack.wanting.key, *(step.key for step in lack.steps))


def _joined(before: Lack | None, lack: Lack) -> Lack:
    if before is None:
        return lack
    drafters = tuple(sorted({*before.drafters, *lack.drafters}))
    return Lack(lack.steps, lack.wanting, min(before.able, lack.able), drafters)


def _numbers(drafters: Sequence[str]) -> str:
    named = "、".join(drafters[:_NAMED])
    return f"工号 {named} " + (f"等 {len(drafters)} 人" if len(drafters) > _NAMED else "")


def _titles(steps: Sequence[Step]) -> str:
    return "".join(f"“{step.title}”" for step in steps)


def _takers(step: Step) -> str:
    stand_in = "、".join(STAFF_ROLE_NAMES[role] for role in step.stand_in)
    return STAFF_ROLE_NAMES[step.role] + (f"（或代办的{stand_in}）" if stand_in else "")


def _remedy(step: Step, words: str) -> str:
    return f"{words}：review staff add 工号 --role {step.role}"
