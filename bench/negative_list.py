"""How fast a long negative list is read and looked for, and what ten times the terms cost.

Terms are two or three everyday words run together, so that many begin as the text does. The sizes
take turns, several rounds, in CPU time, and the best of each counts: a machine that others use too
still compares fairly.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from ahocorasick_rs import AhoCorasick, Implementation
from rich.console import Console
from rich.table import Table

from bench.corpus import documents
from detectors.terms.automaton import TermAutomaton
from detectors.terms.letters import letters_of
from detectors.terms.negative_list import NegativeList
from detectors.text.vocabulary import word_list
from policies.loader import load_policy
from review.document import plain_document
from review.policy import Term, TermCategory, TermLevel

SIZES = (50_000, 500_000)
LENGTH = 1_000_000
ROUNDS = 9
_REGEX_LENGTH = 300
"""A union of alternatives tries each at every letter: more text would take minutes."""

Search = Callable[[str], object]


def main() -> None:
    """Print how fast each way looks, and how long reading 50,000 terms takes."""
    listed = terms(SIZES[-1])
    text = documents(LENGTH)
    _print_speeds(text, listed)
    _print_loading(listed[: SIZES[0]])


def terms(count: int, seed: int = 1) -> list[str]:
    """Draw different terms of two or three words; the same seed gives the same."""
    random = Random(seed)
    words = sorted(word for word in word_list() if len(word) > 1 and word.isalpha())
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn["".join(random.choices(words, k=random.choice((2, 2, 3))))] = None
    return list(drawn)


def _print_speeds(text: str, listed: Sequence[str]) -> None:
    letters = letters_of(text).text
    table = Table(title=f"负面清单：每秒查多少字（{ROUNDS} 轮最好）")
    for column in ("办法", *(f"{size:,} 个词" for size in SIZES), "慢了"):
        table.add_column(column, justify="right" if column != "办法" else "left")
    for name, make, searched in (
        ("本系统：筛选加自动机", _automaton, letters),
        ("本系统：连同还原写法、比对条件", _whole, text),
        ("自动机，不筛选", _bare_automaton, letters),
        ("逐字树（Python）", _tree, letters[: LENGTH // 10]),
        ("正则式合并", _union, letters[:_REGEX_LENGTH]),
    ):
        sizes = SIZES if make is not _union else SIZES[:1]
        speeds = _speeds([make(listed[:size]) for size in sizes], searched)
        slower = f"{1 - speeds[-1] / speeds[0]:.0%}" if len(speeds) > 1 else "太慢，没有测"
        cells = [f"{speed:,.0f}" for speed in speeds] + ["–"] * (len(SIZES) - len(speeds))
        table.add_row(name, *cells, slower)
    Console().print(table)


def _speeds(searches: Sequence[Search], text: str) -> list[float]:
    best = [float("inf")] * len(searches)
    for _ in range(ROUNDS):
        for number, search in enumerate(searches):
            best[number] = min(best[number], _seconds(lambda search=search: search(text)))
    return [len(text) / seconds for seconds in best]


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _automaton(listed: Sequence[str]) -> Search:
    words = TermAutomaton(listed)
    return lambda text: list(words.find(text))


def _whole(listed: Sequence[str]) -> Search:
    entries = [
        Term(term, TermLevel.REVIEW, TermCategory.OTHER, "条例", "本单位", "2026-01-01")
        for term in listed
    ]
    found = NegativeList(entries)
    # Another object each time, or the text would be known already as it was normalised.
    return lambda text: list(found.find(plain_document(text.split("\n"))))


def _bare_automaton(listed: Sequence[str]) -> Search:
    words = AhoCorasick(list(listed), implementation=Implementation.ContiguousNFA)
    return lambda text: words.find_matches_as_indexes(text, overlapping=True)


def _tree(listed: Sequence[str]) -> Search:
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for term in listed:
        node = root
        for letter in term:
            node = node.setdefault(letter, {})
        node[""] = {}
    return lambda text: sum(1 for _ in _walk(root, text))


def _walk(root: dict[str, dict], text: str) -> Iterator[int]:  # type: ignore[type-arg]
    for start in range(len(text)):
        node, place = root, start
        while place < len(text) and (node := node.get(text[place], {})):
            place += 1
            if "" in node:
                yield start


def _union(listed: Sequence[str]) -> Search:
    pattern = re.compile("|".join(map(re.escape, sorted(listed, key=len, reverse=True))))
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _print_loading(listed: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "terms.yaml").write_text(_yaml(listed), "utf-8")
        size = (Path(folder) / "terms.yaml").stat().st_size
        reading = min(_seconds(lambda: load_policy(Path(folder))) for _ in range(ROUNDS))
        policy = load_policy(Path(folder))
    building = min(_seconds(lambda: NegativeList(policy.terms)) for _ in range(ROUNDS))
    table = Table(title=f"负面清单：载入 {len(listed):,} 个词（{size / 1e6:.1f} MB YAML）")
    table.add_column("步骤")
    table.add_column("秒", justify="right")
    for name, seconds in (
        ("读取并检查规则（policy check）", reading),
        ("编成自动机", building),
        ("合计", reading + building),
    ):
        table.add_row(name, f"{seconds:.2f}")
    Console().print(table)


def _yaml(listed: Sequence[str]) -> str:
    entry = (
        "  - term: {}\n    level: review\n    category: 内部事务\n"
        "    basis: 政府信息公开条例第十六条\n    owner: 县府办\n    since: 2026-01-01\n"
    )
    return "terms:\n" + "".join(map(entry.format, listed))


if __name__ == "__main__":
    main()
