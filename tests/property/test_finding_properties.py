from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.document import Span
from review.finding import Entity, Finding, Role, unite


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    start = draw(st.integers(0, 6))
    return Finding(
        draw(st.sampled_from([Entity.PERSON, Entity.CN_ID_CARD, Entity.CN_ADDRESS])),
        Span(start, start + draw(st.integers(0, 4))),
        draw(st.sampled_from([0.1, 0.5, 0.5, 1.0])),
        draw(st.sampled_from(["a", "b"])),
        draw(st.sampled_from([Role.UNKNOWN, Role.MINOR, Role.PUNISHED])),
    )


MANY = st.lists(findings(), max_size=30)


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_the_detectors_does_not_matter(found: list[Finding], chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert unite(shuffled) == unite(found)


@given(MANY)
def test_uniting_twice_changes_nothing(found: list[Finding]):
    once = unite(found)
    assert unite(once) == once


@given(MANY)
def test_no_place_is_lost_and_none_is_told_twice(found: list[Finding]):
    united = unite(found)
    keys = [(f.span, f.entity) for f in united]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(f.span, f.entity) for f in found}


@given(MANY)
def test_a_decided_role_wins_and_then_the_higher_score(found: list[Finding]):
    for chosen in unite(found):
        rivals = [f for f in found if (f.span, f.entity) == (chosen.span, chosen.entity)]
        decided = [f for f in rivals if f.role is not Role.UNKNOWN]
        assert (chosen.role is not Role.UNKNOWN) == bool(decided)
        assert chosen.score == max(f.score for f in decided or rivals)


@given(MANY)
def test_findings_are_numbered_in_order_of_place(found: list[Finding]):
    united = unite(found)
    assert [f.id for f in united] == [f"F{n}" for n in range(1, len(united) + 1)]
    starts = [f.span.start for f in united]
    assert starts == sorted(starts)
