from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from flows.cases.answer import Answer
from flows.cases.desk import Desk
from flows.cases.published import changed_package
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from redact.operators import PublishedForms
from review.case import Attribute, Decision, State, Submission
from review.document import Document
from review.errors import InputError, NotAllowedError, UnavailableError, WrongUsageError
from review.plan import Verdict
from review.staffing import StaffRole
from tests.fakes.detectors import FailingDetector, WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.refusals import refusals
from tests.fakes.workers import TextWorker

FLAGGED = "关于救助的公告\n救助对象苗秋实，13900000001。"


class Office:
    """A desk on a real store with one officer, two reviewers and a clock that tests may turn."""

    def __init__(self, home: Path, now: datetime) -> None:
        self.now = now
        self.worker = TextWorker()
        self.detector: object = WordDetector()
        store = CaseStore(f"sqlite:///{home / 'review.db'}", home / "audit.head")
        store.migrate()
        staff = StaffRegister(store)
        self.desk = Desk(store, CaseFiles(home), staff, lambda: self.pipeline, lambda: self.now)
        staff.add("zhou", {StaffRole.OFFICER}, at=now)
        self.secret = staff.add("lin", {StaffRole.REVIEWER}, at=now)
        self.both = staff.add("he", {StaffRole.OFFICER, StaffRole.REVIEWER}, at=now)

    @property
    def pipeline(self) -> Pipeline:
        detector = self.detector
        return Pipeline(self.worker, lambda: detector, small_policy(), PublishedForms)  # type: ignore[arg-type,return-value]

    def submit(self, text: str = FLAGGED, category: str = "general", officer: str = "zhou") -> str:
        submission = Submission(category, Attribute.PROACTIVE, officer)
        case, _ = self.desk.submit([Incoming("苗秋实公告.txt", text.encode())], submission)
        return case.id

    def waiting(self, text: str = FLAGGED, **options: str) -> str:
        case = self.submit(text, **options)
        assert self.desk.scan(case).state is State.AWAITING
        return case

    def answer(self, decision: Decision = Decision.APPROVE, **changes: str) -> Answer:
        self.now += timedelta(seconds=30)
        values = {"reason": "同意", "officer": "lin", "code": pyotp.TOTP(self.secret).at(self.now)}
        return Answer(decision=decision, at=self.now, **(values | changes))

    def actions(self, case: str) -> list[str]:
        return [event.action for event in self.desk.store.events(case)]


@pytest.fixture
def office(tmp_path: Path, noon: datetime) -> Office:
    return Office(tmp_path, noon)


def test_a_flagged_draft_is_approved_and_released(office: Office) -> None:
    case = office.waiting()
    assert office.desk.decide(case, office.answer()).state is State.APPROVED
    assert office.desk.release(case).state is State.RELEASED
    folder = office.desk.files.released_dir(case)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (
        folder / "苗某某公告.txt"
    ).read_text() == "关于救助的公告\n救助对象苗某某，139****0001。"
    assert manifest["approvals"][0]["officer"] == "lin"
    assert manifest["findings"] == {"PERSON": {"replace": 2}, "PHONE_NUMBER": {"mask": 1}}
    assert office.desk.store.verify() is None


def test_a_clean_draft_of_an_open_category_is_released_by_policy(office: Office) -> None:
    submission = Submission("open", Attribute.PROACTIVE, "zhou")
    case, _ = office.desk.submit([Incoming("指南.txt", "办事指南".encode())], submission)
    assert office.desk.scan(case.id).state is State.APPROVED
    assert office.desk.release(case.id).approvals[0].officer == "policy"


def test_a_clean_draft_elsewhere_waits_for_one_sign_off(office: Office) -> None:
    submission = Submission("general", Attribute.PROACTIVE, "zhou")
    case, _ = office.desk.submit([Incoming("通知.txt", "放假通知".encode())], submission)
    scanned = office.desk.scan(case.id)
    assert (scanned.verdict, scanned.state) == (Verdict.CLEAN, State.AWAITING)


def test_every_step_done_twice_has_the_effect_of_one(office: Office) -> None:
    case = office.waiting()
    office.desk.scan(case)
    answer = office.answer()
    office.desk.decide(case, answer)
    office.desk.decide(case, answer)
    office.desk.release(case)
    office.desk.release(case)
    assert office.actions(case) == [
        "case_registered", "case_scanned", "case_waiting", "case_approved", "case_released",
    ]  # fmt: skip


