"""Documents that are cited twice and not the same way: one title under two numbers, or the reverse.

Two printed editions of one notice of 2018 really cite 国办发〔2018〕26号 and 23号.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

_S = r"[ \t]?"
_YEAR = rf"[〔\[［(（]{_S}(?:19|20)\d{{2}}{_S}[〕\]］)）Jj]"
_NUMBER = rf"[\u4e00-\u9fff]{{1,12}}{_YEAR}{_S}第?{_S}\d{{1,5}}{_S}号"
_TITLED = re.compile(
    rf"《(?P<title>[^《》\n]{{4,80}})》{_S}[(（]{_S}(?P<number>{_NUMBER}){_S}[)）]"
)


def contradictions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield every citation that differs from the first one of the same document."""
    numbers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    titles: defaultdict[str, dict[str, None]] = defaultdict(dict)
    found = list(_TITLED.finditer(text))
    for match in found:
        title, number = _title(match["title"]), _number(match["number"])
        numbers[title].setdefault(number)
        titles[number].setdefault(title)
    for match in found:
        title, number = _title(match["title"]), _number(match["number"])
        if len(numbers[title]) > 1:
            yield *match.span("number"), "同一标题的文件在文中引用了不同的文号"
        if _differ(titles[number]):
            yield *match.span("title"), "同一文号的文件在文中引用了不同的标题"


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _title(text: str) -> str:
    return re.sub("的", "", _fold(text))


def _number(text: str) -> str:
    """Fold what may be written differently: brackets, 第, leading zeros."""
    agency, year, serial = re.split(r"[〔\[(]((?:19|20)\d{2})[〕\])Jj]", _fold(text))
    return f"{agency}{year}-{int(re.sub('[^0-9]', '', serial))}"


def _differ(titles: dict[str, None]) -> bool:
    """Say whether one title is no part of another: a shortened title contradicts nothing."""
    listed = sorted(titles, key=len)
    return any(short not in listed[-1] for short in listed[:-1])
