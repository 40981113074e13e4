"""What another round of a case owes to the one before: what changed, what was decided there.

What people had hidden stays hidden where it still stands; what they had kept is only offered again,
for keeping weakens and has to be agreed to anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.cases.revision import Part, occurrences, parts_of, same_value
from flows.processing.line_alignment import hunks
from flows.processing.scanned import Scan
from review.case import Case
from review.change import TREATMENT_NAMES, Change, Place, Treatment
from review.conceal import Concealer
from review.document import Document
from review.plan import Ruling

MOST_LINES = 60
_LONGEST_LINE = 120


def carried_over(before: Scan, scan: Scan, case: Case) -> tuple[Change, ...]:
    """Find again what was hidden by hand in the round before."""
    texts = [document for document, _ in parts_of(before)]
    now = [document for document, _ in parts_of(scan)]
    found: list[Change] = []
    for change in case.earlier:
        if change.treatment is not Treatment.REMOVE:
            continue
        values = dict.fromkeys(texts[p.part].value(p.span) for p in change.places)
        places = tuple(
            Place(part, span)
            for part, document in enumerate(now)
            for value in values
            for span in occurrences(document.text, value)
        )
        if places:
            found.append(replace(change, places=places))
    return tuple(found)


def since_before(before: Scan, scan: Scan, case: Case) -> tuple[str, ...]:
    """Tell masked, line by line, what differs from the round before, then what is offered again."""
    lines = [line for pair in _pairs(before, scan) for line in _differences(*pair)]
    more = len(before.files) - len(scan.files)
    if more:
        lines.append(f"文件{'减少' if more > 0 else '增加'} {abs(more)} 个")
    if len(lines) > MOST_LINES:
        left = len(lines) - MOST_LINES
        lines = [*lines[:MOST_LINES], f"另有 {left} 处改动，请看对照页"]
    return (*lines, *_offered(before, scan, case))


def _pairs(before: Scan, scan: Scan) -> Iterator[tuple[Part, Part]]:
    return zip(parts_of(before), parts_of(scan), strict=False)


def _differences(old: Part, new: Part) -> Iterator[str]:
    left, right = _lines(old[0]), _lines(new[0])
    shown_left, shown_right = (_lines(_concealed(part)) for part in (old, new))
    for gone, come in hunks(left, right):
        yield from (f"删去：{_cut(line)}" for line in shown_left[gone] if line.strip())
        yield from (f"增加：{_cut(line)}" for line in shown_right[come] if line.strip())


def _lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def _concealed(part: Part) -> Document:
    document, rulings = part
    return Concealer(document, tuple(rulings)).document()


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"


def _offered(before: Scan, scan: Scan, case: Case) -> Iterator[str]:
    """Offer what was kept by hand, with the number that it has in this round's list."""
    old = list(parts_of(before))
    rulings = [(part, r) for part, (_, rulings) in enumerate(parts_of(scan)) for r in rulings]
    texts = [document for document, _ in parts_of(scan)]
    for change in case.earlier:
        if change.treatment is Treatment.REMOVE:
            continue
        place = change.places[0]
        value = old[place.part][0].value(place.span)
        numbers = [
            str(number)
            for number, (part, ruling) in enumerate(rulings, 1)
            if _is_again(ruling, change, value, texts[part])
        ]
        if numbers:
            yield (
                f"上一轮 {change.officer} 对第 {'、'.join(numbers)} 项定为"
                f"“{TREATMENT_NAMES[change.treatment]}”（{change.reason}）；"
                "仍同意的，请在“逐项修改”里照填"
            )


def _is_again(ruling: Ruling, change: Change, value: str, document: Document) -> bool:
    finding = ruling.finding
    return finding.entity is change.entity and same_value(document.value(finding.span), value)
