from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from review.document import Block, Document, Location, Note, Severity, Span
from review.finding import Entity, Finding, unite
from review.plan import (
    RedactionPlan,
    Verdict,
    redacted_document,
    removed_values,
    replaced_spans,
    verdict,
)
from review.planning import build_plans
from review.policy import HIDING, STRENGTH, Action, Category, Policy, Rule

ENTITIES = (Entity.PERSON, Entity.CN_ADDRESS, Entity.CN_ID_CARD, Entity.HEALTH)
CATEGORY = Category("general", "通用", ())
MARK = "■"


class Numbered:
    """Write a recognisable replacement and remember what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def replacements(
        self,
        hidden: Sequence[tuple[Finding, Rule, str]],
        kept: Sequence[tuple[Finding, str]],
    ) -> list[str]:
        self.asked += [value for _, _, value in hidden]
        return [f"{MARK}{finding.id}{MARK}" for finding, _, _ in hidden]


DOCUMENTS = st.lists(st.text("张三丰12 \n", max_size=6), max_size=8).map(
    lambda texts: Document(
        "txt", tuple(Block(text, Location("text", n)) for n, text in enumerate(texts))
    )
)


@st.composite
def scans(draw: st.DrawFn) -> tuple[Document, tuple[Finding, ...]]:
    document = draw(DOCUMENTS)
    last = len(document.text) if document.blocks else 0
    found = []
    for _ in range(draw(st.integers(0, 8)) if document.blocks else 0):
        start, end = sorted((draw(st.integers(0, last)), draw(st.integers(0, last))))
        score = draw(st.sampled_from([0.3, 0.9]))
        found.append(Finding(draw(st.sampled_from(ENTITIES)), Span(start, end), score, "test"))
    return document, unite(found)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    rules = tuple(
        Rule(
            entity,
            None,
            draw(st.sampled_from(Action)),
            "依据",
            proposal=draw(st.sampled_from([Action.KEEP, Action.REMOVE])),
        )
        for entity in ENTITIES
    )
    return Policy("1", "digest", (), rules, {CATEGORY.key: CATEGORY})


def plan_one(document: Document, found: Sequence[Finding], policy: Policy) -> RedactionPlan:
    (plan,) = build_plans([(document, found)], policy, CATEGORY, Numbered())
    return plan


def hiding(found: Sequence[Finding], policy: Policy) -> list[tuple[Finding, Action]]:
    ruled = ((f, policy.rule(CATEGORY, f.entity, f.role).effect) for f in found)
    return [(f, effect) for f, effect in ruled if effect in HIDING]


def covered(document: Document, found: Sequence[Finding]) -> set[tuple[int, int]]:
    """List (block, offset) of every character under a finding, line feeds between blocks apart."""
    return {
        (block, offset)
        for finding in found
        if finding.span.start < finding.span.end
        for block, local in document.split(finding.span)
        for offset in range(local.start, local.end)
    }


def edited(plan: RedactionPlan) -> list[tuple[int, int]]:
    return [(e.block, offset) for e in plan.edits for offset in range(e.start, e.end)]


@given(scans(), policies())
def test_exactly_the_hidden_characters_are_edited_and_each_once(scan, policy: Policy):
    document, found = scan
    changed = edited(plan_one(document, found, policy))
    assert len(changed) == len(set(changed))
    assert set(changed) == covered(document, [f for f, _ in hiding(found, policy)])


@given(scans(), policies())
def test_the_strongest_effect_rules_every_character(scan, policy: Policy):
    document, found = scan
    plan = plan_one(document, found, policy)
    effects = {f.id: effect for f, effect in hiding(found, policy)}
    for edit in plan.edits:
        for offset in range(edit.start, edit.end):
            rivals = [
                STRENGTH[effect]
                for finding, effect in hiding(found, policy)
                if (edit.block, offset) in covered(document, [finding])
            ]
            assert STRENGTH[effects[edit.finding]] == max(rivals)


@given(scans(), policies())
def test_what_is_not_hidden_stays_as_it_was(scan, policy: Policy):
    document, found = scan
    plan = plan_one(document, found, policy)
    redacted = redacted_document(document, plan)
    assert len(redacted.blocks) == len(document.blocks)
    gone = set(edited(plan))
    for number, (before, after) in enumerate(zip(document.blocks, redacted.blocks, strict=True)):
        kept = [c for offset, c in enumerate(before.text) if (number, offset) not in gone]
        pieces = after.text.split(MARK)
        assert "".join(pieces[::2]) == "".join(kept)
        assert before.location == after.location


@given(scans(), policies())
def test_the_place_of_every_replacement_is_known(scan, policy: Policy):
    document, found = scan
    plan = plan_one(document, found, policy)
    redacted = redacted_document(document, plan)
    ordered = sorted(plan.edits, key=lambda e: (e.block, e.start))
    spans = replaced_spans(document, plan)
    assert [redacted.value(span) for span in spans] == [e.replacement for e in ordered]


@given(scans(), policies())
def test_every_text_taken_out_is_told_to_the_verifier(scan, policy: Policy):
    document, found = scan
    plan = plan_one(document, found, policy)
    removed = removed_values(document, plan)
    assert len(removed) == len(set(removed))
    assert list(map(len, removed)) == sorted(map(len, removed), reverse=True)
    pieces = Counter(edit.finding for edit in plan.edits)
    for edit in plan.edits:
        text = document.blocks[edit.block].text[edit.start : edit.end]
        lost_in_any_text = pieces[edit.finding] > 1 and text.isascii() and len(text) < 3
        assert text in removed or not text.strip() or lost_in_any_text
    for ruling in plan.rulings:
        if ruling.replacement is not None:
            whole = document.value(ruling.finding.span)
            assert whole in removed or not whole.strip()


@given(scans(), policies())
def test_every_finding_is_told_and_only_hidden_ones_have_a_replacement(scan, policy: Policy):
    document, found = scan
    plan = plan_one(document, found, policy)
    assert [r.finding for r in plan.rulings] == list(found)
    for ruling in plan.rulings:
        assert ruling.replacement is None or ruling.rule.effect in HIDING


@given(scans(), policies())
def test_the_same_scan_gives_the_same_plan_and_digest(scan, policy: Policy):
    document, found = scan
    assert plan_one(document, found, policy) == plan_one(document, found, policy)
    digests = {plan_one(document, found, policy).digest for _ in range(2)}
    assert len(digests) == 1


@given(scans(), policies(), st.data())
def test_any_change_of_a_plan_changes_its_digest(scan, policy: Policy, data: st.DataObject):
    document, found = scan
    plan = plan_one(document, found, policy)
    changes = [
        replace(plan, document_digest="other"),
        replace(plan, policy_digest="other"),
        replace(plan, category="other"),
    ]
    if plan.edits:
        edit = data.draw(st.sampled_from(plan.edits))
        others = [e for e in plan.edits if e != edit]
        for changed in (
            replace(edit, block=edit.block + 1),
            replace(edit, start=edit.start + 1),
            replace(edit, end=edit.end + 1),
            replace(edit, replacement="x"),
            replace(edit, finding="x"),
        ):
            changes.append(replace(plan, edits=(*others, changed)))
        changes.append(replace(plan, edits=tuple(others)))
    if plan.rulings:
        first, *rest = plan.rulings
        for changed in (
            replace(first, replacement="x"),
            replace(first, finding=replace(first.finding, score=0.77)),
            replace(first, rule=replace(first.rule, basis="x")),
        ):
            changes.append(replace(plan, rulings=(changed, *rest)))
        changes.append(replace(plan, rulings=tuple(rest)))
    assert plan.digest not in {changed.digest for changed in changes}


@given(st.lists(scans(), max_size=4), policies())
def test_all_documents_of_a_case_are_planned_in_one_call(scanned, policy: Policy):
    together, alone = Numbered(), Numbered()
    plans = build_plans(scanned, policy, CATEGORY, together)
    assert plans == tuple(build_plans([scan], policy, CATEGORY, alone)[0] for scan in scanned)
    assert together.asked == alone.asked


@given(scans(), policies(), st.booleans())
def test_a_scan_is_clean_only_when_everything_found_is_kept(scan, policy: Policy, doubt: bool):
    document, found = scan
    if doubt:
        document = replace(document, notes=(Note("x", "请核对", Severity.PERSON),))
    plan = plan_one(document, found, policy)
    actions = {r.rule.action for r in plan.rulings}
    judged = verdict(document, plan)
    assert (judged is Verdict.BLOCKED) == (Action.BLOCK in actions)
    assert (judged is Verdict.CLEAN) == (actions <= {Action.KEEP} and not doubt)
    if judged is Verdict.CLEAN:
        assert not plan.edits


@given(DOCUMENTS, st.data())
def test_a_span_cut_at_block_borders_is_the_same_text(document: Document, data: st.DataObject):
    if not document.blocks:
        return
    last = len(document.text)
    start, end = sorted((data.draw(st.integers(0, last)), data.draw(st.integers(0, last))))
    pieces = list(document.split(Span(start, end)))
    joined = "".join(document.blocks[b].text[s.start : s.end] for b, s in pieces)
    borders = {s - 1 for s in document.starts[1:]}
    expected = "".join(document.text[i] for i in range(start, end) if i not in borders)
    assert joined == expected
    for block, local in pieces:
        assert document.block_at(document.starts[block] + local.start) == block
