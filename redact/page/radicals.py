"""What pdf programs write for another character: radicals, ⻢ for 马, and symbols for digits.

Browsers and office programs map a glyph back to whichever code point of its font comes first, and
in the common Chinese fonts that is often the radical. Kangxi radicals fold by NFKC; most of the
supplement has no decomposition, so their characters are listed here (Unicode's
``EquivalentUnifiedIdeograph``), as far as they are characters that texts use. Fonts with a cmap for
symbols have their codes at U+F000 and above: a number set in one is text like any other.
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E87: "几", 0x2E8A: "卜", 0x2E8E: "兀", 0x2E92: "巳",
    0x2E93: "幺", 0x2E9C: "日", 0x2E9D: "月", 0x2E9F: "母", 0x2EA0: "民", 0x2EA7: "牛",
    0x2EA9: "王", 0x2EAA: "疋", 0x2EAC: "示", 0x2EB6: "羊", 0x2EB7: "羊", 0x2EB8: "羊",
    0x2EBB: "聿", 0x2EBC: "肉", 0x2EBD: "臼", 0x2EC1: "虎", 0x2EC4: "西", 0x2EC5: "见",
    0x2EC6: "角", 0x2EC7: "角", 0x2EC9: "贝", 0x2ECA: "足", 0x2ECB: "车", 0x2ED1: "長",
    0x2ED3: "长", 0x2ED4: "门", 0x2ED7: "雨", 0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页",
    0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EDE: "食", 0x2EE2: "马", 0x2EE3: "骨",
    0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄",
    0x2EEA: "黾", 0x2EEB: "斉", 0x2EEC: "齐", 0x2EED: "歯", 0x2EEE: "齿", 0x2EEF: "竜",
    0x2EF0: "龙", 0x2EF1: "龜", 0x2EF2: "亀", 0x2EF3: "龟",
}  # fmt: skip

_CHARACTERS = (
    _SUPPLEMENT
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    # In fonts for the mainland this is the glyph of 户; its decomposition is the traditional 戶.
    | {0x2F3E: "户"}
    | {0xF000 + code: chr(code) for code in range(0x30, 0x3A)}
)

_RADICAL = re.compile("[\u2e81-\u2fd5\uf030-\uf039]")


def without_radicals(text: str) -> str:
    """Put the character for each radical, the digit for its symbol; the length stays."""
    return text.translate(_CHARACTERS) if _RADICAL.search(text) else text
