"""What was found is held against what is labelled; every figure here is counted by hand."""

from __future__ import annotations

import pytest

from review.document import Span
from review.evaluation import (
    Example,
    Expectation,
    Judgement,
    Kind,
    Label,
    Mistake,
    Score,
    Tally,
)
from review.finding import Entity, Finding, Role
from review.judging import judge

TEXT = "0123456789" * 3
NAMES = frozenset({Entity.PERSON})


def person(start: int, end: int, role: Role = Role.UNKNOWN) -> Finding:
    return Finding(Entity.PERSON, Span(start, end), 0.9, "names", role)


def phone(start: int, end: int, score: float = 0.9) -> Finding:
    return Finding(Entity.PHONE_NUMBER, Span(start, end), score, "phone")


def named(start: int, end: int) -> Label:
    return Label(Entity.PERSON, Span(start, end))


def example(*labels: Label, exhaustive: frozenset[Entity] = NAMES, **more: object) -> Example:
    return Example("a", TEXT, labels, exhaustive, **more)  # type: ignore[arg-type]


def kinds(mistakes: tuple[Mistake, ...]) -> list[Kind]:
    return [mistake.kind for mistake in mistakes]


def test_figures_are_those_counted_by_hand() -> None:
    # Four names; two found exactly, one with a wrong border, one missed; one found too much.
    labels = (named(0, 3), named(4, 6), named(8, 11), named(13, 15))
    judgement, mistakes = judge(
        example(*labels), [person(0, 3), person(4, 6), person(8, 10), person(20, 23)]
    )
    tally = judgement.tallies[Entity.PERSON]
    assert tally == Tally(4, 2, 3, 4, 2, 3)
    assert tally.exact == Score(0.5, 0.5, 0.5)
    assert tally.overlap == Score(0.75, 0.75, 0.75)
    assert kinds(mistakes) == [Kind.BORDER, Kind.MISSED, Kind.FALSE]


def test_precision_and_recall_are_not_mixed_up() -> None:
    judgement, _ = judge(example(named(0, 3)), [person(0, 3), person(9, 11), person(20, 22)])
    score = judgement.tallies[Entity.PERSON].exact
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), 1.0)
    assert score.f1 == pytest.approx(0.5)


def test_one_finding_over_two_labels_meets_both_but_is_right_once() -> None:
    judgement, _ = judge(example(named(0, 3), named(4, 6)), [person(0, 6)])
    assert judgement.tallies[Entity.PERSON] == Tally(2, 0, 2, 1, 0, 1)


def test_what_only_touches_end_to_end_does_not_overlap() -> None:
    judgement, mistakes = judge(example(named(0, 3)), [person(3, 5)])
    assert judgement.tallies[Entity.PERSON] == Tally(1, 0, 0, 1, 0, 0)
    assert kinds(mistakes) == [Kind.MISSED, Kind.FALSE]


def test_the_same_finding_of_two_detectors_counts_once() -> None:
    judgement, _ = judge(example(named(0, 3)), [person(0, 3), person(0, 3, Role.OFFICIAL)])
    assert judgement.tallies[Entity.PERSON].judged == 1


def test_a_second_finding_inside_one_that_is_right_is_a_wrong_border() -> None:
    judgement, mistakes = judge(example(named(0, 3)), [person(0, 3), person(0, 2)])
    assert judgement.tallies[Entity.PERSON] == Tally(1, 1, 1, 2, 1, 2)
    assert kinds(mistakes) == [Kind.BORDER]


def test_a_label_found_as_something_else_is_told_as_that() -> None:
    both = frozenset({Entity.PERSON, Entity.PHONE_NUMBER})
    judgement, mistakes = judge(example(named(0, 3), exhaustive=both), [phone(0, 4)])
    assert [m.pair for m in mistakes] == [(Kind.ENTITY, Entity.PERSON, Entity.PHONE_NUMBER)]
    assert judgement.tallies[Entity.PHONE_NUMBER].exact.precision == 0.0


def test_something_else_found_beside_the_right_one_is_a_false_alarm() -> None:
    both = frozenset({Entity.PERSON, Entity.PHONE_NUMBER})
    _, mistakes = judge(example(named(0, 3), exhaustive=both), [person(0, 3), phone(0, 3)])
    assert [m.pair for m in mistakes] == [(Kind.FALSE, None, Entity.PHONE_NUMBER)]


def test_something_else_found_beside_a_wrong_border_is_a_false_alarm_too() -> None:
    both = frozenset({Entity.PERSON, Entity.PHONE_NUMBER})
    _, mistakes = judge(example(named(0, 3), exhaustive=both), [person(0, 2), phone(0, 3)])
    assert kinds(mistakes) == [Kind.BORDER, Kind.FALSE]


