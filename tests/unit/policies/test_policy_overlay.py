"""An office's own rules lie over the built-in ones, rule by rule and field by field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policies.loader import load_policy
from review.finding import Entity, Role
from review.policy import Action, Nlp, NlpEngine, OnClean, Policy, TermLevel

Write = Callable[[str, str], Path]


def test_a_rule_replaces_the_same_cell_and_leaves_the_others(write: Write, builtin: Policy) -> None:
    own = load_policy(
        write(
            "categories/administrative_penalty.yaml",
            """\
            rules:
              - entity: PERSON
                role: legal_representative
                action: keep
                basis: 市场主体登记管理条例
            """,
        )
    )
    before, after = (p.category("administrative_penalty") for p in (builtin, own))
    assert own.rule(after, Entity.PERSON, Role.LEGAL_REPRESENTATIVE).action is Action.KEEP
    changed = set(after.rules) ^ set(before.rules)
    assert {(r.entity, r.role) for r in changed} == {(Entity.PERSON, Role.LEGAL_REPRESENTATIVE)}
    assert after.title == before.title


def test_a_field_replaces_that_field_only(write: Write, builtin: Policy) -> None:
    own = load_policy(write("categories/service_guide.yaml", "on_clean: sign_off\n"))
    category = own.category("service_guide")
    assert category.on_clean is OnClean.SIGN_OFF
    assert category.channels == builtin.category("service_guide").channels
    assert category.rules == builtin.category("service_guide").rules


def test_a_default_replaces_the_default_in_every_category(write: Write) -> None:
    own = load_policy(
        write(
            "policy.yaml",
            """\
            version: 某县-1
            defaults:
              - entity: PERSON
                action: replace
                form: surname_star
                basis: 个人信息保护法第六条
            """,
        )
    )
    assert own.version.endswith("某县-1")
    rule = own.rule(own.category("meeting"), Entity.PERSON, Role.UNKNOWN)
    assert rule.form == "surname_star"


def test_the_floor_may_become_stricter(write: Write) -> None:
    own = load_policy(
        write(
            "policy.yaml",
            """\
            floor:
              - entity: PERSON
                role: [minor, witness]
                action: remove
                basis: 未成年人保护法第一百零三条
            """,
        )
    )
    for role in (Role.MINOR, Role.WITNESS):
        rule = own.rule(own.category("bid_award"), Entity.PERSON, role)
        assert rule.action is Action.REMOVE


def test_a_new_file_adds_a_category(write: Write) -> None:
    own = load_policy(write("categories/gazette.yaml", "title: 政府公报\nbasis: 条例第二十三条\n"))
    category = own.category("gazette")
    assert (category.title, category.on_clean) == ("政府公报", OnClean.SIGN_OFF)
    assert own.rule(category, Entity.PERSON, Role.MINOR).action is Action.REPLACE
    assert own.rule(category, Entity.CN_ID_CARD, Role.UNKNOWN).action is Action.MASK


def test_terms_are_added_and_may_become_harder(write: Write, builtin: Policy) -> None:
    text = """\
    terms:
      - term: 征求意见稿
        level: stop
        category: 过程性信息
        basis: 条例第十四条
        owner: 办公室
        since: 2026-03-01
      - term: 演练脚本
        level: review
        category: 公共安全
        basis: 条例第十四条
        owner: 应急局
        since: 2026-03-01
    """
    own = load_policy(write("terms.yaml", text))
    levels = {term.text: term.level for term in own.terms}
    assert levels["征求意见稿"] is TermLevel.STOP
    assert levels["演练脚本"] is TermLevel.REVIEW
    assert len(own.terms) == len(builtin.terms) + 1


def test_allow_lists_are_united(write: Write, builtin: Policy) -> None:
    own = load_policy(write("allow.yaml", "telephones: [12345, 0591-12399]\n"))
    assert own.allow.telephones == (*builtin.allow.telephones, "0591-12399")
    assert own.allow.phrases == builtin.allow.phrases


def test_several_entities_and_roles_make_one_rule_each(write: Write) -> None:
    own = load_policy(
        write(
            "categories/gazette.yaml",
            """\
            title: 政府公报
            basis: 条例第二十三条
            rules:
              - entity: [PERSON, CN_LICENSE_PLATE]
                role: [applicant, witness]
                action: remove
                basis: 条例第十五条
            """,
        )
    )
    cells = {(rule.entity, rule.role) for rule in own.category("gazette").rules}
    people = (Role.APPLICANT, Role.WITNESS)
    assert cells == {(e, r) for e in (Entity.PERSON, Entity.CN_LICENSE_PLATE) for r in people}


def test_text_is_never_taken_for_something_else(write: Write) -> None:
    """YAML would read these as truth values, octal and floating-point numbers."""
    own = load_policy(write("categories/general.yaml", "title: no\nscope: 1.10\nbasis: 010\n"))
    category = own.category("general")
    assert (category.title, category.scope, category.basis) == ("no", "1.10", "010")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "categories").mkdir()
    path = tmp_path / "categories" / "general.yaml"
    path.write_bytes("\ufefftitle: 其他\r\nscope: 全县\r\n".encode())
    assert load_policy(tmp_path).category("general").scope == "全县"


def test_notes_beside_the_rules_are_left_alone(write: Write) -> None:
    write("README.md", "本单位的规则")
    own = load_policy(write("allow.yaml", "persons: [王安石]\n"))
    assert "王安石" in own.allow.persons


def test_a_minimum_for_names_asks_nothing_more_of_those_that_are_masked(write: Write) -> None:
    own = load_policy(
        write(
            "policy.yaml",
            """\
            minimum:
              - entity: PERSON
                except: [unknown, public_figure, recipient, official, handler, punished,
                         legal_representative, candidate, bidder, project_manager, applicant]
                action: replace
                basis: 个人信息保护法第六条
            """,
        )
    )
    rule = own.rule(own.category("general"), Entity.PERSON, Role.MASKED)
    assert rule.action is Action.KEEP


def test_the_engine_is_the_built_in_one_unless_the_office_names_a_model(
    write: Write, builtin: Policy
) -> None:
    assert builtin.nlp == Nlp(NlpEngine.BUILTIN)
    own = load_policy(write("policy.yaml", "nlp:\n  engine: spacy\n  model: zh_core_web_sm\n"))
    assert own.nlp == Nlp(NlpEngine.SPACY, "zh_core_web_sm")
    assert own.digest != builtin.digest
    folder = "nlp:\n  engine: transformers\n  model: /opt/models/zh\n"
    assert load_policy(write("policy.yaml", folder)).nlp.model == "/opt/models/zh"


LAYERED = """\
terms:
  - term: {term}
    level: {level}
    category: 内部事务
    basis: 条例第十六条
    owner: 县府办
    since: 2026-06-01
    {more}
