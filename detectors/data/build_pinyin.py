"""Build ``pinyin.txt``: one reading without tone for each character of GB 2312.

Run ``python detectors/data/build_pinyin.py`` where pypinyin 0.55.0 is installed: its readings.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).with_name("pinyin.txt")
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)


def main(target: Path = TARGET) -> None:
    """Write the characters, one line for each syllable."""
    from pypinyin import Style, pinyin  # type: ignore[import-not-found,unused-ignore]

    listed: dict[str, list[str]] = defaultdict(list)
    for row in _ROWS:
        for cell in _CELLS:
            char = bytes((row, cell)).decode("gb2312", "ignore")
            if char:
                readings = pinyin(char, style=Style.NORMAL, errors="ignore")
                for syllable in readings[0] if readings else ():
                    listed[syllable.replace("ü", "v")].append(char)
    lines = (f"{syllable} {''.join(chars)}\n" for syllable, chars in sorted(listed.items()))
    target.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
