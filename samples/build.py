"""Build every draft and its expected JSON: ``python -m samples.build``; same bytes each run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from samples import roster
from samples.docx_writer import write_docx
from samples.manifest import ROOT, Sample, load_samples
from samples.markup import Planted, plain, planted
from samples.odf_writer import write_ods, write_odt
from samples.ofd_writer import write_ofd
from samples.pdf_writer import write_pdf
from samples.pptx_writer import write_pptx
from samples.roster import Roster, table_text
from samples.scan_writer import write_scan
from samples.xlsx_writer import Extras, write_xlsx

DRAFTER = Planted("章谷雨", "PERSON", "hidden")
"""Whoever typed a draft that is not clean: word processors leave his name in the metadata."""

_RELIEF_EXTRAS = Extras(
    author=DRAFTER.value,
    hidden=("户主身份证号",),
    numeric=("序号", "联系电话", "救助金额（元）"),
    comment=("G7", roster.RELIEF_COMMENT),
)
_ROSTERS: dict[str, Callable[[], Roster]] = {
    "relief-roster": roster.relief,
    "housing-list": roster.housing,
    "recruitment-list": roster.recruitment,
    "subsidy-payment": roster.subsidy,
    "relapse-watch": roster.relapse,
}
_EXTRAS = {
    "relief-roster": _RELIEF_EXTRAS,
    "recruitment-list": Extras(author=DRAFTER.value, numeric=("序号",)),
}
_WITH_AUTHOR = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".ofd"})
_ENCODINGS = {"subsidy-payment": "gb18030", "budget": "gb18030", "housing-list": "utf-8-sig"}


def source_of(sample: Sample) -> str:
    """Give the marked text of a sample: its content file, or its roster written out."""
    if sample.name in _ROSTERS:
        extras = _EXTRAS.get(sample.name)
        comment = extras.comment[1] if extras and extras.comment else ""
        return table_text(_ROSTERS[sample.name]()) + comment
    return (ROOT / "content" / f"{sample.name}.txt").read_text(encoding="utf-8")


def draft_of(sample: Sample) -> bytes:
    """Make the bytes of a sample's draft."""
    encode = partial(str.encode, encoding=_ENCODINGS.get(sample.name, "utf-8"))
    source = source_of(sample)
    author = DRAFTER.value if _betrays_drafter(sample) else ""
    match sample.path.suffix:
        case ".docx":
            return write_docx(source, author)
        case ".xlsx":
            return write_xlsx(_ROSTERS[sample.name](), _EXTRAS[sample.name])
        case ".pptx":
            return write_pptx(source, author)
        case ".odt":
            return write_odt(source, author)
        case ".ods":
            return write_ods(_ROSTERS[sample.name](), author, ("序号", "家庭人口"))
        case ".ofd":
            return write_ofd(source, sample.title, author)
        case ".pdf":
            return write_pdf(source, sample.title)
        case ".png":
            return write_scan(source)
        case _:
            return encode(plain(source))


def _betrays_drafter(sample: Sample) -> bool:
    return sample.path.suffix in _WITH_AUTHOR and sample.verdict != "clean"


def expected_of(sample: Sample) -> str:
    """Write what must become of a sample as JSON: its verdict and the fate of each value."""
    values = planted([source_of(sample)])
    if _betrays_drafter(sample):
        values += (DRAFTER,)
    expected = {
        "category": sample.category,
        "attribute": sample.attribute,
        "verdict": sample.verdict,
        "planted": [asdict(value) for value in values],
    }
    return json.dumps(expected, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write all drafts and expectations into the source tree."""
    for sample in load_samples():
        for path, data in (
            (sample.path, draft_of(sample)),
            (sample.expected, expected_of(sample).encode()),
        ):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)


if __name__ == "__main__":
    main()
