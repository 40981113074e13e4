"""A number in pieces is put before a person; what a label tells is hidden without asking."""

from __future__ import annotations

import functools

import pytest

from detectors.run import build_detector
from flows.processing.pipeline import Incoming, Pipeline
from policies.loader import load_policy
from redact.operators import PublishedForms
from review.document import Severity
from review.plan import Verdict
from tests.fakes.workers import TextWorker


@functools.cache
def pipeline() -> Pipeline:
    policy = load_policy(None)
    detector = build_detector(policy.terms, policy.allow)
    return Pipeline(TextWorker(), lambda: detector, policy, PublishedForms)


@pytest.mark.parametrize(
    ("pieces", "name"),
    [(["138", "0013", "8000"], "手机号码"), (["430121", "19811106", "9478"], "身份证号码")],
)
def test_pieces_of_a_number_go_to_a_person(pieces: list[str], name: str) -> None:
    text = "\n".join(["关于开展工作的通知", *pieces, "特此通知"])
    (file,) = pipeline().scan([Incoming("通知.txt", text.encode())], "general").files
    (note,) = [n for n in file.document.notes if n.code == "scattered_number"]
    assert note.severity is Severity.PERSON
    assert note.message.startswith("第2段有拆成几格或几行写的数字")
    assert name in note.message
    assert pieces[1] not in note.message
    assert file.verdict is Verdict.FLAGGED


def test_a_number_that_is_hidden_already_asks_nobody() -> None:
    text = "关于开展工作的通知\n联系电话：\n138\n0013\n8000\n特此通知"
    (file,) = pipeline().scan([Incoming("通知.txt", text.encode())], "general").files
    assert [r.finding.entity.value for r in file.rulings] == ["PHONE_NUMBER"]
    assert not [n for n in file.document.notes if n.code == "scattered_number"]
