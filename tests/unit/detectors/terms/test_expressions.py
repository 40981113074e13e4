"""The office's list: what to avoid is told at its place, what is missing as a note."""

from __future__ import annotations

import time

from detectors.run import build_detector
from detectors.terms.expressions import missing, unwanted
from review.document import Block, BlockKind, Document, Location, plain_document
from review.finding import Entity, Role
from review.policy import AllowList, Expression

AVOID = Expression("一把手", "用语规范", instead="主要负责人")
REQUIRE = Expression("以人民为中心", "起草办法", required=True, titles=("实施意见",))


def told(text: str, *expressions: Expression) -> list[tuple[str, str]]:
    document = plain_document(text.split("\n"))
    return [(document.value(f.span), f.reason) for f in unwanted(document, expressions)]


def test_an_expression_to_avoid_is_told_with_what_is_better() -> None:
    assert told("各单位一把手负总责", AVOID) == [
        ("一把手", "用语清单：宜写作“主要负责人”（用语规范）")
    ]


def test_spaces_inside_are_seen_through() -> None:
    assert [value for value, _ in told("各 单位 一 把　手负总责", AVOID)] == ["一 把　手"]


def test_the_replacement_itself_may_hold_the_word() -> None:
    longer = Expression("残疾", "规范", instead="残疾人士")
    assert told("残疾人士和残疾职工", longer) == [("残疾", "用语清单：宜写作“残疾人士”（规范）")]
    assert len(told("残疾人士和残疾职工", longer)) == 1


def test_without_a_replacement_it_is_only_advised_against() -> None:
    ((_, reason),) = told("某某亲自部署", Expression("亲自", "规范"))
    assert reason == "用语清单：不宜使用（规范）"


def test_what_no_reader_sees_is_left_alone() -> None:
    block = Block("一把手", Location("m", 0), BlockKind.DROPPED)
    assert list(unwanted(Document("pdf", (block,)), [AVOID])) == []


def test_a_required_expression_is_missed_in_documents_of_its_kind_only() -> None:
    def notes(*lines: str) -> list[str]:
        return [note.message for note in missing(plain_document(lines), [AVOID, REQUIRE])]

    ((message),) = notes("江城市关于稳就业的实施意见", "一、总体要求")
    assert "以人民为中心" in message
    assert notes("江城市关于稳就业的实施意见", "坚持以人民 为中心的发展思想") == []
    assert notes("江城市关于放假的通知", "一、时间") == []


def test_the_detector_tells_it_as_a_note_that_changes_nothing() -> None:
    detector = build_detector((), AllowList(), expressions=(AVOID,))
    (found,) = detector.detect(plain_document(["各单位一把手负总责"]))
    assert (found.entity, found.role) == (Entity.WORDING, Role.NOTE)


def test_time_grows_with_the_text() -> None:
    def took(count: int) -> float:
        document = plain_document(["一 把 手" * count])
        start = time.process_time()
        list(unwanted(document, [AVOID]))
        return time.process_time() - start

    took(100)
    short = min(took(5_000) for _ in range(3))
    assert min(took(20_000) for _ in range(3)) < 12 * max(short, 0.02)
