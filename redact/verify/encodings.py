"""Text that stands in other text as base64, hexadecimal, percent signs, entities or escapes.

What a page shows backwards by a sign of direction (U+202E) is such a text, too.
"""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote_to_bytes

from redact.verify.views import Kind, View

_Reader = Callable[[str], Iterator[tuple[bool, str]]]

_PLACE = "（编码的内容）"
_HEX_PAIR = r"[0-9A-Fa-f]{2}"
_NOT_HEX = re.compile(r"0x|\\x|[^0-9A-Fa-f]")
_CODE = re.compile(r"(?:\\u\{?|U\+|%u|\\U000)([0-9A-Fa-f]{2,5})\}?")
_NUMBERS = re.compile(r"[0-9]+")
_TAG = 0xE0000
_STOP = re.compile(r"[\s，。：；、,.:;！？]")
_ENTITY = re.compile(r"&(?:amp;)*#[0-9A-Za-z]{1,7};?")
_ALIGNED = 4096
"""A run of base64 no longer than this is also read from its second, third and fourth sign."""
_DEPTH = 3
_MOST = 20_000
"""Runs that are looked into; an honest file has few."""


def decoded_views(views: Iterable[View]) -> tuple[View, View]:
    """Give what stands encoded in the texts of a reading, each run once.

    The first view holds what is text beyond doubt, the second what may be one by chance.
    """
    seen: set[tuple[str, _Reader]] = set()
    sure: list[tuple[str, str]] = []
    doubtful: list[tuple[str, str]] = []
    # The same text holds the same runs: a pdf repeats its strings thousands of times.
    first: dict[str, str] = {}
    for view in views:
        for place, text in view.texts:
            first.setdefault(text, place)
    for text, place in first.items():
        for certain, told in _all_decoded(text, seen, _DEPTH):
            (sure if certain else doubtful).append((place + _PLACE, told))
    return View(Kind.ASIDE, tuple(sure)), View(Kind.RAW, tuple(doubtful))


