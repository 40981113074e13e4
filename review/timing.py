"""公开时机: is the planned day of publication lawful, not too early and not too late?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from review.case import Attribute, Submission
from review.dates import DAY, in_words, read_day
from review.display import DisplayPeriod, display_period, take_down_on
from review.document import Document, Note, Severity
from review.embargo import embargoes_in
from review.heading import lines_of, made_on, title_of
from review.limits import Deadline, first_deadline, statutory_limits
from review.policy import Category, OnClean

AddWorkdays = Callable[[date, int], date]
"""Give the n-th working day after a day."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Hold what is declared of a publication, seen from today."""

    submission: Submission
    today: date

    @property
    def publish_on(self) -> date:
        return planned_day(self.submission, self.today)


def planned_day(submission: Submission, today: date) -> date:
    """Give the day of publication: as declared, never in the past."""
    return max(submission.publish_on or today, today)


_TAKES_EFFECT = re.compile(
    rf"(?:^|[。;、]|(?:本|上述|以上|调整后)[一-鿿]{{1,12}})[自从于](?P<day>{DAY})起?(?:至[^。;]{{4,14}}止)?,?(?:正式)?"
    "(?:施行|实施|执行|生效)"
)
_INTERPRETS = re.compile("解读|图解|一图读懂|一图看懂|答记者问|政策问答")
_POINTS_TO = re.compile("https?://|www[.]|链接|附件|二维码|扫码|详见|同步")


def timing_notes(
    document: Document, category: Category, occasion: Occasion, add_workdays: AddWorkdays
) -> tuple[Note, ...]:
    """Tell what speaks against the planned day of publication; linear in the text."""
    if occasion.submission.attribute is Attribute.WITHHELD:
        return ()
    period = display_period(document, category)
    return (
        *_making(made_on(document), category, occasion, add_workdays),
        *_effect(document, occasion),
        *_embargo(document, occasion),
        *_display(period, category, occasion, add_workdays),
    )


def _making(
    made: date | None, category: Category, occasion: Occasion, add_workdays: AddWorkdays
) -> Iterator[Note]:
    if made and made > occasion.publish_on:
        yield _person(
            "timing_made_later",
            f"成文日期 {in_words(made)} 晚于拟公开日 {in_words(occasion.publish_on)}，"
            "请核对成文日期，或把公开日期改到成文以后。",
        )
    elif made:
        limits = statutory_limits(occasion.submission, made, occasion.today)
        deadline = first_deadline(limits, lambda day, n: (add_workdays(day, n), False))
        if deadline:
            yield _limit(made, deadline, category, occasion)


def _limit(made: date, deadline: Deadline, category: Category, occasion: Occasion) -> Note:
    basis = f"成文日期 {in_words(made)}；{deadline.ground}"
    limit = in_words(deadline.day)
    if deadline.is_over(occasion.today):
        message = f"公开期限已于 {limit} 届满（{basis}），请尽快办理，并说明迟延的原因。"
        # Where the rules ask nobody, waiting for a person would only make it later.
        waits = category.on_clean is OnClean.SIGN_OFF
        return Note("timing_overdue", message, Severity.PERSON if waits else Severity.INFO)
    if deadline.is_over(occasion.publish_on):
        return _person(
            "timing_planned_late",
            f"拟公开日 {in_words(occasion.publish_on)} 晚于公开期限 {limit}（{basis}），"
            "请提前公开日期。",
        )
    return Note("timing_limit", f"最迟应在 {limit} 公开（{basis}）。")


def _effect(document: Document, occasion: Occasion) -> Iterator[Note]:
    """Compare the day of effect that a document sets for itself with its publication."""
    for line in lines_of(document):
        for match in _TAKES_EFFECT.finditer(line):
            day = read_day(match["day"])
            if day and day < occasion.publish_on:
                yield _person(
                    "timing_effect_first",
                    f"文中规定自 {in_words(day)} 起施行，早于拟公开日 "
                    f"{in_words(occasion.publish_on)}，即未公布先施行，请核对施行日期或提前公开。",
                )
                return


def _embargo(document: Document, occasion: Occasion) -> Iterator[Note]:
    planned = occasion.publish_on
    held = [each for each in embargoes_in(document) if each.holds_on(planned)]
    days = [each.day for each in held if each.day]
    if days:
        yield _person(
            "timing_embargo",
            f"文中写明 {in_words(max(days))} 前不得公开，拟公开日是 {in_words(planned)}，"
            "请推迟公开日期。",
        )
    elif held:
        yield _person(
            "timing_embargo",
            "文中写明在某事之前（如启用前、会议结束前）不得公开，请确认条件已经满足，"
            "没有满足的，推迟公开日期。",
        )


def _display(
    period: DisplayPeriod | None,
    category: Category,
    occasion: Occasion,
    add_workdays: AddWorkdays,
) -> Iterator[Note]:
    if period is None:
        return
    planned = occasion.publish_on
    if period.end and period.end < planned:
        yield _person(
            "timing_display_over",
            f"文中的公示期到 {in_words(period.end)} 为止，早于拟公开日 {in_words(planned)}，"
            "请改公示期或提前公开。",
        )
        return
    if period.start and period.start < planned:
        yield _person(
            "timing_display_cut",
            f"文中的公示期自 {in_words(period.start)} 开始，早于拟公开日 {in_words(planned)}，"
            "公示天数会不足，请改公示期或提前公开。",
        )
    if period.start and period.start > planned:
        yield _person(
            "timing_display_early",
            f"拟公开日 {in_words(planned)} 早于文中公示期的第一天 {in_words(period.start)}，"
            "请把公开日期改到这一天，或改公示期。",
        )
        return
    down = take_down_on(category, period, planned, add_workdays)
    own = take_down_on(None, period, planned, add_workdays)
    if down and own and own > down:
        yield _person(
            "timing_display_long",
            f"文中的公示期超过“{category.title}”类别的 {category.take_down_days} 天，"
            f"将按类别规定于 {in_words(down)} 撤下，请核对公示期。",
        )
    elif down:
        yield Note("timing_take_down", f"按文中的公示期，将于 {in_words(down)} 撤下。")


def interpretation_note(
    documents: Sequence[Document], names: Sequence[str], category: Category
) -> Note | None:
    """Ask for the interpretation (解读) that a policy document is published together with.

    ``names`` are the file names of the case. A document that points to it is enough, and so is a
    document that is one itself.
    """
    if not category.needs_interpretation:
        return None
    titles = (*names, *(title_of(document) for document in documents))
    if any(map(_INTERPRETS.search, titles)):
        return None
    lines = (line for document in documents for line in lines_of(document))
    if any(_INTERPRETS.search(line) and _POINTS_TO.search(line) for line in lines):
        return None
    return _person(
        "timing_interpretation",
        f"“{category.title}”应当与解读同步公布，本件没有附解读，文中也没有写明在哪里；"
        "请把解读作为附件一并送审（--attach），不需要解读的在意见中说明。",
    )


def _person(code: str, message: str) -> Note:
    return Note(code, message, Severity.PERSON)
