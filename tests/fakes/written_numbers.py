"""Make valid numbers by rule, and write them every way that people, forms and scans write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY"}
_MATHEMATICAL = {ord(str(digit)): 0x1D7CE + digit for digit in range(10)}


def identity_number(body: str) -> str:
    """Add the check digit of GB 11643 to 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card_number(body: str) -> str:
    """Add the check digit of ISO/IEC 7812-1 to a card number."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def credit_code(body: str) -> str:
    """Add the check sign of GB 32100 to 17 signs."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + signs[(31 - total % 31) % 31]


def with_wrong_check(number: str) -> str:
    """Change the last digit of a number so that its check digit no longer fits."""
    last = {"X": "1", "9": "8"}.get(number[-1]) or str(int(number[-1]) + 1)
    return number[:-1] + last


@dataclass(frozen=True, slots=True)
class Form:
    """Name one way of writing; ``write`` takes the digits and the sizes of their usual groups."""

    name: str
    write: Callable[[str, Sequence[int]], str]


def _grouped(mark: str) -> Callable[[str, Sequence[int]], str]:
    return lambda number, sizes: mark.join(_groups(number, sizes))


def _each(mark: str) -> Callable[[str, Sequence[int]], str]:
    return lambda number, _: mark.join(number)


def _groups(number: str, sizes: Sequence[int]) -> Iterator[str]:
    ends = list(accumulate(sizes))
    assert ends[-1] == len(number)
    for end, size in zip(ends, sizes, strict=True):
        yield number[end - size : end]


def _chinese(digits: str) -> Callable[[str, Sequence[int]], str]:
    table = {ord(str(value)): digit for value, digit in enumerate(digits)}
    return lambda number, _: number.translate(table)


def _chinese_grouped(digits: str, mark: str) -> Callable[[str, Sequence[int]], str]:
    return lambda number, sizes: mark.join(_groups(_chinese(digits)(number, sizes), sizes))


def _half_chinese(number: str, sizes: Sequence[int]) -> str:
    middle = len(number) // 2
    return number[:middle] + _chinese("〇一二三四五六七八九")(number[middle:], ())


def _every_other_chinese(number: str, sizes: Sequence[int]) -> str:
    written = _chinese("零一二三四五六七八九")(number, ())
    return "".join(
        b if place % 2 else a for place, (a, b) in enumerate(zip(number, written, strict=True))
    )


def _half_full_width(number: str, sizes: Sequence[int]) -> str:
    return number[:5] + number[5:9].translate(_FULL_WIDTH) + number[9:]


def _tagged(number: str, sizes: Sequence[int]) -> str:
    first, second, *rest = _groups(number, sizes)
    return first + '<span class="mid">' + second + "</span>" + "".join(rest)


def _bracketed(opening: str, closing: str, place: int) -> Callable[[str, Sequence[int]], str]:
    def write(number: str, sizes: Sequence[int]) -> str:
        groups = list(_groups(number, sizes))
        groups[place] = opening + groups[place] + closing
        return "".join(groups)

    return write