def test_the_same_bytes_open_no_second_case(office: Office) -> None:
    assert office.submit() == office.submit()
    assert len(office.desk.store.list()) == 1


def test_an_unknown_category_opens_no_case(office: Office) -> None:
    with pytest.raises(WrongUsageError, match="general"):
        office.submit(category="gossip")
    assert office.desk.store.list() == []


def test_a_channel_that_the_category_does_not_allow_is_refused(office: Office) -> None:
    draft = [Incoming("花名册.txt", FLAGGED.encode())]
    for channel in ("政府门户网站", "村（社区）公示栏"):
        submission = Submission("roster", Attribute.PROACTIVE, "zhou", channels=(channel,))
        if channel == "村（社区）公示栏":
            assert office.desk.submit(draft, submission)[1]
        else:
            with pytest.raises(WrongUsageError, match="公示栏"):
                office.desk.submit(draft, submission)


def test_somebody_who_is_no_officer_cannot_submit(office: Office) -> None:
    for stranger in ("lin", "nobody"):
        with pytest.raises(NotAllowedError):
            office.submit(officer=stranger)


def test_a_file_that_cannot_be_read_opens_no_case(office: Office) -> None:
    class Broken(TextWorker):
        def read(self, name: str, data: bytes) -> Document:
            raise InputError("文件已损坏。")

    office.worker = Broken()
    with pytest.raises(InputError):
        office.submit()
    assert office.desk.store.list() == []


def test_who_handed_in_a_draft_cannot_approve_it(office: Office) -> None:
    case = office.waiting(officer="he")
    code = pyotp.TOTP(office.both).at(office.now + timedelta(seconds=30))
    with pytest.raises(NotAllowedError, match="送审人"):
        office.desk.decide(case, office.answer(officer="he", code=code))
    assert office.desk.store.get(case).state is State.AWAITING


def test_an_officer_cannot_approve(office: Office) -> None:
    case = office.waiting(officer="he")
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer(officer="zhou"))


def test_a_wrong_code_leaves_the_case_waiting_and_is_recorded(office: Office) -> None:
    case = office.waiting()
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer(code="000000"))
    assert len(refusals(office.desk, case)) == 1
    assert office.desk.decide(case, office.answer()).state is State.APPROVED


def test_a_code_is_good_for_one_decision_only(office: Office) -> None:
    first, second = office.waiting(), office.waiting(FLAGGED + "又")
    answer = office.answer()
    office.desk.decide(first, answer)
    with pytest.raises(NotAllowedError):
        office.desk.decide(second, answer)


def test_sending_back_needs_a_reason(office: Office) -> None:
    case = office.waiting()
    with pytest.raises(NotAllowedError, match="理由"):
        office.desk.decide(case, office.answer(Decision.RETURN, reason=" "))
    decided = office.desk.decide(case, office.answer(Decision.RETURN, reason="范围不对"))
    assert decided.state is State.RETURNED


def test_an_opinion_with_a_personal_value_is_refused_and_not_kept(office: Office) -> None:
    case = office.waiting()
    with pytest.raises(NotAllowedError, match="个人信息"):
        office.desk.decide(case, office.answer(reason="请电告13900000001"))
    exported = " ".join(str(event) for event in office.desk.store.events())
    assert "13900000001" not in exported


def test_a_blocked_draft_can_only_be_sent_back_or_withheld(office: Office) -> None:
    case = office.waiting("机密★10年\n关于安保的报告")
    with pytest.raises(NotAllowedError, match="拦截"):
        office.desk.decide(case, office.answer())
    decided = office.desk.decide(case, office.answer(Decision.WITHHOLD, reason="涉密"))
    assert decided.state is State.WITHHELD


def test_an_output_that_cannot_be_proven_quarantines_the_case(office: Office) -> None:
    office.worker.complaints = ("页眉中仍有原文。",)
    case = office.waiting()
    held = office.desk.store.get(case)
    assert held.verdict is Verdict.QUARANTINED
    assert held.note.startswith("页眉中仍有原文。请起草人")
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer())


