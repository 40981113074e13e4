"""Plain policy papers on 政务公开, written for this test and garbled as scans are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from detectors.run import build_detector
from policies.loader import load_policy
from review.document import Document, plain_document
from review.finding import Entity, Finding, Role
from review.policy import Action

PAPERS = Path(__file__).parents[2] / "fakes" / "policy_papers.txt"
IMPERSONAL = {Entity.SECRECY_MARK, Entity.NEGATIVE_TERM, Entity.WORDING}


@cache
def judged() -> tuple[Document, tuple[Finding, ...]]:
    policy = load_policy()
    document = plain_document(PAPERS.read_text("utf-8").splitlines())
    return document, build_detector(policy.terms, policy.allow).detect(document)


def told(reason: str) -> set[str]:
    document, findings = judged()
    return {
        document.value(f.span)
        for f in findings
        if f.entity is Entity.WORDING and reason in f.reason
    }


def test_the_papers_are_long_enough_to_mean_something() -> None:
    lines = PAPERS.read_text("utf-8").splitlines()
    assert sum(line.startswith("（") for line in lines) >= 15
    assert sum(map(len, lines)) >= 8_000


def test_they_hold_nothing_personal() -> None:
    document, findings = judged()
    alarms = [
        (f.entity.value, document.value(f.span))
        for f in findings
        if f.entity not in IMPERSONAL and f.role is not Role.PUBLIC_FIGURE
    ]
    assert alarms == []


def test_nothing_in_them_stops() -> None:
    policy = load_policy()
    category = policy.category("policy_document")
    _, findings = judged()
    actions = {policy.rule(category, f.entity, f.role).action for f in findings}
    assert Action.BLOCK not in actions


def test_the_wording_check_finds_the_conflicting_document_number() -> None:
    assert told("不同的文号") == {"国办发〔2018〕23号", "国办发[2018] 26 号"}


def test_the_wording_check_finds_what_recognition_garbled() -> None:
    assert told("疑似识别错字") == {"羊位"}
    assert told("混有字母") == {"月l4日"}
    assert told("繁体字") == {"實際", "見"}
    assert told("不成对") == {"《"}
    assert told("六角括号") == {"[2018] 26 号"}