def test_findings_of_what_is_not_labelled_exhaustively_are_not_judged() -> None:
    judgement, mistakes = judge(
        example(named(0, 3), exhaustive=frozenset()), [person(0, 3), person(9, 11), phone(20, 25)]
    )
    assert judgement.tallies == {Entity.PERSON: Tally(1, 1, 1, 0, 0, 0)}
    assert judgement.tallies[Entity.PERSON].exact == Score(None, 1.0, None)
    assert not mistakes


def test_an_optional_label_is_right_found_and_not_found() -> None:
    optional = Label(Entity.PERSON, Span(0, 3), optional=True)
    for found in ([], [person(0, 3)], [person(0, 2)]):
        judgement, mistakes = judge(example(optional), found)
        assert (judgement.tallies, judgement.alarms, mistakes) == ({}, 0, ())


@pytest.mark.parametrize("role", [Role.PUBLIC_FIGURE, Role.MASKED])
def test_a_name_that_is_always_kept_counts_as_found_and_never_as_an_alarm(role: Role) -> None:
    judgement, mistakes = judge(example(named(0, 3)), [person(0, 3, role), person(9, 11, role)])
    assert judgement.tallies[Entity.PERSON] == Tally(1, 1, 1, 1, 1, 1)
    assert not mistakes


def test_alarms_are_counted_on_texts_without_labels_only() -> None:
    plain, _ = judge(example(), [person(0, 2), person(9, 11), phone(20, 25)])
    labelled, _ = judge(example(named(0, 3)), [person(9, 11)])
    both = plain + labelled
    assert (both.alarms, both.plain_characters, both.characters) == (2, 30, 60)
    assert both.alarm_rate == pytest.approx(2 / 30 * 10_000)


def test_without_plain_text_there_is_no_alarm_rate() -> None:
    assert Judgement().alarm_rate is None
    assert judge(example(exhaustive=frozenset()), [person(0, 2)])[0].alarm_rate is None


def test_traps_count_once_however_often_they_are_hit_even_if_nothing_else_is_judged() -> None:
    trapped = example(exhaustive=frozenset(), traps=(Span(0, 4), Span(9, 12)))
    judgement, mistakes = judge(trapped, [person(0, 2), phone(1, 4)])
    assert (judgement.traps, judgement.traps_found) == (2, 1)
    assert kinds(mistakes) == [Kind.TRAP, Kind.TRAP]


@pytest.mark.parametrize(
    ("expected", "met"),
    [
        (Expectation(Entity.PERSON, True), False),
        (Expectation(Entity.PERSON, False), True),
        (Expectation(Entity.PHONE_NUMBER, True), True),
        (Expectation(Entity.PHONE_NUMBER, False), False),
        (Expectation(Entity.PHONE_NUMBER, False, least=0.8), True),
        (Expectation(None, True), True),
        (Expectation(None, False), False),
    ],
)
def test_a_text_is_held_to_what_is_expected_of_it(expected: Expectation, met: bool) -> None:
    judgement, mistakes = judge(
        example(exhaustive=frozenset(), expectations=(expected,)), [phone(0, 3, score=0.5)]
    )
    assert (judgement.expectations, judgement.expectations_met) == (1, int(met))
    assert len(mistakes) == 1 - int(met)


def test_wording_counts_only_where_it_is_labelled() -> None:
    wording = Finding(Entity.WORDING, Span(0, 2), 1.0, "wording")
    assert not judge(example(exhaustive=NAMES), [wording])[0].tallies
    labelled = example(exhaustive=frozenset({Entity.WORDING}))
    assert judge(labelled, [wording])[0].tallies[Entity.WORDING].judged == 1


def test_adding_up_adds_every_count() -> None:
    one, _ = judge(
        example(named(0, 3), traps=(Span(5, 6),), expectations=(Expectation(None, True),)),
        [person(0, 3), person(5, 6)],
    )
    twice = one + one
    assert twice.tallies[Entity.PERSON] == Tally(2, 2, 2, 4, 2, 2)
    assert (twice.records, twice.traps, twice.traps_found) == (2, 2, 2)
    assert (twice.expectations, twice.expectations_met) == (2, 2)
    assert twice.confusion == {(Kind.TRAP, None, Entity.PERSON): 2}
    assert one + Judgement() == one


def test_nothing_right_is_zero_and_nothing_labelled_cannot_be_told() -> None:
    assert Score.of(0, 2, 0, 2) == Score(0.0, 0.0, 0.0)
    assert Score.of(0, 0, 0, 2) == Score(None, 0.0, None)
    assert Score.of(0, 0, 0, 0) == Score(None, None, None)
