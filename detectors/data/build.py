"""Build ``words.txt``, ``kinds.txt`` and ``given.txt`` from jieba's dictionary (MIT licence).

Run ``python detectors/data/build.py``; the files are written beside this script. The
dictionary is read as a file, jieba itself is not imported.
"""

from __future__ import annotations

import importlib.util
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

HERE = Path(__file__).parent
NAME_TAGS = frozenset({"nr", "nrfg", "nrt"})
MIN_FREQUENCY = 4
LONGEST_WORD = 4
NOT_GIVEN = frozenset(
    "县镇乡村府州省市区桥路街湾沟洞寨庙寺观宫殿兵队帮爷奶娘妈姐哥弟妹叔嫂婆公主帝皇后师之的了着过是在有不我你他她它们这那个尔斯特拉克里维巴姆老氏"
)
"""Characters that mark places, kin and transliterations among the dictionary's names."""
ALONE = 13.0
"""Least cost of a surname that hardly stands as a word, in nats: texts count 刘 for the names."""
COMMON_AS_WORD = 50
"""Below this frequency a word that the dictionary tags as a name is taken for nothing else."""
WORD_KINDS = {
    "verb": frozenset({"v", "vd", "vi", "vn"}),
    "form": frozenset({"c", "d", "f", "m", "p", "q", "r", "ad"}),
}
"""What the dictionary's tags make of words: 答复, 护理 are done, 其实, 左右 only give form."""
LEAST_COUNT = 3
"""What stands fewer times in a place of a name is left out."""
DERIVED = 10
"""From this frequency on a "name" that begins with a usual word is a word (``仲裁庭``)."""
AMBIGUOUS_PENALTY = 2.0
"""Added to the cost of a word that the dictionary itself takes for a name (``文明``, ``林立``)."""


def dictionary() -> Path:
    """Locate ``dict.txt`` inside the installed jieba; raises ``FileNotFoundError`` without it."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed")
    return Path(spec.origin).with_name("dict.txt")


def surnames() -> dict[str, frozenset[str]]:
    """Read ``surnames.txt``: all ``single``, the ``common``, the ``compound`` and the ``alone``."""
    kinds = {}
    for line in (HERE / "surnames.txt").read_text("utf-8").splitlines():
        kind, _, names = line.partition("\t")
        kinds[kind] = names
    return {
        "single": frozenset(kinds["common"] + kinds["rare"]),
        "common": frozenset(kinds["common"]),
        "compound": frozenset(kinds["compound"].split()),
        "alone": frozenset(kinds["alone"]),
    }


def main(folder: Path = HERE) -> None:
    """Write the files into ``folder``."""
    kinds = surnames()
    entries = [_Entry(*line.split()) for line in dictionary().read_text("utf-8").splitlines()]
    total = sum(entry.frequency for entry in entries)
    bands: defaultdict[float, list[str]] = defaultdict(list)
    names: list[str] = []
    known = frozenset(entry.word for entry in entries if entry.frequency >= COMMON_AS_WORD)
    usual = known - {entry.word for entry in entries if entry.tagged}
    for entry in entries:
        word = entry.word
        named = word[0] in kinds["single"] and (entry.tagged or _unparsed(entry, known))
        if named and len(word) == 3 and word[:2] not in kinds["compound"]:
            names += [word] if NOT_GIVEN.isdisjoint(word[1:]) else []
        short = entry.tagged and len(word) == 2 and word[0] in kinds["alone"]
        full = named and len(word) == 3 and not (word[:2] in usual and entry.frequency >= DERIVED)
        full = full or (entry.tagged and word[:2] in kinds["compound"])
        if short or full or not _worth(entry, kinds["common"]):
            continue
        cost = math.log(total / entry.frequency) + (AMBIGUOUS_PENALTY if named else 0)
        if word in kinds["alone"]:
            cost = max(cost, ALONE)
        bands[round(cost * 2) / 2].append(word)
    write_bands(folder / "words.txt", bands)
    kept = frozenset().union(*bands.values())
    write_kinds(folder / "kinds.txt", [entry for entry in entries if entry.word in kept])
    write_given(folder / "given.txt", names, usual)


class _Entry:
    """Hold one line of the dictionary."""

    def __init__(self, word: str, frequency: str, tag: str) -> None:
        self.word, self.frequency = word, int(frequency)
        self.tag = tag
        self.tagged = tag in NAME_TAGS


def _worth(entry: _Entry, surnames: frozenset[str]) -> bool:
    """Say whether a word is worth its place: a rare one only where it could pass for a name."""
    word = entry.word
    if len(word) > LONGEST_WORD:
        return False
    if entry.tagged and len(word) == 2:
        return entry.frequency >= COMMON_AS_WORD
    rare = len(word) > 2 and not surnames.isdisjoint(word[:-1])
    short = len(word) == 2 and word[0] in surnames
    return entry.frequency >= (1 if rare else 2 if short else MIN_FREQUENCY)


def _unparsed(entry: _Entry, known: frozenset[str]) -> bool:
    """Say whether a three-character word holds no smaller word: mostly a name with a wrong tag."""
    word = entry.word
    return len(word) == 3 and entry.frequency < 300 and not known & {word[:2], word[1:]}


def write_bands(path: Path, bands: dict[float, list[str]]) -> None:
    """Write one line for each cost: negative natural logarithm of probability, tab, words."""
    lines = (f"{cost}\t{' '.join(sorted(words))}\n" for cost, words in sorted(bands.items()))
    path.write_text("".join(lines), "utf-8")


def write_kinds(path: Path, entries: Sequence[_Entry]) -> None:
    """Write the words of two characters that are verbs or form words, by the dictionary's tags."""
    short = [entry for entry in entries if len(entry.word) == 2]
    kinds = {kind: {e.word for e in short if e.tag in tags} for kind, tags in WORD_KINDS.items()}
    lines = (f"{kind}\t{' '.join(sorted(words))}\n" for kind, words in kinds.items())
    path.write_text("".join(lines), "utf-8")


def write_given(path: Path, names: Sequence[str], usual: Set[str]) -> None:
    """Write characters and pairs of given names with their counts; a ``usual`` word is no pair."""
    columns: list[tuple[str, Iterable[str]]] = [
        ("first", (name[1] for name in names)),
        ("last", (name[2] for name in names)),
        ("pair", (name[1:] for name in names if name[1:] not in usual)),
    ]
    with path.open("w", encoding="utf-8") as file:
        for place, listed in columns:
            counts = Counter(listed).most_common()
            line = " ".join(f"{given}{n}" for given, n in counts if n >= LEAST_COUNT)
            file.write(f"{place}\t{line}\n")


if __name__ == "__main__":
    main()
