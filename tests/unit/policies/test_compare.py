"""A comparison says in words what became weaker, stronger, new or was removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from policies.changes import EVERY_CATEGORY, Change, Kind
from policies.compare import compare
from review.finding import Entity, Role
from review.policy import Action, Category, Nlp, NlpEngine, OnClean, Policy, Rule, TermLevel, Where

BASIS = "条例第十五条"


def with_rule(policy: Policy, key: str, rule: Rule) -> Policy:
    category = policy.categories[key]
    kept = tuple(r for r in category.rules if (r.entity, r.role) != (rule.entity, rule.role))
    return with_category(policy, replace(category, rules=(rule, *kept)))


def with_category(policy: Policy, category: Category) -> Policy:
    return replace(policy, categories={**policy.categories, category.key: category})


def only(changes: tuple[Change, ...]) -> Change:
    (change,) = changes
    return change


def test_the_same_rules_show_no_change(builtin: Policy) -> None:
    assert compare(builtin, builtin) == ()


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (Rule(Entity.PHONE_NUMBER, None, Action.KEEP, BASIS), Kind.WEAKER),
        (Rule(Entity.PHONE_NUMBER, None, Action.REMOVE, BASIS), Kind.STRONGER),
        (Rule(Entity.PHONE_NUMBER, None, Action.MASK, BASIS, "4+****+4"), Kind.WEAKER),
        (Rule(Entity.PHONE_NUMBER, None, Action.MASK, BASIS, "0+****+4"), Kind.STRONGER),
        (Rule(Entity.PHONE_NUMBER, None, Action.MASK, BASIS, "3+****+4"), Kind.CHANGED),
        (Rule(Entity.CN_ADDRESS, None, Action.GENERALISE, BASIS, "county"), Kind.STRONGER),
        (Rule(Entity.CN_USCC, None, Action.REVIEW, BASIS), Kind.STRONGER),
        (Rule(Entity.PERSON, None, Action.REPLACE, BASIS, "surname_star"), Kind.WEAKER),
        (
            Rule(Entity.CN_ADDRESS, None, Action.REVIEW, BASIS, proposal=Action.KEEP),
            Kind.WEAKER,
        ),
    ],
)
def test_a_changed_rule_goes_the_way_of_what_it_shows(
    builtin: Policy, rule: Rule, kind: Kind
) -> None:
    change = only(compare(builtin, with_rule(builtin, "general", rule)))
    assert (change.kind, change.where) == (kind, "一般文件")


def test_the_words_say_from_what_to_what_and_why(builtin: Policy) -> None:
    rule = Rule(Entity.PERSON, Role.PUNISHED, Action.REMOVE, BASIS)
    change = only(compare(builtin, with_rule(builtin, "administrative_penalty", rule)))
    assert change.words == "姓名（被处罚人）由“保留”改为“删除”，依据：条例第十五条"


def test_a_dropped_rule_shows_with_its_effect(builtin: Policy) -> None:
    category = builtin.categories["subsidy_payment"]
    rules = tuple(r for r in category.rules if r.entity is not Entity.CN_BANK_CARD)
    change = only(compare(builtin, with_category(builtin, replace(category, rules=rules))))
    assert change.kind is Kind.WEAKER
    assert "由“删除”改为“遮盖（留前 0 位、后 4 位）”" in change.words


def test_a_changed_default_is_told_once_for_all_categories(builtin: Policy) -> None:
    rules = tuple(
        replace(r, action=Action.KEEP) if r.entity is Entity.ETHNICITY else r
        for r in builtin.defaults
    )
    changes = compare(builtin, replace(builtin, defaults=rules))
    assert len(changes) == 1
    assert changes[0].kind is Kind.WEAKER
    assert "办事指南" in changes[0].where
    assert "人事任免" not in changes[0].where


def test_a_floor_that_falls_is_weaker_everywhere(builtin: Policy) -> None:
    floor = tuple(r for r in builtin.floor if r.entity is not Entity.SECRECY_MARK)
    change = only(compare(builtin, replace(builtin, floor=floor)))
    assert (change.kind, change.where) == (Kind.WEAKER, EVERY_CATEGORY)
    assert "密级标志" in change.words


def test_fields_of_a_category_are_compared(builtin: Policy) -> None:
    category = builtin.categories["poverty_relief"]
    new = replace(category, on_clean=OnClean.RELEASE, take_down_days=None, scope="社会公众")
    changes = compare(builtin, with_category(builtin, new))
    assert [c.kind for c in changes] == [Kind.WEAKER, Kind.WEAKER, Kind.CHANGED]
    assert changes[1].words == "撤下期限由“10 天”改为“不撤下”"


def test_an_interpretation_asked_for_is_stricter(builtin: Policy) -> None:
    asked = builtin.categories["policy_document"]
    eased = with_category(builtin, replace(asked, needs_interpretation=False))
    assert only(compare(builtin, eased)) == Change(Kind.WEAKER, asked.title, "不再要求附解读")
    assert only(compare(eased, builtin)).kind is Kind.STRONGER


def test_a_smaller_group_is_weaker(builtin: Policy) -> None:
    category = builtin.categories["poverty_relief"]
    wider = with_category(builtin, replace(category, least_group=5))
    assert only(compare(builtin, wider)).kind is Kind.STRONGER
    assert only(compare(wider, builtin)).words == "隐名的表里相同的行至少由 5 行改为 3 行"


def test_categories_come_and_go(builtin: Policy) -> None:
    more = with_category(builtin, Category("own", "自有", ()))
    assert only(compare(builtin, more)) == Change(Kind.NEW, "自有", "新增类别 own")
    assert only(compare(more, builtin)) == Change(Kind.REMOVED, "自有", "去掉了类别 own")


def test_terms_are_compared_by_level_and_exception(builtin: Policy) -> None:
    first, *rest = builtin.terms
    softer = replace(builtin, terms=(replace(first, level=TermLevel.NOTE), *rest))
    assert only(compare(builtin, softer)).kind is Kind.WEAKER
    assert only(compare(softer, builtin)).kind is Kind.STRONGER
    excepted = replace(builtin, terms=(replace(first, unless=(f"非{first.text}",)), *rest))
    assert only(compare(builtin, excepted)).kind is Kind.WEAKER
    fewer = replace(builtin, terms=tuple(rest))
    assert only(compare(builtin, fewer)).words == f"去掉了“{first.text}”（禁止）"


def test_a_longer_allow_list_is_weaker(builtin: Policy) -> None:
    allow = replace(builtin.allow, telephones=(*builtin.allow.telephones, "12399"))
    change = only(compare(builtin, replace(builtin, allow=allow)))
    assert change == Change(Kind.WEAKER, "放行名单", "公共电话增加：12399")


def test_a_model_finds_more_and_its_loss_less(builtin: Policy) -> None:
    spacy = replace(builtin, nlp=Nlp(NlpEngine.SPACY, "zh_core_web_sm"))
    words = "识别引擎由“内置识别”改为“内置识别加 spaCy 模型（zh_core_web_sm）”"
    assert only(compare(builtin, spacy)) == Change(Kind.STRONGER, EVERY_CATEGORY, words)
    assert only(compare(spacy, builtin)).kind is Kind.WEAKER
    other = replace(builtin, nlp=Nlp(NlpEngine.SPACY, "zh_core_web_lg"))
    assert only(compare(spacy, other)).kind is Kind.CHANGED


def test_what_became_weaker_comes_first(builtin: Policy) -> None:
    strict = with_rule(builtin, "general", Rule(Entity.CN_USCC, None, Action.REMOVE, BASIS))
    mixed = with_rule(strict, "budget", Rule(Entity.ETHNICITY, None, Action.KEEP, BASIS))
    assert [c.kind for c in compare(builtin, mixed)] == [Kind.WEAKER, Kind.STRONGER]


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"variants": ("弱点表",)}, Kind.STRONGER, "增加变体：弱点表"),
        ({"not_near": ("样张",)}, Kind.WEAKER, "增加不邻近的词：样张"),
        ({"near": ("坐标",)}, Kind.WEAKER, "增加邻近的词：坐标"),
        ({"where": Where.TITLE}, Kind.WEAKER, "由只看全文改为只看标题"),
        ({"until": "2027-01-01"}, Kind.WEAKER, "停用日期由“不停用”改为“2027-01-01”"),
        ({"since": "2025-01-01"}, Kind.STRONGER, "启用日期由 2026-01-01 改为 2025-01-01"),
        ({"owner": "县府办"}, Kind.CHANGED, "的类别、依据或来源有改动"),
        ({"variants": ("弱点表",), "until": "2027-01-01"}, Kind.WEAKER, "；停用日期"),
    ],
)
def test_conditions_of_a_term_are_compared(
    builtin: Policy, change: dict[str, Any], kind: Kind, words: str
) -> None:
    first, *rest = builtin.terms
    told = only(compare(builtin, replace(builtin, terms=(replace(first, **change), *rest))))
    assert told.kind is kind
    assert words in told.words


def test_a_wider_list_of_words_near_finds_more(builtin: Policy) -> None:
    first, *rest = builtin.terms
    one, two = (
        replace(builtin, terms=(replace(first, near=near), *rest))
        for near in (("坐标",), ("坐标", "方位"))
    )
    assert only(compare(one, two)).kind is Kind.STRONGER
    assert only(compare(two, one)).kind is Kind.WEAKER
    assert only(compare(two, builtin)).kind is Kind.STRONGER
