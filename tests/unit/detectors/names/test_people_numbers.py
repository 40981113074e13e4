"""The people of a case bear one number in all its files."""

from __future__ import annotations

from detectors.names.people_numbers import Scanned, numbered, share_numbers
from detectors.run import build_detector
from review.document import Span, plain_document
from review.finding import Entity, Finding
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())


def scanned(text: str) -> list[Scanned]:
    document = plain_document([text])
    return [(document, DETECTOR.detect(document))]


def test_the_people_of_a_case_are_numbered_through_all_its_files() -> None:
    files = share_numbers(
        [
            scanned("当事人：张建国，男。老张到场。"),
            scanned("证人：李芷汀，女。当事人：张 建 国，男。李女士签字。"),
        ]
    )
    told = [
        [(d.value(f.span), f.person) for f in findings if f.person]
        for file in files
        for d, findings in file
    ]
    assert told == [
        [("张建国", "P1"), ("老张", "P1")],
        [("李芷汀", "P2"), ("张 建 国", "P1"), ("李", "P2")],
    ]


def test_the_same_mask_in_two_files_is_one_person() -> None:
    files = share_numbers([scanned("当事人：张某某，男。"), scanned("证人：张某某，男。")])
    assert [f.person for file in files for _, found in file for f in found] == ["P1", "P1"]


def people(files: list[list[Scanned]]) -> list[tuple[str, str]]:
    return [
        (document.value(finding.span), finding.person)
        for documents in files
        for document, found in documents
        for finding in found
        if finding.entity is Entity.PERSON
    ]


def test_a_stranger_whom_another_file_may_name_is_nobody() -> None:
    files = share_numbers([scanned("张先生来信。"), scanned("证人：张建国，男。")])
    assert people(files) == [("张", ""), ("张建国", "P1")]


def test_a_stranger_whom_no_other_file_can_name_keeps_a_number() -> None:
    files = share_numbers([scanned("张先生来信。"), scanned("证人：李芷汀，女。")])
    assert people(files) == [("张", "P1"), ("李芷汀", "P2")]


def test_numbers_follow_the_place_and_not_the_order_of_findings() -> None:
    late = Finding(Entity.PERSON, Span(5, 8), 0.9, "names", person="乙")
    early = Finding(Entity.PERSON, Span(0, 3), 0.9, "names", person="甲")
    assert [f.person for f in numbered([late, early])] == ["P2", "P1"]


def test_nothing_in_nothing_out() -> None:
    assert numbered(()) == ()
    assert share_numbers([]) == []
