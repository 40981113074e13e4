"""What is wrong with a regular expression of the negative list, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator

MAX_PATTERNS = 200
"""Every pattern reads the whole of every document, as 50,000 terms do together."""

_SECONDS = 0.2
_RUN = 3000
_PLAIN = (
    "各乡镇人民政府、街道办事处，县政府各部门：为进一步做好有关工作，根据国务院《关于加强政务公开的"
    "意见》（国发〔2026〕12号），经县政府第3次常务会议同意，现就有关事项通知如下。一、总体要求。坚持"
    "以人民为中心，到2027年底，全县建成项目15个，投资1200万元。二、保障措施。各单位要加强组织领导，"
    "联系电话：0591-3501234。附件：1.任务分工表 2.工作进度表。青禾县人民政府办公室 2026年3月1日"
)
"""What any notice says: a pattern that finds something in it would flag nearly every document."""


def pattern_fault(pattern: str) -> str:
    """Say in Chinese what is wrong with a pattern; empty when nothing is."""
    import regex

    try:
        compiled = regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
    except regex.error:
        return "正则式写得不对，请检查括号和反斜杠是否成对；只是一个词语的请改写 term。"
    if regex.escape(pattern) == pattern:
        return "里面没有任何正则符号，请改写 term。"
    try:
        for probe in ("", "\n", _PLAIN, *_probes(pattern)):
            found = compiled.search(probe, timeout=_SECONDS)
            if found and found.end() == found.start():
                return "能匹配空文字，会命中所有文件，请至少写明一个必须出现的字。"
            if found and probe == _PLAIN:
                return "连普通的通知也会命中，太宽了，请写得更具体。"
    except TimeoutError:
        return "运行太慢，会拖住审查，请不要把 + 或 * 套在另一个 + 或 * 里，或改写成几条。"
    return ""


def _probes(pattern: str) -> Iterator[str]:
    """Write long runs of what the pattern speaks of, each ended by what it does not expect."""
    letters = dict.fromkeys(char for char in pattern if char.isalnum())
    for char in dict.fromkeys((*"a1一 ", *letters)):
        yield char * _RUN + "\0"
    together = "".join(letters)
    if together:
        yield together * (_RUN // len(together)) + "\0"
