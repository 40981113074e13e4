from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from detectors.run import build_detector
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming, Scan
from flows.processing.second_look import look_again
from policies.loader import load_policy
from redact.operators import PublishedForms
from review.change import Change, Place, Treatment
from review.document import Block, BlockKind, Document, Location, Span
from review.errors import UnsafeOutputError
from review.finding import Entity, Finding, Role, unite
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker


class ContextDetector(WordDetector):
    """Find words by heart, and what patterns find besides; counts how often it is asked."""

    def __init__(self, *patterns: tuple[str, Entity, Role]) -> None:
        super().__init__({"苗秋实": (Entity.PERSON, Role.UNKNOWN)})
        self.patterns = patterns
        self.asked: list[str] = []

    def detect(self, document: Document) -> tuple[Finding, ...]:
        self.asked.append(document.text)
        more = (
            Finding(entity, Span(*found.span("value")), 0.7, "context", role, "某种迹象")
            for pattern, entity, role in self.patterns
            for found in re.finditer(pattern, document.text)
        )
        return unite((*super().detect(document), *more))


BESIDE_A_MASK = (r"某(?P<value>二级)", Entity.HEALTH, Role.UNKNOWN)


def make(detector: ContextDetector) -> Pipeline:
    return Pipeline(TextWorker(), lambda: detector, small_policy(), PublishedForms)


def scan(text: str, detector: ContextDetector, name: str = "通知.txt") -> Scan:
    return make(detector).scan([Incoming(name, text.encode())], "general")


def values(found: Scan) -> list[tuple[str, Entity]]:
    (file,) = found.files
    return [(file.document.value(r.finding.span), r.finding.entity) for r in file.plan.rulings]


def notes(found: Scan) -> list[str]:
    return [n.message for n in found.files[0].document.notes if n.code == "second_look"]


def test_what_shows_only_beside_a_mask_is_found_before_people_decide() -> None:
    found = scan("第一行\n对苗秋实二级补助", ContextDetector(BESIDE_A_MASK))
    assert values(found) == [("苗秋实", Entity.PERSON), ("二级", Entity.HEALTH)]
    assert found.files[0].plan.rulings[1].finding.reason == "周围内容隐去后可以看出：某种迹象"
    assert not notes(found)


def test_what_was_found_on_the_second_look_is_hidden_and_the_output_proven() -> None:
    detector = ContextDetector(BESIDE_A_MASK)
    (output,) = make(detector).redact(scan("对苗秋实二级补助", detector))
    assert output.data.decode() == "对苗某某***补助"


def test_a_draft_in_which_nothing_is_hidden_is_looked_at_once() -> None:
    detector = ContextDetector((r"由(?P<value>苗局长)", Entity.PERSON, Role.OFFICIAL))
    assert values(scan("由苗局长宣布", detector)) == [("苗局长", Entity.PERSON)]
    assert len(detector.asked) == 1


def test_an_output_that_is_to_the_letter_what_was_foreseen_is_not_looked_at_again() -> None:
    detector = ContextDetector()
    found = scan("联系人苗秋实", detector)
    looks = len(detector.asked)
    make(detector).redact(found)
    assert len(detector.asked) == looks == 2


def test_a_file_name_is_looked_at_again_too() -> None:
    (file,) = scan("关于放假", ContextDetector(BESIDE_A_MASK), "苗秋实二级.txt").files
    assert [r.finding.id for r in file.name_plan.rulings] == ["N1", "N2"]
    assert "二级" not in file.checked_name


def test_what_the_second_look_brings_out_is_found_as_well() -> None:
    after = (r"\*\*\*(?P<value>低保)", Entity.HEALTH, Role.UNKNOWN)
    found = scan("对苗秋实二级低保", ContextDetector(BESIDE_A_MASK, after))
    assert [value for value, _ in values(found)] == ["苗秋实", "二级", "低保"]


def test_what_three_looks_do_not_settle_goes_to_a_person() -> None:
    chain = (r"(?:某某|\*)(?P<value>[一二三四五六])", Entity.HEALTH, Role.UNKNOWN)
    found = scan("标题\n对苗秋实一二三四五六", ContextDetector(chain))
    (told,) = notes(found)
    assert "第2段" in told
    assert "请起草人把这些地方改写清楚" in told
    with pytest.raises(UnsafeOutputError):
        make(ContextDetector(chain)).redact(found)


def test_an_official_in_doubt_once_others_are_hidden_is_told_by_number_and_not_hidden() -> None:
    sure = (r"秋实和(?P<value>苗局长)", Entity.PERSON, Role.OFFICIAL)
    doubt = (r"某某和(?P<value>苗局长)", Entity.PERSON, Role.UNKNOWN)
    found = scan("苗秋实和苗局长", ContextDetector(sure, doubt))
    assert [r.replacement for r in found.files[0].plan.rulings] == ["苗某某", None]
    (told,) = notes(found)
    assert "编号 F2" in told


def test_what_a_person_keeps_is_no_longer_asked_about() -> None:
    keep = Change(
        Entity.HEALTH,
        (Place(0, Span(4, 6)),),
        Treatment.MISTAKEN,
        "并非残疾等级",
        "b01",
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    detector = ContextDetector(BESIDE_A_MASK)
    drafts = [Incoming("通知.txt", "对苗秋实二级补助".encode())]
    found = make(detector).scan(drafts, "general", [keep])
    assert not notes(found)
    (output,) = make(detector).redact(found)
    assert output.data.decode() == "对苗某某二级补助"


def test_what_the_second_look_found_stays_listed_when_the_name_beside_it_is_kept() -> None:
    keep = Change(
        Entity.PERSON,
        (Place(0, Span(1, 4)),),
        Treatment.LAWFUL,
        "依法应当公开",
        "b01",
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    drafts = [Incoming("通知.txt", "对苗秋实二级补助".encode())]
    found = make(ContextDetector(BESIDE_A_MASK)).scan(drafts, "general", [keep])
    assert values(found) == [("苗秋实", Entity.PERSON), ("二级", Entity.HEALTH)]


@pytest.mark.parametrize("illness", ["肢体残疾二级", "精神残疾一级"])
def test_a_disability_told_beside_a_name_is_proposed_and_not_refused_at_the_end(
    illness: str,
) -> None:
    policy = load_policy(None)
    detector = build_detector(policy.terms, policy.allow)
    pipeline = Pipeline(TextWorker(), lambda: detector, policy, PublishedForms)
    draft = Incoming("a.txt", f"经公示，由户主反映陈大文的{illness}，每月补贴200元".encode())
    found = pipeline.scan([draft], "social_assistance")
    assert (illness, Entity.HEALTH) in values(found)
    (output,) = pipeline.redact(found)
    assert illness not in output.data.decode()


def test_the_bar_over_what_a_label_names_in_a_picture_is_not_taken_for_its_value() -> None:
    policy = load_policy(None)
    detector = build_detector(policy.terms, policy.allow)
    pipeline = Pipeline(TextWorker(), lambda: detector, policy, PublishedForms)
    text = "住院时间：2026年3月6日 入院诊断：胆囊结石伴急性胆囊炎"
    draft = Document("image", (Block(text, Location("page", 0), BlockKind.PICTURE),))
    category = policy.category("general")
    (looked,) = look_again(
        [(draft, detector.detect(draft))],
        lambda parts: pipeline.plan(parts, category),
        lambda foreseen: pipeline.plan([(foreseen, detector.detect(foreseen))], category)[0],
    )
    assert looked.foreseen is not None
    assert looked.foreseen.document.text.endswith("入院诊断：■")
    assert looked.left == ()
