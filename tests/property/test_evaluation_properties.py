"""Whatever is labelled and found, the figures of an evaluation stay figures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.document import Span
from review.evaluation import Example, Judgement, Kind, Label
from review.finding import Entity, Finding, Role
from review.judging import judge

LENGTH = 12
ENTITIES = st.sampled_from([Entity.PERSON, Entity.PHONE_NUMBER, Entity.WORDING])
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(
    lambda ends: Span(min(ends[0], ends[1] - 1), ends[1])
)
LABELS = st.lists(st.builds(Label, ENTITIES, SPANS, st.booleans()), max_size=5).map(tuple)
FINDINGS = st.lists(
    st.builds(
        lambda entity, span, role: Finding(entity, span, 0.9, "names", role),
        ENTITIES,
        SPANS,
        st.sampled_from([Role.UNKNOWN, Role.MASKED]),
    ),
    max_size=6,
)
EXAMPLES = st.builds(
    lambda labels, exhaustive, traps: Example("a", "文" * LENGTH, labels, exhaustive, tuple(traps)),
    LABELS,
    st.frozensets(ENTITIES),
    st.lists(SPANS, max_size=3),
)


@given(EXAMPLES, FINDINGS)
def test_counts_never_exceed_what_they_are_part_of(
    example: Example, findings: list[Finding]
) -> None:
    judgement, mistakes = judge(example, findings)
    for tally in judgement.tallies.values():
        assert tally.met_exact <= tally.met_overlap <= tally.labels
        assert tally.right_exact <= tally.right_overlap <= tally.judged
    assert judgement.traps_found <= judgement.traps
    assert sum(judgement.confusion.values()) == len(mistakes)


@given(EXAMPLES, FINDINGS)
def test_a_missed_label_has_no_finding_on_it_and_a_false_alarm_none_of_its_entity_under_it(
    example: Example, findings: list[Finding]
) -> None:
    def touches(one: Span, other: Span) -> bool:
        return one.start < other.end and other.start < one.end

    for mistake in judge(example, findings)[1]:
        if mistake.kind is Kind.MISSED and mistake.label:
            entity, span = mistake.label
            assert not any(f.entity is entity and touches(f.span, span) for f in findings)
        if mistake.kind is Kind.FALSE and mistake.found:
            found, place = mistake.found
            assert not any(
                label.entity is found and touches(label.span, place) for label in example.labels
            )


@given(EXAMPLES)
def test_finding_exactly_what_is_labelled_is_perfect(example: Example) -> None:
    found = [Finding(label.entity, label.span, 0.9, "names") for label in example.labels]
    judgement, mistakes = judge(example, found)
    required = {(label.entity, label.span) for label in example.labels if not label.optional}
    for entity, tally in judgement.tallies.items():
        if any(e is entity for e, _ in required) and tally.labels:
            assert tally.exact.recall == 1.0
    assert all(mistake.kind is not Kind.MISSED for mistake in mistakes)


@given(st.lists(st.tuples(EXAMPLES, FINDINGS), max_size=4))
def test_adding_up_does_not_depend_on_the_order(texts: list[tuple[Example, list[Finding]]]) -> None:
    judged = [judge(example, findings)[0] for example, findings in texts]
    assert sum(judged, Judgement()) == sum(reversed(judged), Judgement())
