"""How far ahead of the plain reading a possible name must be: less where persons are spoken of.

What begins a clause and goes on with a verb, or with a word that only joins and shades, is hardly
ever anything but the subject. In the middle of other words it may be any letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from detectors.names.neighbours import DOUBTFUL, THRESHOLD, Candidate
from detectors.names.places import DEED, FACT, MEEK, OTHER, REACH, STOP, THING, WHO, after, before
from detectors.text.vocabulary import Words, word_kind

FORM, VERB, WORD = "form", "verb", "word"
"""What else follows: words that join and shade, other verbs, other words."""
CLAUSE = "clause"

# Counted on labelled drafts and on texts without any person: in 220,000 letters of these, eight
# candidates reach what is demanded here and not ``THRESHOLD``.
DEMANDED: Mapping[str, Mapping[str, float]] = {
    CLAUSE: {
        FACT: DOUBTFUL,
        DEED: DOUBTFUL,
        FORM: DOUBTFUL,
        MEEK: -1.5,
        VERB: 0.5,
        WORD: 0.0,
        THING: 0.0,
        OTHER: 1.0,
        STOP: 2.0,
    },
    WHO: dict.fromkeys((FACT, DEED, FORM, MEEK, VERB, WORD, THING, OTHER, STOP), DOUBTFUL),
    REACH: {
        FACT: DOUBTFUL,
        DEED: DOUBTFUL,
        FORM: DOUBTFUL,
        MEEK: 0.0,
        VERB: -1.0,
        THING: 1.0,
        WORD: 1.5,
        OTHER: 2.5,
    },
}
"""The least in nats, by what stands before a name and what follows it."""
_CLAUSE_BEGINS = ("", *"\n\u3000 。；;，,：:）)")
_REACHES = re.compile("(?:关于|把|据|取消|追缴|[访问望谈见找]了)\\Z")
"""What reaches matters as well as persons."""
_COMMITTEE = re.compile("(?:村民)?(?:委员会|村?委会|小组)")
_BODY = re.compile(
    "[^，,。；;、：:\n]{0,10}?(?:公司|集团|银行|股份|大学|学院|医院|协会|中心|电视台|俱乐部)"
)
"""What begins like a name and ends as a body (江铃汽车集团)."""
JOINING = frozenset("被向对和与就是为有在因于将把称说也都却才还只没未从经由到给让找")
"""Letters that go on after a subject."""


def demanded(text: str, candidate: Candidate, words: Words, *, thing: bool) -> float:
    """Say how far ahead a name without evidence must be in its place, in nats.

    What ends like a ``thing`` (岳阳市) begins a clause as often as a person does.
    """
    if not DOUBTFUL <= candidate.total < THRESHOLD:
        return THRESHOLD
    start, end = candidate.start, candidate.end
    clause = text[start - 1 : start] in _CLAUSE_BEGINS if start else True
    left = CLAUSE if clause else before(text, start)
    if left == OTHER and _REACHES.search(text, max(0, start - 2), start):
        left = REACH
    if left not in DEMANDED or (thing and left == CLAUSE):
        return THRESHOLD
    if text.startswith("、", end) and left != WHO:
        return THRESHOLD
    right = after(text, end, words)
    if _COMMITTEE.match(text, end) or (right in (OTHER, STOP) and _BODY.match(text, end)):
        return THRESHOLD
    return DEMANDED[left].get(_finer(text, end, words) if right == OTHER else right, THRESHOLD)


def _finer(text: str, end: int, words: Words) -> str:
    """Say of what follows a name and is no cue what kind of word it is."""
    word = text[end : end + 2]
    if word in word_kind("verb"):
        return VERB
    if word in word_kind("form") or word[:1] in JOINING:
        return FORM
    return WORD if words.get(word, 0.0) else OTHER
