"""Links and telephone numbers that lead nowhere as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.text.lines import occurrences

_LINK_SIGNS = "http HTTP htpp www WWW .gov .com"
_HOST = r"[A-Za-z0-9][A-Za-z0-9\-]*"
_BROKEN_SCHEME = re.compile(
    r"[Hh][Tt]{1,2}[Pp]{1,2}[Ss]?(?:[:：;；]?[/／]{1,2}|[:：;；]?[\\＼]{1,2}|[:：;；]{1,2})"
)
_RIGHT_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_SPACED = re.compile(
    rf"(?:https?://|www\.)(?:{_HOST}\.){{0,4}}{_HOST}?"
    rf"(?:[ \t]+\.[ \t]*|\.[ \t]+|[ \t]+(?={_HOST}\.))"
    rf"(?:{_HOST}\.){{0,4}}(?:gov|com|cn|org|net)(?![A-Za-z])",
    re.IGNORECASE,
)
_WRONG_DOT = re.compile(
    rf"(?:www|{_HOST})(?:[。，,．]{_HOST})+(?:[.。，,．]{_HOST})*", re.IGNORECASE
)
_OTHER_DOT = re.compile(r"[。，,．]")
_ENDS = re.compile(r"[。，,．.](?:gov|com|cn|org|net)(?![A-Za-z])", re.IGNORECASE)
_HOST_ALONE = re.compile(rf"https?://({_HOST})(?![A-Za-z0-9.\-:])", re.IGNORECASE)

_REST = re.compile(r"[^!-~]")

_CALLED = "电话 手机 传真 热线"
_NUMBER = re.compile(
    r"(?:号码|号)?[ \t]{0,2}[:：][ \t]{0,4}"
    r"(?P<number>[(（]?[0-9][0-9 \t\-—－()（）]{3,22}[0-9])(?![0-9*＊×xX])"
)
# 0744-12380: the service numbers of a place are dialled with its area code from elsewhere.
_SERVICE = re.compile(r"12[0-9]{3}|9[56][0-9]{3}|1[12][0-9]")
_EXTENSION = re.compile(r"[ \t\-—－()（）]+")

Remark = tuple[int, int, str]


def contact_slips(text: str) -> Iterator[Remark]:
    """Yield links that do not open and numbers that nobody answers; quick where there is none."""
    yield from _links(text)
    for at, word in occurrences(text, _CALLED):
        match = _NUMBER.match(text, at + len(word))
        if match and not _fits(match["number"]):
            yield *match.span("number"), "电话号码的位数或写法不对，请核对"


def _links(text: str) -> Iterator[Remark]:
    told = -1
    for at in sorted({at for at, _ in occurrences(text, _LINK_SIGNS)}):
        if at < told:
            continue
        start = text.rfind("\n", 0, at) + 1
        start = max(start, at - 40)
        stop = min(len(text), at + 120)
        for pattern, reason in _CHECKS:
            # Trying every letter of a long word for a host costs the square of its length.
            if pattern is _WRONG_DOT and not _OTHER_DOT.search(text, start, stop):
                continue
            if (found := pattern.search(text, start, stop)) and _wrong(pattern, found):
                told = found.end() + len(_REST.split(text[found.end() : stop], maxsplit=1)[0])
                yield *found.span(), reason
                break


def _wrong(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    if pattern is _BROKEN_SCHEME:
        return not _RIGHT_SCHEME.match(found.string, found.start())
    if pattern is _WRONG_DOT:
        return bool(_ENDS.search(found.group()))
    return pattern is not _HOST_ALONE or found[1].lower() != "localhost"


_CHECKS = (
    (_BROKEN_SCHEME, "网址开头写错，应为 http:// 或 https://"),
    (_SPACED, "网址中间有空格，打不开"),
    (_WRONG_DOT, "网址里有中文标点或全角符号，打不开"),
    (_HOST_ALONE, "网址不完整，请核对"),
)


def _fits(number: str) -> bool:
    """Say whether a number can be dialled: mobile, area code with 7 or 8 digits, service."""
    parts = [part for part in _EXTENSION.split(number) if part]
    digits = "".join(parts)
    if digits.startswith("1"):
        return len(digits) == 11 or len(parts[0]) in (3, 5, 11)
    if digits.startswith("0"):
        return _fixed(parts)
    if digits.startswith(("400", "800")):
        return len(digits) == 10
    if digits.startswith("86"):
        return len(digits) in (12, 13)
    return len(parts[0]) in (3, 4, 5, 6, 7, 8) and len(digits) <= 14


def _fixed(parts: list[str]) -> bool:
    """Say whether an area code is followed by a number of its length, maybe with an extension."""
    area, rest = parts[0], parts[1:]
    if len(area) > 4:  # 05541234567
        cut = 3 if area.startswith(("010", "02")) else 4
        area, rest = area[:cut], [area[cut:], *rest]
    if not rest:
        return False
    if _SERVICE.fullmatch(rest[0]):
        return True
    local = rest[0] if len(rest[0]) > 4 else "".join(rest[:2])
    return len(local) == 8 if area.startswith(("010", "02")) else len(local) in (7, 8)