def encoded_runs(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield each run in code (start, end) with all that it holds and that is text beyond doubt."""
    known: dict[tuple[str, _Reader], tuple[str, ...]] = {}
    for sign, pattern, told in _ENCODINGS:
        for match in pattern.finditer(text) if sign in text else ():
            key = match[0], told
            if key not in known:
                if len(known) > _MOST:
                    return
                plain = [told_text for certain, told_text in told(match[0]) if certain]
                inner = (each for one in plain for each in _all_decoded(one, set(), _DEPTH - 1))
                known[key] = (*plain, *(deeper for certain, deeper in inner if certain))
            if known[key]:
                start, end = _clause(match[0]) if told is _of_entities else (0, len(match[0]))
                yield match.start() + start, match.start() + end, known[key]


def _clause(run: str) -> tuple[int, int]:
    """Cut what is written in clear around entities down to what one word with them may be."""
    first, *_, last = [code.span() for code in _ENTITY.finditer(run)] * 2
    start = max((stop.end() for stop in _STOP.finditer(run, 0, first[0])), default=0)
    found = _STOP.search(run, last[1])
    return start, found.start() if found else len(run)


def _all_decoded(
    text: str, seen: set[tuple[str, _Reader]], depth: int
) -> Iterator[tuple[bool, str]]:
    for run, told in _decoded(text):
        if (run, told) in seen or len(seen) > _MOST:
            continue
        seen.add((run, told))
        for certain, plain in told(run):
            yield certain, plain
            if depth > 1:
                yield from _all_decoded(plain, seen, depth - 1)


def _decoded(text: str) -> Iterator[tuple[str, _Reader]]:
    for sign, pattern, told in _ENCODINGS:
        if sign in text:
            for match in pattern.finditer(text):
                yield match[0], told


def _of_base64(run: str) -> Iterator[tuple[bool, str]]:
    letters = "".join(run.split()).translate(str.maketrans("-_", "+/")).rstrip("=")
    for offset in range(4 if len(letters) <= _ALIGNED else 1):
        whole = letters[offset:]
        try:
            data = base64.b64decode(whole[: len(whole) - (len(whole) % 4 == 1)] + "==")
        except binascii.Error:
            continue
        yield from _of_bytes(data)


def _of_hex(run: str) -> Iterator[tuple[bool, str]]:
    digits = _NOT_HEX.sub("", run)
    yield from _of_bytes(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _of_percent(run: str) -> Iterator[tuple[bool, str]]:
    yield from _of_bytes(unquote_to_bytes(run))


def _of_quoted(run: str) -> Iterator[tuple[bool, str]]:
    yield from _of_bytes(quopri.decodestring(run.encode("ascii", "ignore")))


def _of_codes(run: str) -> Iterator[tuple[bool, str]]:
    yield True, _CODE.sub(lambda m: chr(int(m[1], 16)), run)


def _of_numbers(run: str) -> Iterator[tuple[bool, str]]:
    numbers = [int(number) for number in _NUMBERS.findall(run)]
    if all(0x20 <= number < 0x7F for number in numbers):  # any table of numbers is Chinese signs
        yield True, "".join(map(chr, numbers))


def _of_entities(run: str) -> Iterator[tuple[bool, str]]:
    yield True, html.unescape(run)


def _of_tags(run: str) -> Iterator[tuple[bool, str]]:
    yield True, "".join(chr(ord(sign) - _TAG) for sign in run)


def _of_reversed(run: str) -> Iterator[tuple[bool, str]]:
    yield True, run[:0:-1]


def _of_bytes(data: bytes) -> Iterator[tuple[bool, str]]:
    """Read bytes as text: UTF-8 without a fault is one, other encodings fit any bytes."""
    try:
        yield True, data.decode("utf-8")
    except UnicodeDecodeError:
        yield False, data.decode("utf-8", "ignore")
    if not data.isascii():
        yield False, data.decode("gb18030", "ignore")
    yield False, data.decode("utf-16-le", "ignore")
    yield False, data.decode("utf-16-be", "ignore")


_ENCODINGS = (
    ("", re.compile(r"[A-Za-z0-9+/_-]{8,}(?:\s{1,2}[A-Za-z0-9+/_-]{8,})*={0,2}"), _of_base64),
    # What begins a run is looked for first: most texts hold none.
    ("", re.compile(rf"(?=[0-9A-Fa-f\\])(?:(?:0x|\\x)?{_HEX_PAIR}[ :,]{{0,2}}){{6,}}"), _of_hex),
    ("%", re.compile(rf"(?:%{_HEX_PAIR}[A-Za-z0-9._~+-]{{0,3}})+"), _of_percent),
    ("=", re.compile(r"(?:=[0-9A-F]{2}(?:=\r?\n)?[A-Za-z0-9]{0,3}){3,}"), _of_quoted),
    (
        "",
        re.compile(r"(?=[\\U%])(?:(?:\\u|U\+|%u|\\U000)[0-9A-Fa-f]{4,5}[ ,;，；、]{0,2})+"),
        _of_codes,
    ),
    ("\\u{", re.compile(r"(?:\\u\{[0-9A-Fa-f]{2,5}\}[ ,;，；、]{0,2})+"), _of_codes),
    (
        "",
        re.compile(
            r"[0-9](?<![0-9][0-9])[0-9]{1,2}[ ,;，；、]{1,2}"
            r"(?:[0-9]{2,3}[ ,;，；、]{1,2}){9,}[0-9]{2,3}(?![0-9])"
        ),
        _of_numbers,
    ),
    (
        "#",
        re.compile(r"(?:[^&\n]{0,8}&(?:amp;)*(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});?)+[^&\n]{0,8}"),
        _of_entities,
    ),
    ("+", re.compile(r"(?<=\+)[A-Za-z0-9/+]{3,7}(?=-)"), _of_base64),
    ("", re.compile("[\U000e0020-\U000e007e]+"), _of_tags),
    ("\u202e", re.compile("\u202e[^\u202c\u202e\n]+"), _of_reversed),
)
"""(sign without which it cannot stand, pattern of a run, reader); UTF-7 is base64 after a plus."""
