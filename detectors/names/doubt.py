"""Names that are ordinary words: where the document names somebody so, a person is asked elsewhere.

余晖 in a column of names is a name; 余晖 in running text may be he or the evening light. To hide
it everywhere alters the document, to leave it unsaid may leak him.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator

from detectors.base import Hit
from detectors.names.evidence import names_place
from detectors.text.occurrences import apart
from detectors.text.vocabulary import Words, backward, forward
from review.finding import Entity

SCORE = 0.5
REASON = "与文中某人的姓名相同，也可能是普通词语，请核对"
_USUAL = 10.0
"""Words that cost less stand everywhere: they are asked about behind a post or a tie only."""
_CALLED = re.compile(r"(?:[员长工师民妻夫女父母弟妹兄姐人]|司机|经理|同志|之子)\Z")
_CALLED_REACH = 2
_LOSS = 1.5
"""What the plain reading may lose, in nats, if words begin and end where the name does."""
_REACH = 5


def doubtful(
    text: str, asked: Collection[str], words: Words, free: Callable[[int, int], bool]
) -> Iterator[Hit]:
    """Yield where the ``asked`` names stand alone on ``free`` ground; linear in the text."""
    named = frozenset(name for name in asked if len(name) > 1)
    for start, end in apart(named, text):
        usual = words.get(text[start:end], math.inf) < _USUAL
        if usual and not _CALLED.search(text, max(0, start - _CALLED_REACH), start):
            continue
        if free(start, end) and not names_place(text, end) and parted(text, start, end, words):
            yield Hit(Entity.PERSON, start, end, SCORE, REASON)


def parted(text: str, start: int, end: int, words: Words, loss: float = _LOSS) -> bool:
    """Say whether no word goes over the border of a name (项目|中期)."""
    left = max(0, start - _REACH)
    window = text[left : end + _REACH]
    plain, rest = forward(window, words), backward(window, words)
    inside = forward(text[start:end], words)[-1]
    return plain[start - left] + inside + rest[end - left] - plain[-1] <= loss
