from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from review.audit import AuditEvent, Head, append, canonical, verify_chain

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
WORDS = st.text('张三ab1 \0"{},:[]\u2028', max_size=6)
DATA = st.dictionaries(WORDS, WORDS | st.integers() | st.lists(WORDS, max_size=2).map(tuple))


@st.composite
def chains(draw: st.DrawFn, least: int = 0) -> tuple[list[AuditEvent], Head]:
    head, events = Head(), []
    for _ in range(draw(st.integers(least, 6))):
        event, head = append(
            head,
            at=draw(MOMENTS),
            actor=draw(WORDS),
            action=draw(WORDS),
            case=draw(WORDS),
            data=draw(DATA),
        )
        events.append(event)
    return events, head


@given(chains())
def test_an_untouched_chain_is_whole(chain):
    events, head = chain
    assert verify_chain(events, head) is None
    assert head.count == len(events)


@given(chains(1), st.data())
def test_every_change_of_a_single_field_is_found_where_it_is(chain, data: st.DataObject):
    events, head = chain
    at = data.draw(st.integers(0, len(events) - 1))
    event = events[at]
    for changed in (
        replace(event, seq=event.seq + 1),
        replace(event, seq=event.seq - 1),
        replace(event, at=event.at + timedelta(microseconds=1)),
        replace(event, actor=event.actor + "x"),
        replace(event, action=event.action + " "),
        replace(event, case=event.case + "\0"),
        replace(event, data={**event.data, "new": 1}),
        replace(event, previous="f" * 64),
        replace(event, digest="f" * 64),
        replace(event, digest=event.digest.upper() + "x"),
    ):
        broken = verify_chain([*events[:at], changed, *events[at + 1 :]], head)
        assert broken is not None
        assert broken.seq == at + 1


@given(chains(1), st.data())
def test_every_change_of_the_data_is_found(chain, data: st.DataObject):
    events, head = chain
    at = data.draw(st.integers(0, len(events) - 1))
    other = data.draw(DATA.filter(lambda d: d != events[at].data))
    changed = replace(events[at], data=other)
    assert verify_chain([*events[:at], changed, *events[at + 1 :]], head) is not None


@given(chains(1), st.data())
def test_text_moved_from_one_field_to_the_next_is_found(chain, data: st.DataObject):
    events, head = chain
    at = data.draw(st.integers(0, len(events) - 1))
    event = events[at]
    if not event.actor:
        return
    moved = replace(event, actor=event.actor[:-1], action=event.actor[-1] + event.action)
    assert verify_chain([*events[:at], moved, *events[at + 1 :]], head) is not None


@given(chains(1), st.data())
def test_every_cut_is_found(chain, data: st.DataObject):
    events, head = chain
    start = data.draw(st.integers(0, len(events) - 1))
    end = data.draw(st.integers(start + 1, len(events)))
    broken = verify_chain(events[:start] + events[end:], head)
    assert broken is not None
    assert broken.seq == start + 1


@given(chains(2), st.randoms(use_true_random=False))
def test_every_reordering_is_found(chain, chance):
    events, head = chain
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert (verify_chain(shuffled, head) is None) == (shuffled == events)


@given(chains(1), chains(1), st.data())
def test_every_inserted_event_is_found(chain, other, data: st.DataObject):
    events, head = chain
    foreign = data.draw(st.sampled_from(events + other[0]))
    at = data.draw(st.integers(0, len(events)))
    assert verify_chain([*events[:at], foreign, *events[at:]], head) is not None


@given(chains(), MOMENTS)
def test_an_event_that_continues_the_chain_behind_its_head_is_found(chain, at: datetime):
    events, head = chain
    further, _ = append(head, at=at, actor="x", action="x")
    assert verify_chain([*events, further], head) is not None


@given(chains(1), st.data())
def test_an_event_recomputed_after_a_change_breaks_the_next_link(chain, data: st.DataObject):
    events, head = chain
    at = data.draw(st.integers(0, len(events) - 1))
    before = Head(at, events[at].previous)
    forged, _ = append(before, at=events[at].at, actor="forger", action=events[at].action)
    broken = verify_chain([*events[:at], forged, *events[at + 1 :]], head)
    assert broken is not None or forged == events[at]


@given(chains(1))
def test_the_events_of_another_chain_do_not_fit_the_head(chain):
    events, head = chain
    assert verify_chain(events, replace(head, digest="0" * 64)) is not None
    assert verify_chain(events, replace(head, count=head.count + 1)) is not None
    assert verify_chain(events, replace(head, count=head.count - 1)) is not None
    assert verify_chain([], head) is not None


@given(MOMENTS, st.integers(-12, 12))
def test_a_moment_is_the_same_in_every_time_zone(at: datetime, hours: int):
    there = at.astimezone(timezone(timedelta(hours=hours)))
    written = [canonical(1, moment, "a", "b", "c", {}, "d") for moment in (at, there)]
    assert written[0] == written[1]
