"""What people decide otherwise than proposed, on the real desk with its store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from flows.cases.answer import Answer, Wish
from flows.cases.desk import Desk
from flows.gateway.desk_page import waiting_rows
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from redact.operators import PublishedForms
from review.approval import CONSULT, Approvals, ChainRule, Step
from review.case import Attribute, Decision, State, Submission
from review.change import Treatment
from review.errors import NotAllowedError, UnavailableError, WrongUsageError
from review.finding import Entity, Role
from review.policy import Action, Policy, Rule
from review.staffing import StaffRole
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

DRAFT = "关于救助的公告\n救助对象苗秋实，13900000001。\n经办人苗秋实。"
STEPS = (
    Step("unit_head", "承办部门负责人", StaffRole.UNIT_HEAD, 3, (StaffRole.SIGNATORY,)),
    Step("secrecy", "保密审查", StaffRole.SECRECY, 3),
    Step("signatory", "签发", StaffRole.SIGNATORY, 3, same_person=("unit_head",)),
    Step("review", "审核", StaffRole.REVIEWER, 3),
    Step(CONSULT, "会签单位", StaffRole.UNIT_HEAD, 15),
)
FOUR = Approvals(
    {step.key: step for step in STEPS},
    (
        ChainRule(("review",), "", attributes=frozenset({"withheld"})),
        ChainRule(("unit_head", "secrecy", "signatory"), ""),
    ),
    "secrecy",
)
ONE = replace(FOUR, chains=(ChainRule(("review",), ""),), weakening="")
PEOPLE = {
    "zhou": {StaffRole.OFFICER},
    "wu": {StaffRole.UNIT_HEAD},
    "zheng": {StaffRole.UNIT_HEAD},
    "sun": {StaffRole.SECRECY},
    "qian": {StaffRole.SIGNATORY},
    "lin": {StaffRole.REVIEWER},
    "guo": {StaffRole.REVIEWER},
}


class Office:
    """A desk with a chain of steps, its people and a clock that tests may turn."""

    def __init__(self, home: Path, now: datetime, rules: Approvals) -> None:
        self.now = now
        floor = Rule(Entity.PERSON, Role.MINOR, Action.REPLACE, "未成年人保护法", "surname")
        known = small_policy()
        self.policy: Policy = replace(known, approval=rules, floor=(*known.floor, floor))
        store = CaseStore(f"sqlite:///{home / 'review.db'}", home / "audit.head")
        store.migrate()
        staff = StaffRegister(store)
        self.detector: object = WordDetector()
        self.worker = TextWorker()
        self.desk = Desk(store, CaseFiles(home), staff, self.pipeline, lambda: self.now)
        self.secrets = {name: staff.add(name, roles, at=now) for name, roles in PEOPLE.items()}

    def pipeline(self) -> Pipeline:
        return Pipeline(self.worker, lambda: self.detector, self.policy, PublishedForms)  # type: ignore[arg-type,return-value]

    def waiting(self, text: str = DRAFT, **declared: object) -> str:
        submission = replace(Submission("general", Attribute.PROACTIVE, "zhou"), **declared)  # type: ignore[arg-type]
        case, _ = self.desk.submit([Incoming("公告.txt", text.encode())], submission)
        assert self.desk.scan(case.id).state is State.AWAITING
        return case.id

    def decide(
        self, case: str, officer: str, decision: Decision = Decision.APPROVE, **more: object
    ) -> None:
        self.now += timedelta(seconds=30)
        code = pyotp.TOTP(self.secrets[officer]).at(self.now)
        reason = "" if decision is Decision.APPROVE else "见意见"
        answer = Answer(decision, reason, officer, code, self.now)
        self.desk.decide(case, replace(answer, **more))  # type: ignore[arg-type]

    def step(self, case: str) -> str:
        return self.desk.store.get(case).step.key

    def published(self, case: str) -> str:
        self.desk.release(case)
        return (self.desk.files.released_dir(case) / "公告.txt").read_text()


@pytest.fixture
def office(tmp_path: Path, noon: datetime) -> Callable[[Approvals], Office]:
    return lambda rules: Office(tmp_path, noon, rules)


def keep(number: int, why: Treatment = Treatment.LAWFUL) -> dict[str, object]:
    return {"wishes": (Wish(number, why, "依法应当公开姓名"),)}


def test_a_case_goes_through_its_steps_in_order(office: Callable[[Approvals], Office]) -> None:
    there = office(FOUR)
    case = there.waiting()
    with pytest.raises(NotAllowedError, match="没有这个角色"):
        there.decide(case, "sun")
    for officer in ("wu", "sun", "qian"):
        there.decide(case, officer)
    assert there.desk.store.get(case).state is State.APPROVED
    approvals = there.desk.store.get(case).approvals
    assert [(a.officer, a.role, a.step) for a in approvals] == [
        ("wu", "unit_head", "unit_head"),
        ("sun", "secrecy", "secrecy"),
        ("qian", "signatory", "signatory"),
    ]
    assert "苗某某" in there.published(case)


def test_what_is_kept_is_kept_for_the_person_everywhere_once_another_agrees(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting()
    there.decide(case, "lin", Decision.REVISE, **keep(1))
    with pytest.raises(NotAllowedError, match="另一人"):
        there.decide(case, "lin")
    there.decide(case, "guo")
    text = there.published(case)
    assert text.count("苗秋实") == 2
    assert "13900000001" not in text
    assert there.desk.record(case).findings[0].action == "keep"
    assert "依法应当公开" in there.desk.record(case).findings[0].basis


@pytest.mark.parametrize("decision", [Decision.REVISE, Decision.RETURN])
def test_the_draft_is_read_once_for_an_answer(
    office: Callable[[Approvals], Office], decision: Decision
) -> None:
    there = office(ONE)
    case = there.waiting()
    there.decide(case, "lin", Decision.REVISE, **keep(1))
    there.worker.seen.clear()
    there.decide(case, "guo", decision, **(keep(2) if decision is Decision.REVISE else {}))
    written = 1 if decision is Decision.REVISE else 0
    assert there.worker.seen.count("read 公告.txt") == 1 + written


def test_a_weakening_after_the_secrecy_review_goes_back_to_it(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(FOUR)
    case = there.waiting()
    there.decide(case, "wu")
    there.decide(case, "sun")
    there.decide(case, "qian", Decision.REVISE, **keep(1))
    assert there.step(case) == "secrecy"
    there.decide(case, "sun")
    there.decide(case, "qian")
    assert "苗秋实" in there.published(case)


def test_text_that_nobody_found_is_hidden_wherever_it_stands(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting("公告\n东门第三户的情况\n再访东门第三户")
    there.desk.files.put_record(case, "further-x", {"text": "东门第三户\n"})
    there.decide(case, "lin", Decision.REVISE, further="x")
    there.decide(case, "lin")
    text = there.published(case)
    assert "东门第三户" not in text
    assert text.count("***") == 2
    exported = " ".join(str(event) for event in there.desk.store.events())
    assert "东门" not in exported + str(there.desk.store.get(case))


def test_text_is_hidden_however_it_is_spaced_now_and_in_the_next_round(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting("公告\n东门第三户的情况\n再访东门　第 三户")
    there.desk.files.put_record(case, "further-x", {"text": "东门第三户"})
    there.decide(case, "lin", Decision.REVISE, further="x")
    there.decide(case, "lin", Decision.RETURN)
    again(there, case, "公告（修订）\n东 门第三户的情况")
    assert "门第三户" not in str(there.desk.record(case))
    there.decide(case, "lin")
    assert "门第三户" not in there.published(case)


def test_text_that_is_not_there_is_told_without_repeating_it(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting()
    there.desk.files.put_record(case, "further-x", {"text": "不在文中的话"})
    with pytest.raises(NotAllowedError, match="第 1 行") as refused:
        there.decide(case, "lin", Decision.REVISE, further="x")
    assert "不在文中" not in str(refused.value)
    assert there.desk.store.get(case).changes == ()


@pytest.mark.parametrize("name", ["y", "findings", "../findings", "东门"])
def test_an_answer_that_names_no_text_of_its_own_to_hide_is_refused(
    office: Callable[[Approvals], Office], name: str
) -> None:
    there = office(ONE)
    case = there.waiting()
    with pytest.raises(NotAllowedError, match="没有收到"):
        there.decide(case, "lin", Decision.REVISE, further=name)
    assert there.desk.store.get(case).changes == ()


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ((Wish(99, Treatment.REMOVE, "多余"),), "第 99 项"),
        ((Wish(1, Treatment.REMOVE, ""),), "理由"),
        ((Wish(1, Treatment.REMOVE, "甲"), Wish(1, Treatment.LAWFUL, "乙")), "同一个序号"),
        ((Wish(1, Treatment.REMOVE, "苗秋实本人要求"),), "个人信息"),
        ((), "没有填写"),
    ],
)
def test_a_change_that_cannot_be_carried_out_changes_nothing(
    office: Callable[[Approvals], Office], wishes: tuple[Wish, ...], told: str
) -> None:
    there = office(ONE)
    case = there.waiting()
    before = there.desk.store.get(case)
    with pytest.raises(NotAllowedError, match=told):
        there.decide(case, "lin", Decision.REVISE, wishes=wishes)
    assert there.desk.store.get(case) == before


def test_what_the_law_hides_is_kept_only_as_a_mistake_of_the_detector(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    there.detector = WordDetector({"苗秋实": (Entity.PERSON, Role.MINOR)})
    case = there.waiting()
    with pytest.raises(NotAllowedError, match="法律规定"):
        there.decide(case, "lin", Decision.REVISE, **keep(1))
    there.decide(case, "lin", Decision.REVISE, **keep(1, Treatment.MISTAKEN))
    assert there.desk.store.get(case).weakened_by == ("lin",)


def test_another_attribute_has_its_own_steps(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(FOUR)
    case = there.waiting()
    there.decide(
        case, "wu", Decision.RECLASSIFY, attribute=Attribute.WITHHELD, basis="条例第十六条"
    )
    assert there.step(case) == "review"
    there.decide(case, "lin", Decision.WITHHOLD)
    assert there.desk.store.get(case).state is State.WITHHELD


def test_withholding_without_a_ground_is_refused(office: Callable[[Approvals], Office]) -> None:
    there = office(ONE)
    case = there.waiting()
    with pytest.raises(NotAllowedError, match="依据"):
        there.decide(case, "lin", Decision.RECLASSIFY, attribute=Attribute.WITHHELD)


def test_a_stand_in_acts_when_the_time_is_over(office: Callable[[Approvals], Office]) -> None:
    there = office(FOUR)
    case = there.waiting()
    with pytest.raises(NotAllowedError, match="代办"):
        there.decide(case, "qian")
    there.now += timedelta(days=9)
    there.decide(case, "qian")
    assert there.desk.store.get(case).approvals[0].role == "signatory"


def test_a_stand_in_acts_when_nobody_else_can(office: Callable[[Approvals], Office]) -> None:
    there = office(FOUR)
    for officer in ("wu", "zheng"):
        there.desk.staff.disable(officer, at=there.now)
    case = there.waiting()
    there.decide(case, "qian")
    assert there.step(case) == "secrecy"


def test_joint_units_are_asked_first_and_their_silence_is_consent(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(FOUR)
    case = there.waiting(joint=("wu", "zheng"))
    assert there.step(case) == CONSULT
    there.decide(case, "wu")
    assert there.desk.lapse(case).step.key == CONSULT
    there.now += timedelta(days=40)
    assert there.desk.lapse(case).step.key == "unit_head"
    assert [e.action for e in there.desk.store.events(case)][-1] == "step_silent"
    assert there.desk.lapse(case).step.key == "unit_head"


def test_who_looked_at_an_older_version_agrees_to_no_weakening_since(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting()
    looked_at = there.desk.store.get(case).turn
    there.decide(case, "lin", Decision.REVISE, **keep(1))
    with pytest.raises(NotAllowedError, match="重新打开"):
        there.decide(case, "guo", turn=looked_at)
    assert there.desk.store.get(case).weakened_by == ("lin",)
    there.decide(case, "guo", turn=there.desk.store.get(case).turn)
    assert there.desk.store.get(case).state is State.APPROVED


def test_the_desk_tells_who_weakened_a_protection_that_another_has_to_agree(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    there.decide(there.waiting(), "lin", Decision.REVISE, **keep(1))
    notes = {
        officer: row.note
        for officer in ("lin", "guo")
        for row in waiting_rows(there.desk, there.desk.staff.get(officer), {}, there.now)
    }
    assert "等另一人同意" in notes["lin"]
    assert notes["guo"] == ""


def test_an_answer_to_one_step_is_none_to_the_next(office: Callable[[Approvals], Office]) -> None:
    there = office(FOUR)
    case = there.waiting(joint=("wu",))
    looked_at = there.desk.store.get(case).turn
    there.now += timedelta(days=40)
    assert there.desk.lapse(case).step.key == "unit_head"
    with pytest.raises(NotAllowedError, match="重新打开"):
        there.decide(case, "wu", turn=looked_at)


def test_a_change_that_could_not_be_kept_leaves_the_review_copy_as_it_was(
    office: Callable[[Approvals], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = office(ONE)
    case = there.waiting()
    before = copy_of(there, case)

    def refuse(*_: object, **__: object) -> None:
        raise UnavailableError("数据库正忙。")

    with monkeypatch.context() as locked:
        locked.setattr(there.desk.store, "save", refuse)
        with pytest.raises(UnavailableError):
            there.decide(case, "lin", Decision.REVISE, **keep(1))
    assert copy_of(there, case) == before
    there.decide(case, "lin", Decision.REVISE, **keep(1))
    assert copy_of(there, case) != before


def copy_of(there: Office, case: str) -> str:
    stands = there.desk.store.get(case)
    return there.desk.files.review_copy(case, stands.version).read_text()


def test_joint_units_are_asked_anew_when_the_terms_change_under_them(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(FOUR)
    case = there.waiting(joint=("wu", "zheng"), attribute=Attribute.ON_REQUEST, reason="涉及他人")
    there.decide(case, "wu")
    there.decide(case, "zheng")
    there.decide(case, "wu", Decision.RECLASSIFY, attribute=Attribute.PROACTIVE)
    assert there.step(case) == CONSULT
    there.decide(case, "zheng", Decision.RETURN)
    assert there.desk.store.get(case).state is State.RETURNED


def test_joint_units_to_whom_a_case_comes_back_may_speak_again(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(FOUR)
    case = there.waiting(joint=("zheng",))
    there.decide(case, "zheng")
    there.decide(case, "wu", Decision.SEND_BACK)
    assert there.step(case) == CONSULT
    there.decide(case, "zheng")
    assert there.step(case) == "unit_head"


def test_sending_a_draft_back_shakes_off_no_weakening_of_its_terms(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting(attribute=Attribute.ON_REQUEST, reason="涉及他人")
    there.decide(case, "lin", Decision.RECLASSIFY, attribute=Attribute.PROACTIVE)
    there.decide(case, "lin", Decision.RETURN)
    again(there, case, f"{DRAFT}\n另行通知。")
    with pytest.raises(NotAllowedError, match="另一人"):
        there.decide(case, "lin")
    there.decide(case, "guo")
    assert there.desk.store.get(case).state is State.APPROVED


def test_the_channels_that_the_last_step_sets_stand_in_the_manifest(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting()
    there.decide(case, "lin", channels=("政府门户网站",), wording="标题宜简")
    decided = there.desk.store.get(case)
    assert decided.submission.channels == ("政府门户网站",)
    assert decided.approvals[0].wording == "标题宜简"


def returned(there: Office, text: str = DRAFT) -> str:
    case = there.waiting(text)
    there.decide(case, "lin", Decision.RETURN)
    return case


def again(there: Office, case: str, text: str) -> None:
    there.desk.resubmit(case, [Incoming("公告.txt", text.encode())], "zhou")
    assert there.desk.scan(case).state is State.AWAITING


def test_a_corrected_draft_goes_through_the_same_case_and_shows_what_changed(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = returned(there)
    again(there, case, DRAFT.replace("救助的", "临时救助的") + "\n另行通知苗秋实。")
    record = there.desk.record(case)
    assert "删去：关于救助的公告" in record.since
    assert "增加：关于临时救助的公告" in record.since
    assert "增加：另行通知***。" in record.since
    assert "苗秋实" not in str(record)
    there.decide(case, "lin")
    assert "关于临时救助的公告" in there.published(case)
    kept = there.desk.store.get(case)
    assert [a.decision for a in kept.approvals] == [Decision.RETURN, Decision.APPROVE]
    assert kept.round == 2
    assert there.desk.store.verify() is None


def test_what_was_hidden_by_hand_stays_hidden_and_what_was_kept_is_offered(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting("公告\n苗秋实住东门第三户")
    there.desk.files.put_record(case, "further-x", {"text": "东门第三户"})
    there.decide(case, "lin", Decision.REVISE, further="x")
    there.decide(case, "lin", Decision.REVISE, **keep(1))
    there.decide(case, "guo", Decision.RETURN)
    again(there, case, "公告（修订）\n苗秋实住东门第三户")
    offered = there.desk.record(case).since[-1]
    assert "lin 对第 1 项" in offered
    assert "东门第三户" not in str(there.desk.record(case))
    there.decide(case, "lin")
    text = there.published(case)
    assert "东门第三户" not in text
    assert "苗秋实" not in text


@pytest.mark.parametrize(
    ("text", "officer", "told"),
    [(DRAFT, "zhou", "完全相同"), (DRAFT + "改", "wu", "原送审人")],
)
def test_a_resubmission_that_is_none_is_refused(
    office: Callable[[Approvals], Office], text: str, officer: str, told: str
) -> None:
    there = office(ONE)
    case = returned(there)
    with pytest.raises((NotAllowedError, WrongUsageError), match=told):
        there.desk.resubmit(case, [Incoming("公告.txt", text.encode())], officer)
    assert there.desk.store.get(case).state is State.RETURNED


def test_only_what_was_sent_back_can_be_handed_in_again(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting()
    with pytest.raises(NotAllowedError, match="退回修改"):
        there.desk.resubmit(case, [Incoming("公告.txt", b"x")], "zhou")


def test_a_crash_before_the_case_is_saved_hinders_no_second_try(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = returned(there)
    there.desk.files.put_source(case, 0, "公告.txt", b"half", "r2")
    again(there, case, DRAFT + "改")
    assert there.desk.store.get(case).round == 2


def test_a_forwarded_document_takes_the_attribute_of_what_it_forwards(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    source = there.waiting()
    there.decide(source, "lin", Decision.WITHHOLD)
    with pytest.raises(WrongUsageError, match="不予公开"):
        there.waiting("转发", forwards=source)
    there.waiting(
        "转发", forwards=source, attribute=Attribute.WITHHELD, reason="随原件", basis="条例第十六条"
    )


def test_only_people_who_can_answer_are_asked_as_joint_units(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(FOUR)
    with pytest.raises(WrongUsageError, match="会签"):
        there.waiting(joint=("zhou",))
    with pytest.raises(NotAllowedError):
        there.waiting(joint=("nobody",))


def test_a_refused_opinion_is_told_by_its_field(office: Callable[[Approvals], Office]) -> None:
    there = office(ONE)
    case = there.waiting()
    wish = Wish(2, Treatment.LAWFUL, "苗秋实依法应当公开")
    with pytest.raises(NotAllowedError, match="“逐项修改（序号 2）的理由”中有") as refused:
        there.decide(case, "lin", Decision.REVISE, reason="照改", timing="即日", wishes=(wish,))
    assert "苗秋实" not in str(refused.value)
    with pytest.raises(NotAllowedError, match="“意见”、“对公开时机的意见”中有"):
        there.decide(case, "lin", Decision.RETURN, reason="苗秋实一段", timing="苗秋实已知")


def test_a_set_phrase_is_taken_without_loading_the_detectors(
    office: Callable[[Approvals], Office],
) -> None:
    there = office(ONE)
    case = there.waiting()
    there.detector = None
    there.decide(case, "lin", reason="同意公开。")
    assert there.desk.store.get(case).state is State.APPROVED