def test_people_see_what_was_found_in_a_case_that_could_not_be_proven(office: Office) -> None:
    office.worker.complaints = ("页眉中仍有原文。",)
    case = office.desk.store.get(office.waiting())
    record = office.desk.record(case.id)
    assert len(record.findings) == 3
    assert record.note == case.note
    assert case.title == record.title == "关于救助的公告"
    page = office.desk.files.review_copy(case.id, case.version).read_text("utf-8")
    assert f"没有公开件：{case.note}" in page
    assert "本件现在不能公开" in page
    assert not (office.desk.files.case_dir(case.id) / "outputs").exists()
    sent_back = office.desk.decide(case.id, office.answer(Decision.RETURN, reason="请改写"))
    assert sent_back.state is State.RETURNED


def test_what_was_found_stays_on_record_when_the_release_fails(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    (office.desk.files.case_dir(case) / "outputs" / "0.bin").write_bytes(b"other")
    assert office.desk.release(case).verdict is Verdict.QUARANTINED
    record = office.desk.record(case)
    assert record.findings
    assert record.note == office.desk.store.get(case).note


def test_a_failing_detector_quarantines_the_case_without_quoting_it(office: Office) -> None:
    case = office.submit()
    office.detector = FailingDetector()
    held = office.desk.scan(case)
    assert held.verdict is Verdict.QUARANTINED
    assert "苗秋实" not in str(held) + str(list(office.desk.store.events()))


def test_a_database_that_fails_during_the_scan_leaves_the_case_registered(office: Office) -> None:
    class Offline(TextWorker):
        def read(self, name: str, data: bytes) -> Document:
            raise UnavailableError("数据库连不上。")

    case = office.submit()
    office.worker = Offline()
    with pytest.raises(UnavailableError):
        office.desk.scan(case)
    assert office.desk.store.get(case).state is State.REGISTERED


def test_output_bytes_changed_after_approval_are_never_released(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    office.desk.files.put_output(case, 0, "苗某某公告.txt", b"swapped")
    held = office.desk.release(case)
    assert (held.state, held.verdict) == (State.AWAITING, Verdict.QUARANTINED)
    assert not office.desk.files.released_dir(case).exists()


SHOWN = ["records/findings.json", "review.html", "outputs/0.json"]


@pytest.mark.parametrize("what", SHOWN)
def test_nobody_agrees_to_what_was_changed_after_the_scan(office: Office, what: str) -> None:
    case = office.waiting()
    path = office.desk.files.case_dir(case) / what
    path.write_text(path.read_text().replace("公告", "公告苗秋实"))
    with pytest.raises(NotAllowedError, match="与检测时的不一致"):
        office.desk.decide(case, office.answer())
    back = office.desk.decide(case, office.answer(Decision.RETURN, reason="被改动过"))
    assert back.state is State.RETURNED


@pytest.mark.parametrize("what", SHOWN)
def test_what_was_changed_after_the_approval_is_not_published(office: Office, what: str) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    path = office.desk.files.case_dir(case) / what
    path.write_text(path.read_text().replace("公告", "公告苗秋实"))
    held = office.desk.release(case)
    assert (held.state, held.verdict) == (State.AWAITING, Verdict.QUARANTINED)


def test_a_package_changed_after_its_release_is_found(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    office.desk.release(case)
    store, files = office.desk.store, office.desk.files
    folder = files.released_dir(case)
    assert changed_package(store, files) is None
    (published,) = folder.glob("*.txt")
    for path, content in (
        (published, b"13900000001"),
        (folder / "manifest.json", b"{}"),
        (folder / "list.txt", b"13900000001"),
    ):
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(content)
        broken = changed_package(store, files)
        assert broken is not None
        assert f"案件 {case} 的公开包" in broken.message
        path.write_bytes(before) if before else path.unlink()
    published.rename(folder / "another.txt")
    assert changed_package(store, files) is not None
    (folder / "another.txt").unlink()
    assert changed_package(store, files) is None
    shutil.rmtree(folder)
    assert changed_package(store, files) is None


def test_an_exchanged_original_is_not_processed_and_goes_back(office: Office) -> None:
    case = office.submit()
    sources = office.desk.files.case_dir(case) / "sources"
    other = "关于供水的公告\n全文公开。".encode()
    label = {"name": "公告.txt", "sha256": hashlib.sha256(other).hexdigest()}
    (sources / "0.bin").write_bytes(other)
    (sources / "0.json").write_text(json.dumps(label))
    office.desk.scan(case)
    held = office.desk.store.get(case)
    assert (held.verdict, held.note[:10]) == (Verdict.QUARANTINED, "存放的原件与送审时的")
    back = office.desk.decide(case, office.answer(Decision.RETURN, reason="原件被换过"))
    assert back.state is State.RETURNED


def test_a_mark_that_contradicts_the_declared_attribute_needs_a_person(office: Office) -> None:
    submission = Submission("open", Attribute.PROACTIVE, "zhou")
    text = "办事指南\n（此件不公开）"
    case, _ = office.desk.submit([Incoming("指南.txt", text.encode())], submission)
    assert office.desk.scan(case.id).state is State.AWAITING


def test_store_and_chain_hold_no_personal_value(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    office.desk.release(case)
    office.desk.store.close()
    raw = b"".join(p.read_bytes() for p in office.desk.files.case_dir(case).parents[1].glob("*.*"))
    assert b"case_released" in raw
    for value in ("苗秋实", "13900000001"):
        assert value.encode() not in raw


def test_two_runs_of_one_case_do_not_spoil_each_other(office: Office) -> None:
    from threading import Barrier, Thread

    case, together = office.submit(), Barrier(4)

    def run() -> None:
        together.wait()
        office.desk.scan(case)

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert office.actions(case) == ["case_registered", "case_scanned", "case_waiting"]
    assert len(office.desk.record(case).findings) == 3


def test_a_second_answer_to_a_decided_case_is_refused_and_recorded(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    with pytest.raises(NotAllowedError, match="办结"):
        office.desk.decide(case, office.answer(Decision.RETURN, reason="范围不对"))
    assert office.actions(case)[-2:] == ["case_approved", "answer_refused"]
    assert office.desk.store.get(case).state is State.APPROVED


def test_a_late_answer_does_not_change_the_package_that_is_being_written(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    approved = office.desk.store.get(case)
    office.desk.release(case)
    manifest = office.desk.files.released_dir(case) / "manifest.json"
    before = manifest.read_bytes()
    office.desk.refuse(case, "没有收到完整的审批意见，请重新填写。")
    office.desk._publish(approved)  # what a worker killed before the last save does again
    assert manifest.read_bytes() == before


def test_an_answer_laid_ready_before_the_case_waited_is_refused(office: Office) -> None:
    early = office.answer()
    office.now += timedelta(minutes=5)
    case = office.waiting()
    with pytest.raises(NotAllowedError, match="早于"):
        office.desk.decide(case, early)
    assert office.desk.store.get(case).state is State.AWAITING


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_code_of_five_minutes_away_is_refused(office: Office, minutes: int) -> None:
    case = office.waiting()
    answer = office.answer()
    code = pyotp.TOTP(office.secret).at(office.now + timedelta(minutes=minutes))
    with pytest.raises(NotAllowedError, match="动态口令"):
        office.desk.decide(case, office.answer(code=code))
    assert answer.code != code


def test_the_code_of_one_person_does_not_speak_for_another(office: Office) -> None:
    case = office.waiting()
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer(officer="he"))
    assert office.actions(case)[-1] == "answer_refused"


def test_a_disabled_reviewer_decides_nothing(office: Office) -> None:
    case = office.waiting()
    office.desk.staff.disable("lin", at=office.now)
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer())
    assert office.desk.store.get(case).state is State.AWAITING


@pytest.mark.parametrize("typed", ["35018119850312201X", "苗秋实", "13900000001", "a" * 5000])
def test_what_is_typed_for_a_staff_number_is_not_kept(office: Office, typed: str) -> None:
    case = office.waiting()
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer(officer=typed))
    (refused,) = [e for e in office.desk.store.events(case) if e.action == "answer_refused"]
    assert refused.actor == "unknown"
    assert typed not in str(list(office.desk.store.events()))


def test_a_staff_number_of_digits_is_recorded_as_itself(office: Office) -> None:
    office.desk.staff.add("1001", {StaffRole.REVIEWER}, at=office.now)
    case = office.waiting()
    with pytest.raises(NotAllowedError):
        office.desk.decide(case, office.answer(officer="1001", code="000000"))
    assert list(office.desk.store.events(case))[-1].actor == "1001"


@pytest.mark.parametrize("opinion", ["请与苗 局 长核对", "已问过苗秋实", "详见" + "附" * 500])
def test_an_opinion_bears_no_name_even_one_that_may_be_published(
    office: Office, opinion: str
) -> None:
    case = office.waiting("关于救助的公告\n苗局长答复苗秋实。")
    with pytest.raises(NotAllowedError, match="意见"):
        office.desk.decide(case, office.answer(reason=opinion))


def test_a_template_in_the_opinion_stays_a_text(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer(reason="{{ 7 * 7 }}{% raw %}"))
    assert office.desk.release(case).approvals[0].reason == "{{ 7 * 7 }}{% raw %}"


@pytest.mark.parametrize(
    "declared",
    [
        {"reason": "苗秋实本人申请"},
        {"basis": "电13900000001"},
        {"channels": ("张贴在苗局长处",)},
        {"reason": "长" * 501},
    ],
)
def test_a_declaration_with_a_personal_value_opens_no_case(
    office: Office, declared: dict[str, str]
) -> None:
    submission = Submission("general", Attribute.PROACTIVE, "zhou", **declared)  # type: ignore[arg-type]
    with pytest.raises(WrongUsageError):
        office.desk.submit([Incoming("公告.txt", FLAGGED.encode())], submission)
    assert office.desk.store.list() == []


@pytest.mark.parametrize(
    ("attribute", "declared"),
    [
        (Attribute.ON_REQUEST, {}),
        (Attribute.WITHHELD, {"reason": "涉及安全"}),
        (Attribute.WITHHELD, {"reason": " ", "basis": "条例第十四条"}),
    ],
)
def test_what_is_not_proactive_needs_its_grounds_at_every_door(
    office: Office, attribute: Attribute, declared: dict[str, str]
) -> None:
    with pytest.raises(WrongUsageError):
        office.desk.submit(
            [Incoming("公告.txt", FLAGGED.encode())],
            Submission("general", attribute, "zhou", **declared),
        )


def test_a_lost_record_quarantines_the_approved_case(office: Office) -> None:
    case = office.waiting()
    office.desk.decide(case, office.answer())
    (office.desk.files.case_dir(case) / "records" / "findings.json").write_text("{}")
    held = office.desk.release(case)
    assert (held.state, held.verdict) == (State.AWAITING, Verdict.QUARANTINED)


def test_a_case_number_that_is_none_makes_no_folder(office: Office, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    for number in ("../../etc", "{{ 7*7 }}", "9" * 10000, ""):
        with pytest.raises(WrongUsageError):
            office.desk.scan(number)
    assert sorted(tmp_path.rglob("*")) == before


def noted(office: Office, case: str) -> dict[str, str]:
    return {note.code: note.message for note in office.desk.record(case).notes}


def test_the_reviewer_is_told_of_timing_channels_and_attribute(office: Office) -> None:
    text = "关于救助的公告\n救助对象苗秋实。\n江县民政局\n2026年1月5日\n（此件公开发布）"
    notes = noted(office, office.waiting(text))
    assert "条例第二十六条" in notes["timing_overdue"]
    assert "建议公开属性：主动公开" in notes["attribute_proposed"]
    assert office.desk.record("2026-0001").attribute_proposed["attribute"] == "proactive"
    assert office.desk.record("2026-0001").made_on == "2026-01-05"


def test_a_clean_draft_whose_time_has_not_come_waits_for_a_person(office: Office) -> None:
    submission = Submission("open", Attribute.PROACTIVE, "zhou")
    text = "办事指南\n（2026年12月31日前不得公开）"
    case, _ = office.desk.submit([Incoming("指南.txt", text.encode())], submission)
    assert office.desk.scan(case.id).state is State.AWAITING
    assert "timing_embargo" in noted(office, case.id)


def test_a_list_comes_down_when_the_period_that_it_announces_is_over(office: Office) -> None:
    case = office.waiting("办事指南公示\n公示期为5个工作日。\n苗秋实", category="open")
    office.desk.decide(case, office.answer())
    office.desk.release(case)
    manifest = json.loads((office.desk.files.released_dir(case) / "manifest.json").read_text())
    # 5 March is a Thursday: five working days later it is the 12th, the last day of the display.
    assert (manifest["publish_on"], manifest["take_down_on"]) == ("2026-03-05", "2026-03-13")
