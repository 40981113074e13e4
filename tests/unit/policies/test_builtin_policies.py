"""The built-in rules say what the law says, category by category."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from policies.describe import Origin, matrix
from policies.loader import BUILTIN, load_policy
from policies.names import ACTION_NAMES, ENTITY_NAMES, ROLE_NAMES, treatment
from policies.strength import strength
from review.finding import Entity, Role
from review.policy import Action, OnClean, Policy, TermLevel

CATEGORIES = [
    "general",
    "policy_document",
    "service_guide",
    "budget",
    "meeting",
    "proposal_reply",
    "request_reply",
    "petition_reply",
    "appointment_notice",
    "recruitment_notice",
    "administrative_penalty",
    "dishonesty_list",
    "bid_award",
    "procurement",
    "land_acquisition",
    "environment_disclosure",
    "food_safety",
    "accident_report",
    "social_assistance",
    "housing_security",
    "poverty_relief",
    "subsidy_payment",
]

IDENTITY = (
    Entity.CN_ID_CARD,
    Entity.CN_PASSPORT,
    Entity.CN_TRAVEL_PERMIT,
    Entity.CN_MILITARY_ID,
    Entity.CN_SOCIAL_SECURITY,
    Entity.CN_BANK_CARD,
)
SENSITIVE = (Entity.HEALTH, Entity.RELIGION, Entity.MARITAL_STATUS, Entity.MINOR)
LISTS_OF_RECIPIENTS = ("social_assistance", "housing_security", "poverty_relief", "subsidy_payment")


def effect(policy: Policy, key: str, entity: Entity, role: Role = Role.UNKNOWN) -> Action:
    return policy.rule(policy.category(key), entity, role).effect


def test_every_category_of_the_contract_exists_and_no_other(builtin: Policy) -> None:
    assert sorted(builtin.categories) == sorted(CATEGORIES)


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_category_says_title_ground_channels_and_scope(builtin: Policy, key: str) -> None:
    category = builtin.category(key)
    assert category.title != key
    assert all((category.basis, category.channels, category.scope))


@pytest.mark.parametrize("key", CATEGORIES)
def test_every_entity_has_a_rule_with_a_ground_in_every_role(builtin: Policy, key: str) -> None:
    cells = list(matrix(builtin, builtin.category(key)))
    assert {cell.entity for cell in cells} == set(Entity)
    assert all(cell.origin is not Origin.NONE and cell.rule.basis for cell in cells)


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_minor_a_victim_and_an_informant_are_never_shown(builtin: Policy, key: str) -> None:
    """未成年人保护法第一百零三条, 条例第十五条."""
    for role in (Role.MINOR, Role.GUARDIAN, Role.VICTIM, Role.INFORMANT):
        rule = builtin.rule(builtin.category(key), Entity.PERSON, role)
        assert rule.effect is Action.REPLACE
        assert rule in builtin.floor or rule.action is Action.REVIEW


@pytest.mark.parametrize("key", CATEGORIES)
@pytest.mark.parametrize("role", [Role.MINOR, Role.GUARDIAN, Role.VICTIM, Role.INFORMANT])
def test_what_leads_to_the_protected_is_removed(builtin: Policy, key: str, role: Role) -> None:
    """未成年人保护法第一百零三条, 民法典第一千零三十四条."""
    leads = {
        Entity.PHONE_NUMBER,
        Entity.EMAIL_ADDRESS,
        Entity.WECHAT_ID,
        Entity.QQ_NUMBER,
        Entity.CN_ADDRESS,
        Entity.CN_BANK_CARD,
        Entity.CN_LICENSE_PLATE,
        Entity.CN_PROPERTY_CERT,
        Entity.CN_SOCIAL_SECURITY,
        Entity.BIRTH_DATE,
    }
    for entity in leads:
        rule = builtin.rule(builtin.category(key), entity, role)
        assert rule.action is Action.REMOVE
        assert rule in builtin.floor


@pytest.mark.parametrize("key", CATEGORIES)
def test_the_floor_is_nowhere_softer_than_what_it_overrules(builtin: Policy, key: str) -> None:
    without = replace(builtin, floor=())
    for rule in builtin.floor:
        overruled = without.rule(builtin.category(key), rule.entity, rule.role or Role.UNKNOWN)
        ruling = builtin.rule(builtin.category(key), rule.entity, rule.role or Role.UNKNOWN)
        assert ruling.action is Action.BLOCK or strength(ruling) >= strength(overruled)


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_secrecy_mark_and_a_stop_term_block(builtin: Policy, key: str) -> None:
    """条例第十四条."""
    assert effect(builtin, key, Entity.SECRECY_MARK) is Action.BLOCK
    assert effect(builtin, key, Entity.NEGATIVE_TERM, Role.STOP) is Action.BLOCK
    term = builtin.rule(builtin.category(key), Entity.NEGATIVE_TERM, Role.REVIEW)
    assert (term.action, term.effect) == (Action.REVIEW, Action.KEEP)
    assert effect(builtin, key, Entity.NEGATIVE_TERM, Role.NOTE) is Action.KEEP


@pytest.mark.parametrize("key", CATEGORIES)
def test_no_role_shows_numbers_of_identity_or_sensitive_facts(builtin: Policy, key: str) -> None:
    """个人信息保护法第二十八条."""
    for role in Role:
        for entity in IDENTITY:
            assert effect(builtin, key, entity, role) in (Action.MASK, Action.REMOVE)
        for entity in SENSITIVE:
            assert effect(builtin, key, entity, role) in (Action.REPLACE, Action.REMOVE)


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_relative_is_never_shown(builtin: Policy, key: str) -> None:
    assert effect(builtin, key, Entity.PERSON, Role.RELATIVE) is Action.REPLACE


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_name_that_is_masked_already_stays_with_its_ground(builtin: Policy, key: str) -> None:
    rule = builtin.rule(builtin.category(key), Entity.PERSON, Role.MASKED)
    assert rule.action is Action.KEEP
    assert "第14项" in rule.basis


@pytest.mark.parametrize("key", CATEGORIES)
def test_office_contacts_and_organisation_codes_stay(builtin: Policy, key: str) -> None:
    """条例第二十条第（二）项."""
    for entity in (Entity.PHONE_NUMBER, Entity.CN_ADDRESS, Entity.EMAIL_ADDRESS):
        assert effect(builtin, key, entity, Role.OFFICE) is Action.KEEP
    assert effect(builtin, key, Entity.CN_USCC) is Action.KEEP
    assert effect(builtin, key, Entity.PERSON, Role.PUBLIC_FIGURE) is Action.KEEP
    assert effect(builtin, key, Entity.PERSON, Role.OFFICIAL) is Action.KEEP


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_private_telephone_never_stays(builtin: Policy, key: str) -> None:
    for role in set(Role) - {Role.OFFICE}:
        assert effect(builtin, key, Entity.PHONE_NUMBER, role) in (Action.MASK, Action.REMOVE)


def test_a_penalty_keeps_the_punished_name_and_hides_all_other_persons(builtin: Policy) -> None:
    """行政处罚法第四十八条; 2018 要点第 14 项: the exemption is per field."""
    key = "administrative_penalty"
    assert effect(builtin, key, Entity.PERSON, Role.PUNISHED) is Action.KEEP
    for role in (Role.LEGAL_REPRESENTATIVE, Role.HANDLER, Role.WITNESS, Role.UNKNOWN):
        assert effect(builtin, key, Entity.PERSON, role) is Action.REPLACE
    hidden = (Entity.CN_ADDRESS, Entity.PHONE_NUMBER, Entity.CN_ID_CARD, Entity.HEALTH)
    assert all(effect(builtin, key, entity, Role.PUNISHED) is not Action.KEEP for entity in hidden)
    assert effect(builtin, key, Entity.CN_BANK_CARD) is Action.REMOVE


def test_a_penalty_that_touches_a_minor_goes_to_a_person(builtin: Policy) -> None:
    rule = builtin.rule(builtin.category("administrative_penalty"), Entity.MINOR, Role.UNKNOWN)
    assert rule.action is Action.REVIEW
    assert rule.effect is Action.REPLACE


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("dishonesty_list", Role.PUNISHED),
        ("bid_award", Role.BIDDER),
        ("bid_award", Role.PROJECT_MANAGER),
        ("appointment_notice", Role.CANDIDATE),
        ("recruitment_notice", Role.CANDIDATE),
        ("social_assistance", Role.RECIPIENT),
        ("housing_security", Role.RECIPIENT),
    ],
)
def test_a_name_that_the_law_wants_public_stays_only_in_its_category(
    builtin: Policy, key: str, role: Role
) -> None:
    assert effect(builtin, key, Entity.PERSON, role) is Action.KEEP
    assert effect(builtin, "general", Entity.PERSON, role) is Action.REPLACE


@pytest.mark.parametrize("key", LISTS_OF_RECIPIENTS)
def test_a_list_of_recipients_comes_down_and_stays_off_the_internet(
    builtin: Policy, key: str
) -> None:
    category = builtin.category(key)
    assert category.take_down_days
    assert all("公示栏" in channel for channel in category.channels)
    for entity in (Entity.CN_ID_CARD, Entity.PHONE_NUMBER, Entity.CN_BANK_CARD, Entity.HEALTH):
        assert effect(builtin, key, entity, Role.RECIPIENT) is Action.REMOVE


def test_where_the_birthday_is_shown_the_identity_number_goes_entirely(builtin: Policy) -> None:
    showing = [
        category
        for category in builtin.categories.values()
        if Action.KEEP in {builtin.rule(category, Entity.BIRTH_DATE, role).effect for role in Role}
    ]
    assert showing
    for category in showing:
        number = {builtin.rule(category, Entity.CN_ID_CARD, role).effect for role in Role}
        assert number == {Action.REMOVE}


def test_only_a_service_guide_is_released_without_a_person(builtin: Policy) -> None:
    """条例第十七条: 先审查、后公开; 2018 要点第 7 项 gives a guide one working day."""
    released = [c.key for c in builtin.categories.values() if c.on_clean is OnClean.RELEASE]
    assert released == ["service_guide"]


def test_terms_say_ground_owner_and_date(builtin: Policy) -> None:
    assert {term.level for term in builtin.terms} == set(TermLevel)
    for term in builtin.terms:
        assert all((term.category, term.basis, term.owner, term.since))


def test_ordinary_words_about_secrets_are_no_stop_terms(builtin: Policy) -> None:
    stops = [term.text for term in builtin.terms if term.level is TermLevel.STOP]
    assert stops
    for harmless in ("依法保守国家秘密", "《保守国家秘密法》", "商业秘密", "涉及工作秘密的除外"):
        assert not any(stop in harmless for stop in stops)


def test_public_numbers_and_set_phrases_are_allowed(builtin: Policy) -> None:
    assert {"110", "119", "120", "12345", "12348"} <= set(builtin.allow.telephones)
    assert "习近平新时代中国特色社会主义思想" in builtin.allow.phrases


def test_every_entity_role_and_action_has_a_chinese_name() -> None:
    assert set(ENTITY_NAMES) == set(Entity)
    assert set(ROLE_NAMES) == set(Role)
    assert set(ACTION_NAMES) == set(Action)


def test_a_treatment_reads_as_one_phrase(builtin: Policy) -> None:
    general = builtin.category("general")
    said = treatment(builtin.rule(general, Entity.PHONE_NUMBER, Role.UNKNOWN))
    assert said == "遮盖（留前 3 位、后 4 位）"
    assert treatment(builtin.rule(general, Entity.WORDING, Role.UNKNOWN)) == "人工审核，暂按保留"


def test_the_digest_is_the_same_each_time_and_follows_the_bytes(
    builtin: Policy, tmp_path: Path
) -> None:
    assert load_policy().digest == builtin.digest
    (tmp_path / "allow.yaml").write_text("telephones: [12399]\n", encoding="utf-8")
    first = load_policy(tmp_path).digest
    (tmp_path / "allow.yaml").write_text("telephones: [12399] # 新\n", encoding="utf-8")
    assert len({builtin.digest, first, load_policy(tmp_path).digest}) == 3


def test_every_file_is_commented_in_chinese() -> None:
    for path in BUILTIN.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# ")
        assert any("\u4e00" <= character <= "\u9fff" for character in first), path.name


def test_loading_is_quick(builtin: Policy) -> None:
    def once() -> float:
        start = time.process_time()
        load_policy()
        return time.process_time() - start

    assert min(once() for _ in range(5)) < 0.06
