"""What is declared beside a draft in the watched folder goes with it, or refuses it."""

from __future__ import annotations

from datetime import date

import pytest

from flows.intake.inbox import Fate, Inbox
from flows.intake.sidecar import Sidecar
from review.case import Attribute
from tests.fakes.inbox import SETTLE, Cases, lying, put, settle

FULL = """
attribute: on_request
officer: 0012
reason: 涉及个人隐私
basis: 条例第十五条
channels: [政府网站, 公告栏]
publish_on: 2026-07-01
"""


@pytest.mark.parametrize("name", ["通知.docx.yaml", "通知.yaml", "通知.YML"])
def test_a_declaration_goes_with_its_draft(inbox: Inbox, cases: Cases, name: str) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, f"general/{name}", FULL)
    settle(inbox)
    ((_, _, declared),) = cases.calls
    assert declared == Sidecar(
        attribute=Attribute.ON_REQUEST,
        officer="0012",
        reason="涉及个人隐私",
        basis="条例第十五条",
        channels=("政府网站", "公告栏"),
        publish_on=date(2026, 7, 1),
    )
    assert set(lying(inbox, "accepted/C-0001")) == {"通知.docx", name}
    assert lying(inbox, "general") == {}


def test_a_draft_without_an_attribute_is_refused_and_told_what_to_write(
    inbox: Inbox, cases: Cases
) -> None:
    put(inbox, "submission.yaml", "officer: zhou")
    put(inbox, "general/通知.docx")
    (outcome,) = settle(inbox)
    assert (outcome.fate, cases.calls) == (Fate.REJECTED, [])
    assert "attribute: 主动公开、依申请公开、不予公开之一" in outcome.message


def test_a_forwarded_draft_needs_no_attribute_of_its_own(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "submission.yaml", "officer: zhou")
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", "forwards: 2026-0001")
    settle(inbox)
    assert cases.calls[0][2] == Sidecar(officer="zhou", forwards="2026-0001")


@pytest.mark.parametrize(
    ("declaration", "told"), [(None, "submission.yaml"), ("attribute: proactive", "没有 officer")]
)
def test_a_draft_that_nobody_hands_in_is_told_what_to_write(
    inbox: Inbox, cases: Cases, declaration: str | None, told: str
) -> None:
    (inbox.root / "submission.yaml").unlink()
    put(inbox, "general/通知.docx")
    if declaration:
        put(inbox, "general/通知.docx.yaml", declaration)
    (outcome,) = settle(inbox)
    assert (outcome.fate, cases.calls) == (Fate.REJECTED, [])
    note = lying(inbox, "rejected/general")["通知.docx.reason.txt"]
    assert told in note
    assert note.endswith("\nofficer: 送审人工号\nattribute: 主动公开\n")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("主动公开", Attribute.PROACTIVE),
        ("依申请公开", Attribute.ON_REQUEST),
        ("不予公开", Attribute.WITHHELD),
        ("on_request", Attribute.ON_REQUEST),
    ],
)
def test_an_attribute_may_be_written_in_chinese(
    inbox: Inbox, cases: Cases, written: str, meant: Attribute
) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", f"attribute: {written}")
    settle(inbox)
    assert cases.calls[0][2].attribute is meant


def test_a_folder_declares_for_all_its_drafts_and_the_nearer_word_counts(
    inbox: Inbox, cases: Cases
) -> None:
    put(inbox, "submission.yaml", "officer: '1001'\nattribute: proactive\nbasis: 甲")
    put(inbox, "general/submission.yaml", "basis: 乙")
    put(inbox, "general/急件/通知.docx")
    put(inbox, "general/急件/通知.docx.yaml", "reason: 丙")
    put(inbox, "general/submission.docx", "别的")
    settle(inbox)
    declared = {name: (s.officer, s.basis, s.reason) for name, _, s in cases.calls}
    assert declared == {
        "通知.docx": ("1001", "乙", "丙"),
        "submission.docx": ("1001", "乙", ""),
    }
    assert (inbox.root / "submission.yaml").exists()
    assert (inbox.root / "general" / "submission.yaml").exists()


def test_a_declaration_shared_by_two_drafts_serves_both(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx", "正文")
    put(inbox, "general/通知.xlsx", "附表")
    put(inbox, "general/通知.yaml", "officer: '1001'")
    settle(inbox)
    assert [s.officer for _, _, s in cases.calls] == ["1001", "1001"]
    assert set(lying(inbox, "accepted")) == {
        "C-0001/通知.docx", "C-0002/通知.xlsx", "C-0002/通知.yaml",
    }  # fmt: skip


def test_a_declaration_still_being_written_holds_the_draft(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    inbox.sweep(0.0)
    put(inbox, "general/通知.yaml", "attribute: withheld")
    assert inbox.sweep(SETTLE) == []
    inbox.sweep(2 * SETTLE)
    assert cases.calls[0][2].attribute is Attribute.WITHHELD


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("attribute: 公开", "主动公开、依申请公开、不予公开"),
        ("publish_on: 下周", "2026-12-01"),
        ("channels: 网站", "channels"),
        ("officer: [1]", "officer"),
        ("庞桃英: 1", "不认识"),
        ("- 一\n- 二", "YAML"),
        ("a: [", "YAML"),
        ("? {a: b}\n: c", "YAML"),
        ("[" * 5000, "YAML"),
        ("x" * 70_000, "过大"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_draft(
    inbox: Inbox, cases: Cases, text: str, told: str
) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", text)
    (outcome,) = settle(inbox)
    assert outcome.fate is Fate.REJECTED
    assert told in outcome.message
    assert "庞桃英" not in outcome.message
    assert cases.calls == []
    assert set(lying(inbox, "rejected/general")) == {
        "通知.docx", "通知.yaml", "通知.docx.reason.txt",
    }  # fmt: skip


def test_a_declaration_in_another_encoding_is_refused(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    (inbox.root / "general" / "通知.yaml").write_bytes("reason: 涉及隐私".encode("gb18030"))
    (outcome,) = settle(inbox)
    assert "YAML" in outcome.message


def test_an_empty_declaration_declares_nothing(inbox: Inbox, cases: Cases) -> None:
    put(inbox, "general/通知.docx")
    put(inbox, "general/通知.yaml", "")
    settle(inbox)
    assert cases.calls[0][2] == Sidecar(officer="zhou", attribute=Attribute.PROACTIVE)
