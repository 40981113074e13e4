"""Linking depends on what is written and on nothing else."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from detectors.names.people_numbers import share_numbers
from detectors.names.written_names import written
from detectors.people.linking import link, number_people
from review.document import Document, Span, plain_document
from review.finding import Entity, Finding, Role

PIECES = st.sampled_from(
    ["张建国", "张 建 国", "張建國", "张伟", "张某", "张某某", "张*国", "李芷汀", "李某甲", "王**",
     "张先生", "老张", "张局长", "芷汀同志", "王姓男子",
     "，男", "，女", "局长", "证人", "，", "。", "\n"]
)  # fmt: skip
NAMES = (
    "张建国",
    "张 建 国",
    "張建國",
    "张伟",
    "张某某",
    "张某",
    "张*国",
    "李芷汀",
    "李某甲",
    "王**",
)
ROLES = st.sampled_from([Role.UNKNOWN, Role.OFFICIAL, Role.VICTIM, Role.PUNISHED])


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Document, list[Finding]]:
    """Write a draft of names and mentions, every name found and with one role by its letters."""
    text = "".join(draw(st.lists(PIECES, max_size=20)))
    found, taken = [], set[int]()
    roles: dict[str, Role] = {}
    for name in NAMES:
        start = text.find(name)
        while start >= 0:
            ground = range(start, start + len(name))
            if taken.isdisjoint(ground):
                taken.update(ground)
                role = roles.setdefault(written(name).letters, draw(ROLES))
                found.append(Finding(Entity.PERSON, Span(start, ground.stop), 0.9, "names", role))
            start = text.find(name, start + 1)
    return plain_document(text.split("\n")), found


def linked(document: Document, found: list[Finding]) -> set[Finding]:
    return set(link(document, number_people(document, found)))


@given(drafts(), st.randoms(use_true_random=False))
def test_the_order_of_the_findings_decides_nothing(draft, random) -> None:
    document, found = draft
    shuffled = sorted(found, key=lambda _: random.random())
    assert linked(document, found) == linked(document, shuffled)


@given(drafts())
def test_no_finding_is_lost_and_no_place_is_told_twice(draft) -> None:
    document, found = draft
    told = linked(document, found)
    spans = [f.span for f in told]
    assert {f.span for f in found} <= set(spans)
    assert len(spans) == len(set(spans))


@given(drafts())
def test_the_same_letters_are_one_person_and_two_full_names_are_two(draft) -> None:
    document, found = draft
    people: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for finding in linked(document, found):
        form = written(document.value(finding.span))
        if form.full and form.surname and finding.detector == "names":
            people[form.letters].add(finding.person)
            names[finding.person].add(form.letters)
    assert all(len(each) == 1 for each in (*people.values(), *names.values()))


@given(drafts())
def test_numbers_run_from_one_in_order_of_place(draft) -> None:
    document, found = draft
    told = sorted((f.span, f.person) for f in linked(document, found) if f.person)
    first = list(dict.fromkeys(person for _, person in told))
    assert first == [f"P{n}" for n in range(1, len(first) + 1)]


@given(st.lists(drafts(), max_size=3))
def test_a_case_tells_as_many_people_apart_as_its_files_do(each) -> None:
    files = [[(d, tuple(sorted(linked(d, f), key=lambda x: x.span)))] for d, f in each]
    for before, after in zip(files, share_numbers(files), strict=True):
        pairs = {
            (old.person, new.person)
            for (_, olds), (_, news) in zip(before, after, strict=True)
            for old, new in zip(olds, news, strict=True)
        }
        assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})
