"""The approval chains as a person reads them: which cases take which steps, by whom, how soon."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from policies.names import VERDICT_NAMES
from review.approval import CONSULT, Approvals, ChainRule, Step
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute
from review.plan import Verdict
from review.policy import Policy
from review.staffing import STAFF_ROLE_NAMES, StaffRole

CHAIN_COLUMNS = ("案件", "次序", "环节", "办理", "工作日", "代办", "可由同一人再办", "依据")

_JOINT = "联合发文（最先征求，逾期不答复视为同意）"
_JOINT_BASIS = "政府信息公开条例第三十四条"


def chain_rows(policy: Policy) -> Iterator[tuple[str, ...]]:
    """Give one row of ``CHAIN_COLUMNS`` for each step of each chain, in the order of asking."""
    approval = policy.approval
    titles = {key: category.title for key, category in policy.categories.items()}
    if CONSULT in approval.steps:
        yield _row(_JOINT, "", approval.steps[CONSULT], _JOINT_BASIS, approval)
    for place, rule in enumerate(approval.chains):
        cases = case_words(rule, titles) or ("其余案件" if place else "全部案件")
        for number, key in enumerate(rule.steps, 1):
            yield _row(cases, str(number), approval.steps[key], rule.basis, approval)


def _row(cases: str, number: str, step: Step, basis: str, approval: Approvals) -> tuple[str, ...]:
    same = step_titles(step.same_person, approval)
    days, stand_in = str(step.days), role_names(step.stand_in)
    return cases, number, step.title, role_names((step.role,)), days, stand_in, same, basis


def case_words(rule: ChainRule, titles: Mapping[str, str]) -> str:
    """Say which cases a chain is for, empty for all; ``titles`` names the categories."""
    categories = "、".join(titles[key] for key in titles if key in rule.categories)
    return "；".join(filter(None, (categories, *kind_words(rule.attributes, rule.verdicts))))


def kind_words(attributes: Collection[str], verdicts: Collection[str]) -> Iterator[str]:
    """Name attributes, then verdicts, where only some of them are meant."""
    if 0 < len(attributes) < len(Attribute):
        yield "、".join(ATTRIBUTE_NAMES[each] for each in Attribute if each in attributes)
    if 0 < len(verdicts) < len(Verdict):
        yield "、".join(VERDICT_NAMES[each] for each in Verdict if each in verdicts)


def step_titles(keys: Iterable[str], approval: Approvals) -> str:
    """Name steps by their titles."""
    return "、".join(approval.steps[key].title for key in keys)


def role_names(roles: Iterable[StaffRole]) -> str:
    """Name those who take a step."""
    return "、".join(STAFF_ROLE_NAMES[role] for role in roles)


def weakening_words(approval: Approvals) -> str:
    """Say who must agree when a person weakens a protection."""
    if not approval.weakening:
        return "有人把应隐去的改为保留时，须由另一人在该环节同意"
    title = approval.steps[approval.weakening].title
    return f"有人把应隐去的改为保留时，须经“{title}”环节的另一人同意"
