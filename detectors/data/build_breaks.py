"""Build ``breaks.txt``: words of a sentence that are no part of an address, from jieba (MIT).

Run ``python detectors/data/build_breaks.py``; verbs, adverbs, prepositions, conjunctions and
pronouns of jieba's dictionary go in, names and nouns stay out. The dictionary is read as a
file, jieba itself is not imported.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

TARGET = Path(__file__).with_name("breaks.txt")
TAGS = frozenset({"v", "vn", "vd", "vq", "vi", "d", "df", "ad", "p", "c", "r", "rr", "rz", "u"})
MIN_FREQUENCY = 100
LONGEST_WORD = 4
PLACES = frozenset("路街巷弄村屯里庄寨镇乡县区市一二三四五六七八九十百")
"""A word with one of these in it may be part of a place after all (``硚口区``, ``八一``)."""


def main(target: Path = TARGET) -> None:
    """Write the words, one line for each first character."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed")
    lines: dict[str, list[str]] = {}
    for entry in Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines():
        word, frequency, tag = entry.split()
        fits = 1 < len(word) <= LONGEST_WORD and int(frequency) >= MIN_FREQUENCY
        if fits and tag in TAGS and not PLACES.intersection(word):
            lines.setdefault(word[0], []).append(word)
    target.write_text("".join(f"{' '.join(sorted(lines[c]))}\n" for c in sorted(lines)), "utf-8")


if __name__ == "__main__":
    main()
