"""Cut Chinese text into words with jieba, offline, loaded when the first word is asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

UNKNOWN_TAG = "x"


class Word(NamedTuple):
    """Hold one word: its text, offsets (end exclusive) and dictionary tag (``nr``, ``ns``, …).

    The tag is ``x`` where the dictionary does not know the word.
    """

    text: str
    start: int
    end: int
    tag: str


def words(text: str) -> Iterator[Word]:
    """Cut a text into words in order; loads the dictionary at the first call."""
    tokenizer, tags = _tokenizer()
    for word, start, end in tokenizer.tokenize(text):
        yield Word(word, start, end, tags.get(word, UNKNOWN_TAG))


@cache
def _tokenizer() -> tuple[Any, dict[str, str]]:
    """Build a tokenizer of our own.

    jieba's own loading writes a cache of predictable name into the shared temporary folder, where
    another user of the machine could plant one (it is read with ``marshal``): so it is bypassed.
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    with tokenizer.get_dict_file() as lines:
        for line in lines:
            word, count, tag = line.decode("utf-8").split()
            frequencies[word] = int(count)
            tags[word] = tag
            total += int(count)
    for word in tags:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer, tags
