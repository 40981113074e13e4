"""The time limits of a case that waits: which apply, from which day, and which comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from review.case import Attribute, Submission


@dataclass(frozen=True, slots=True)
class Limit:
    """Hold a limit of ``days`` working days after ``start``; ``ground`` says why, in Chinese."""

    start: date
    days: int
    ground: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Hold the last day on which a case is in time.

    ``estimated`` where the holidays of a year on the way are not known yet.
    """

    day: date
    ground: str
    estimated: bool = False

    def is_over(self, today: date) -> bool:
        """Tell whether the last day is gone."""
        return today > self.day


_PUBLISH = (20, "主动公开须在信息形成之日起 20 个工作日内（政府信息公开条例第二十六条）")

_SOONER: Mapping[str, tuple[int, str]] = {
    "service_guide": (1, "办事条件变化后须在 1 个工作日内更新（2018年政务公开工作要点第7项）"),
    "administrative_penalty": (
        7,
        "行政处罚决定须在作出之日起 7 个工作日内公开（国办发〔2018〕118号）",
    ),
}
"""Categories for which less time is left than for others."""


def statutory_limits(
    submission: Submission, made_on: date | None, handed_in: date
) -> Iterator[Limit]:
    """Yield the limits that the law sets for publishing what was handed in.

    They count from the day on which the document was made, or from that of the hand-in where the
    document bears none or one that is still to come. What is not to be published has none.
    """
    if submission.attribute is not Attribute.PROACTIVE:
        return
    start = min(made_on or handed_in, handed_in)
    for days, ground in filter(None, (_PUBLISH, _SOONER.get(submission.category))):
        yield Limit(start, days, ground)


def first_deadline(
    limits: Iterable[Limit], add: Callable[[date, int], tuple[date, bool]]
) -> Deadline | None:
    """Find the limit that ends first, None without any.

    ``add`` gives the working day so many after another, and whether it is an estimate.
    """
    ends = ((add(each.start, each.days), each.ground) for each in limits)
    return min(
        (Deadline(day, ground, guess) for (day, guess), ground in ends),
        key=lambda end: end.day,
        default=None,
    )