"""


def test_a_term_that_is_hardened_stays_in_force_from_its_first_day(write: Write) -> None:
    own = load_policy(
        write("terms.yaml", LAYERED.format(term="漏洞清单", level="stop", more="variants: 弱点表"))
    )
    term = next(term for term in own.terms if term.text == "漏洞清单")
    assert term.level is TermLevel.STOP
    assert term.since == "2026-01-01"
    assert term.variants == ("弱点表", "渗透测试报告", "漏洞扫描报告")


@pytest.mark.parametrize(
    ("term", "level", "more", "told"),
    [
        ("漏洞清单", "review", "until: 2026-12-31", "请删去 until"),
        ("会议内部材料", "stop", "near: 名单", "请删去 near"),
        ("会议内部材料", "stop", "not_near: 名单", "请删去 not_near"),
        ("会议内部材料", "stop", "where: title", "请删去 where"),
    ],
)
def test_a_built_in_term_is_not_softened_by_the_back_door(
    write: Write,
    problems: Callable[[Path], tuple[str, ...]],
    term: str,
    level: str,
    more: str,
    told: str,
) -> None:
    (sentence,) = problems(write("terms.yaml", LAYERED.format(term=term, level=level, more=more)))
    assert told in sentence


def test_a_review_term_may_be_narrowed(write: Write) -> None:
    own = load_policy(
        write("terms.yaml", LAYERED.format(term="漏洞清单", level="review", more="where: title"))
    )
    assert next(t for t in own.terms if t.text == "漏洞清单").where == "title"


def test_a_variant_belongs_to_one_term(
    write: Write, problems: Callable[[Path], tuple[str, ...]]
) -> None:
    first = LAYERED.format(term="蓝湖专项", level="stop", more="variants: [蓝湖工程]")
    second = LAYERED.format(term="白塔专项", level="note", more="variants: [蓝湖-工程]")
    (sentence,) = problems(write("terms.yaml", first + second.removeprefix("terms:\n")))
    assert sentence.startswith("terms.yaml 第 9 行")
    assert "与第 2 行的词语或变体相同" in sentence
