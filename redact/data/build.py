"""Build ``masks.otf``, the type in which masks are set, from Noto Serif CJK SC (OFL 1.1).

Run ``python redact/data/build.py NotoSerifCJK-Regular.ttc`` (Debian: fonts-noto-cjk). It holds
Latin letters, digits and signs, every character of the published forms and of the built-in
policies' own words, all surnames, the common characters of GB/T 2312 (its first level: what
given names, villages and a reviewer's own words are written with), and every character in the
names of administrative divisions, which generalised addresses keep.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
FAMILY = "Review Masks"
SIGNS = "〔〕（）［］《》“”‘’、，。：；！？·—…－～＊＃＋×■□○●〇　０１２３４５６７８９"
ALWAYS = (
    "redact/operators.py",
    "redact/pseudonyms.py",
    "detectors/data/surnames.txt",
)
COMMON = (
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
)
_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS = 0, 13, 14


def main(source: Path) -> None:
    """Write the font beside this script."""
    characters = {chr(code) for code in range(32, 127)} | set(SIGNS) | set("".join(COMMON))
    for name in (*ALWAYS, *map(str, PROJECT.glob("policies/builtin/**/*.yaml"))):
        characters |= set(_forms(PROJECT / name))
    characters |= set(_chinese((PROJECT / "review/division_names.py").read_text("utf-8")))
    (HERE / "masks.otf").write_bytes(_font(source, characters))
    print(f"{len(characters)} characters")


def _forms(path: Path) -> Iterator[str]:
    """Yield the characters of a text; of a policy only those of its forms."""
    text = path.read_text("utf-8")
    if path.suffix == ".yaml":
        text = "".join(re.findall(r"\bform:\s*(.*)", text))
    return _chinese(text)


def _chinese(text: str) -> Iterator[str]:
    return (c for c in text if "\u4e00" <= c <= "\u9fff")


def _font(source: Path, characters: set[str]) -> bytes:
    font = TTFont(source, fontNumber=_simplified(source), lazy=True)
    options = subset.Options(hinting=False, notdef_outline=False, layout_features=[])
    options.name_IDs = [_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(font)
    for number, text in ((1, FAMILY), (2, "Regular"), (4, FAMILY), (6, FAMILY.replace(" ", ""))):
        font["name"].setName(text, number, 3, 1, 0x409)
    programs = font["CFF "].cff
    # The name of the original may not be borne by a changed copy (OFL, condition 3).
    programs.fontNames[0] = FAMILY.replace(" ", "")
    for key in ("FullName", "FamilyName", "Notice"):
        programs.topDictIndex[0].rawDict.pop(key, None)
        programs.topDictIndex[0].__dict__.pop(key, None)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _simplified(source: Path) -> int:
    for number in range(10):
        font = TTFont(source, fontNumber=number, lazy=True)
        if str(font["name"].getDebugName(1)).endswith("CJK SC"):
            return number
    raise SystemExit("no font for simplified Chinese in this file")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
