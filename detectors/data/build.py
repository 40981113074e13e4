"""Build ``words.txt`` and ``given.txt`` from the dictionary that jieba ships (MIT licence).

Run ``python detectors/data/build.py``; the two files are written beside this script. The
dictionary is read as a file, jieba itself is not imported.
"""

from __future__ import annotations

import importlib.util
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
NAME_TAGS = frozenset({"nr", "nrfg", "nrt"})
MIN_FREQUENCY = 4
LONGEST_WORD = 4
NOT_GIVEN = frozenset(
    "县镇乡村府州省市区桥路街湾沟洞寨庙寺观宫殿兵队帮爷奶娘妈姐哥弟妹叔嫂婆公主帝皇后师之的了着过是在有不我你他她它们这那个尔斯特拉克里维巴姆老氏"
)
"""Characters that mark places, kin and transliterations among the dictionary's names."""
COMMON_AS_WORD = 50
"""Below this frequency a word that the dictionary tags as a name is taken for nothing else."""
AMBIGUOUS_PENALTY = 2.0
"""Added to the cost of a word that the dictionary itself takes for a name (``文明``, ``林立``)."""


def dictionary() -> Path:
    """Locate ``dict.txt`` inside the installed jieba; raises ``FileNotFoundError`` without it."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed")
    return Path(spec.origin).with_name("dict.txt")


def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Read the single and the compound surnames of ``surnames.txt``."""
    single: set[str] = set()
    compound: set[str] = set()
    for line in (HERE / "surnames.txt").read_text("utf-8").splitlines():
        kind, _, names = line.partition("\t")
        if kind in {"common", "rare"}:
            single.update(names)
        elif kind == "compound":
            compound.update(names.split())
    return frozenset(single), frozenset(compound)


def main(folder: Path = HERE) -> None:
    """Write both files into ``folder``."""
    single, compound = surnames()
    entries = [line.split() for line in dictionary().read_text("utf-8").splitlines()]
    total = sum(int(frequency) for _, frequency, _ in entries)
    bands: defaultdict[float, list[str]] = defaultdict(list)
    names: list[str] = []
    known = frozenset(word for word, frequency, _ in entries if int(frequency) >= COMMON_AS_WORD)
    for word, frequency, tag in entries:
        named = word[0] in single and (tag in NAME_TAGS or _unparsed(word, int(frequency), known))
        if named and len(word) == 3 and word[:2] not in compound and not NOT_GIVEN & set(word[1:]):
            names.append(word)
        least = COMMON_AS_WORD if tag in NAME_TAGS and len(word) == 2 else MIN_FREQUENCY
        if len(word) > LONGEST_WORD or int(frequency) < least or (named and len(word) > 2):
            continue
        cost = math.log(total / int(frequency)) + (AMBIGUOUS_PENALTY if named else 0)
        bands[round(cost * 2) / 2].append(word)
    write_bands(folder / "words.txt", bands)
    write_given(folder / "given.txt", names)


def _unparsed(word: str, frequency: int, known: frozenset[str]) -> bool:
    """Say whether a three-character word holds no smaller word: mostly a name with a wrong tag."""
    return len(word) == 3 and frequency < 300 and not known & {word[:2], word[1:]}


def write_bands(path: Path, bands: dict[float, list[str]]) -> None:
    """Write one line for each cost: negative natural logarithm of probability, tab, words."""
    lines = (f"{cost}\t{' '.join(sorted(words))}\n" for cost, words in sorted(bands.items()))
    path.write_text("".join(lines), "utf-8")


def write_given(path: Path, names: Iterable[str]) -> None:
    """Write for each position of a three-character name the characters and their counts."""
    places = [Counter(column) for column in zip(*names, strict=True)]
    with path.open("w", encoding="utf-8") as file:
        for place, counts in zip(("surname", "first", "last"), places, strict=True):
            listed = " ".join(f"{c}{n}" for c, n in counts.most_common() if n > 2)
            file.write(f"{place}\t{listed}\n")


if __name__ == "__main__":
    main()