def _broken(mark: str) -> Callable[[str, Sequence[int]], str]:
    return lambda number, _: number[: len(number) // 2] + mark + number[len(number) // 2 :]


def _first(wrong: str, right: str, times: int) -> Callable[[str, Sequence[int]], str]:
    return lambda number, _: number[0] + number[1:].replace(right, wrong, times)


CLEAR = (
    Form("plain", lambda number, _: number),
    Form("full width", lambda number, _: number.translate(_FULL_WIDTH)),
    Form("partly full width", _half_full_width),
    Form("mathematical digits", lambda number, _: number.translate(_MATHEMATICAL)),
    Form("spaces", _grouped(" ")),
    Form("two spaces", _grouped("  ")),
    Form("no-break spaces", _grouped("\u00a0")),
    Form("ideographic spaces", _grouped("\u3000")),
    Form("dashes", _grouped("-")),
    Form("spaced dashes", _grouped(" - ")),
    Form("en dashes", _grouped("–")),
    Form("em dashes", _grouped("—")),
    Form("full-width dashes", _grouped("－")),
    Form("dots", _grouped(".")),
    Form("middle dots", _grouped("·")),
    Form("slashes", _grouped("/")),
    Form("underlines", _grouped("_")),
    Form("zero-width", _each("\u200b")),
    Form("zero-width in groups", _grouped("\u200d")),
    Form("word joiners", _each("\u2060")),
    Form("soft hyphens", _grouped("\u00ad")),
    Form("byte order marks", _grouped("\ufeff")),
    Form("each by a space", _each(" ")),
    Form("each by a dash", _each("-")),
    Form("each by a dot", _each(".")),
    Form("each by a no-break space", _each("\u00a0")),
    Form("Chinese 〇", _chinese("〇一二三四五六七八九")),
    Form("Chinese 零", _chinese("零一二三四五六七八九")),
    Form("Chinese ○", _chinese("○一二三四五六七八九")),
    Form("Chinese in capitals", _chinese("零壹贰叁肆伍陆柒捌玖")),
    Form("traditional capitals", _chinese("零壹貳參肆伍陸柒捌玖")),
    Form("Chinese in groups", _chinese_grouped("〇一二三四五六七八九", "-")),
    Form("Chinese by spaces", _chinese_grouped("零一二三四五六七八九", " ")),
    Form("half Chinese", _half_chinese),
    Form("every other Chinese", _every_other_chinese),
    Form("circled", _chinese("⓪①②③④⑤⑥⑦⑧⑨")),
    Form("raised", _chinese("⁰¹²³⁴⁵⁶⁷⁸⁹")),
    Form("a tag inside", _tagged),
    Form("a numeric entity", _grouped("&#160;")),
    Form("tildes", _grouped("~")),
    Form("bold in Markdown", _grouped("**")),
    Form("code in Markdown", _grouped("` `")),
    Form("a space entity", _grouped("&nbsp;")),
    Form("first group in brackets", _bracketed("(", ")", 0)),
    Form("first group in full-width brackets", _bracketed("（", "）", 0)),
    Form("second group in brackets", _bracketed("(", ")", 1)),
)
"""Ways that leave no doubt what the digits are."""

LISTED = (
    Form("commas", _grouped("，")),
    Form("enumeration commas", _grouped("、")),
    Form("each by an enumeration comma", _each("、")),
    Form("colons", _grouped(":")),
    Form("plus signs", _grouped("+")),
)
"""Ways that look like a list; the label says that it is one number."""

BROKEN = (
    Form("over a line", _broken("\n")),
    Form("over an indented line", _broken("\n  ")),
    Form("over a line of Windows", _broken(" \r\n")),
    Form("over a hyphen and a line", _broken("-\n")),
)
"""Ways in which a line's end breaks a number."""

CELLS = (
    Form("one digit a cell", _each("\n")),
    Form("one digit a column", _each("\t")),
    Form("groups in cells", _grouped("\n")),
)
"""Ways in which a form's boxes hold a number."""

MISREAD = (
    Form("O for 0", _first("O", "0", 6)),
    Form("o for 0", _first("o", "0", 6)),
    Form("one D for 0", _first("D", "0", 1)),
    Form("l for 1", _first("l", "1", 6)),
    Form("I for 1", _first("I", "1", 6)),
    Form("S for 5", _first("S", "5", 3)),
    Form("B for 8", _first("B", "8", 3)),
    Form("Z for 2", _first("Z", "2", 3)),
    Form("O and l", lambda n, s: _first("O", "0", 3)(_first("l", "1", 3)(n, s), s)),
)
"""What a scan makes of some digits."""

CARRIERS = (
    "{}",
    "张三{}到场。",
    "（{}）",
    "【{}】",
    "“{}”",
    "是{}，请核对。",
    "见{}；另行通知",
    "\n{}\n王小明",
    "1.{}\n2.同上",
    "2026年3月1日 {} 登记",
    "、{}、",
    "|{}|",
    "<td>{}</td>",
    "**{}**",
)
"""Sentences that say nothing of what the number is; the value is put for {}."""
