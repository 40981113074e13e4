"""Who is lacking for a chain is told with the step and the remedy."""

from __future__ import annotations

from review.approval import CONSULT, ONE_STEP, Approvals, ChainRule, Step
from review.manning import Member, lacks, single_handed, single_handed_sentence
from review.staffing import StaffRole

HEAD = Step("unit_head", "承办部门负责人", StaffRole.UNIT_HEAD, 3, (StaffRole.SIGNATORY,))
SECRECY = Step("secrecy", "保密审查", StaffRole.SECRECY, 3)
SIGN = Step("signatory", "签发", StaffRole.SIGNATORY, 5, same_person=("unit_head",))
ASKED = Step(CONSULT, "会签单位", StaffRole.UNIT_HEAD, 15)


def approvals(*chain: Step, weakening: str = "") -> Approvals:
    steps = {step.key: step for step in (*chain, ASKED)}
    return Approvals(steps, (ChainRule(tuple(step.key for step in chain), ""),), weakening)


def person(number: str, *roles: StaffRole) -> Member:
    return Member(number, frozenset(roles))


ZHOU = person("zhou", StaffRole.OFFICER)
QIAN = person("qian", StaffRole.SIGNATORY)
SUN = person("sun", StaffRole.SECRECY)
WU = person("wu", StaffRole.UNIT_HEAD)


def told(rules: Approvals, *people: Member) -> list[str]:
    return [lack.sentence() for lack in lacks(rules, people)]


def test_a_full_office_lacks_nobody() -> None:
    assert told(approvals(HEAD, SECRECY, SIGN), ZHOU, WU, SUN, QIAN) == []


def test_a_step_of_nobody_is_told_with_role_and_remedy() -> None:
    assert told(approvals(HEAD, SECRECY, SIGN), ZHOU, WU, QIAN) == [
        "“保密审查”没有人能办，须由保密审查人办理（停用、锁定的不算），"
        "请登记：review staff add 工号 --role secrecy"
    ]


def test_every_step_of_nobody_is_told_at_once() -> None:
    found = lacks(approvals(HEAD, SECRECY, SIGN), [ZHOU])
    assert [lack.wanting for lack in found] == [HEAD, SECRECY, SIGN]
    assert "（或代办的签发人）" in found[0].sentence()


def test_a_stand_in_and_the_same_person_fill_a_step() -> None:
    assert told(approvals(HEAD, SIGN), ZHOU, QIAN) == []


def test_the_same_person_is_not_enough_where_the_steps_are_two_people_s() -> None:
    rules = approvals(HEAD, Step("signatory", "签发", StaffRole.SIGNATORY, 5))
    assert told(rules, ZHOU, QIAN) == [
        "“承办部门负责人”“签发”须由不同的人办，现在能办的只有 1 人（停用、锁定的不算），"
        "请再登记一人：review staff add 工号 --role unit_head"
    ]


def test_the_same_person_counts_only_for_the_later_step() -> None:
    assert len(told(approvals(SIGN, HEAD), ZHOU, QIAN)) == 1


def test_who_drafts_himself_needs_another_to_decide() -> None:
    both = person("lin", StaffRole.OFFICER, StaffRole.REVIEWER)
    assert told(ONE_STEP, ZHOU, both) == [
        "工号 lin 送审时，“审核”没有别的人能办，须由审核人办理（停用、锁定的不算），"
        "请再登记一人：review staff add 工号 --role reviewer"
    ]
    assert told(ONE_STEP, both, person("guo", StaffRole.REVIEWER)) == []


def test_many_drafters_are_counted_and_a_few_named() -> None:
    heads = [person(f"h{n}", StaffRole.OFFICER, StaffRole.UNIT_HEAD) for n in range(1)]
    secrecy = [person(f"s{n}", StaffRole.OFFICER, StaffRole.SECRECY) for n in range(4)]
    third = Step("third", "复核", StaffRole.SECRECY, 3)
    fourth = Step("fourth", "再核", StaffRole.SECRECY, 3)
    fifth = Step("fifth", "终核", StaffRole.SECRECY, 3)
    (whole,) = told(approvals(SECRECY, third, fourth, fifth), *heads, *secrecy)
    assert whole.startswith("工号 s0、s1、s2 等 4 人送审时，“保密审查”“复核”“再核”“终核”须由不同")


def test_the_same_lack_in_two_chains_is_told_once() -> None:
    rules = Approvals(
        {step.key: step for step in (HEAD, SECRECY, SIGN)},
        (
            ChainRule(("secrecy",), "", frozenset({"budget"})),
            ChainRule(("unit_head", "secrecy"), ""),
        ),
    )
    assert len(told(rules, ZHOU, WU)) == 1


def test_who_is_disabled_or_locked_does_not_count() -> None:
    away = Member("lin", frozenset({StaffRole.REVIEWER, StaffRole.OFFICER}), active=False)
    assert "没有人能办" in told(ONE_STEP, ZHOU, away)[0]
    assert told(ONE_STEP, away, person("guo", StaffRole.REVIEWER)) == []


def test_the_step_that_fewest_can_take_is_the_one_to_enrol_for() -> None:
    second = Step("second", "复核", StaffRole.SIGNATORY, 3)
    both = person("li", StaffRole.SIGNATORY, StaffRole.SECRECY)
    (lack,) = lacks(approvals(HEAD, second, SECRECY), [QIAN, both])
    assert (lack.wanting, lack.able) == (SECRECY, 2)


def test_joint_units_are_named_at_submission_and_need_no_check() -> None:
    assert told(approvals(SECRECY), ZHOU, SUN) == []


def test_one_person_at_the_agreeing_step_or_before_it_is_noticed() -> None:
    rules = approvals(HEAD, SECRECY, SIGN, weakening="secrecy")
    assert single_handed(rules, [ZHOU, WU, SUN, QIAN]) == (SECRECY,)
    assert single_handed(rules, [ZHOU, QIAN, SUN, person("li", StaffRole.SECRECY)]) == (HEAD,)
    assert "最好再登记一人：review staff add 工号 --role secrecy" in single_handed_sentence(SECRECY)


def test_where_no_step_is_named_each_step_of_one_person_is_noticed() -> None:
    assert single_handed(approvals(HEAD, SECRECY, SIGN), [WU, SUN, QIAN]) == (SECRECY, SIGN)


def test_five_hundred_people_and_eight_steps_are_no_burden() -> None:
    roles = [StaffRole.UNIT_HEAD, StaffRole.SECRECY, StaffRole.SIGNATORY, StaffRole.DISCLOSURE]
    many = [person(f"p{n}", StaffRole.OFFICER, roles[n % 3]) for n in range(500)]
    scarce = [person(f"q{n}", StaffRole.OFFICER, StaffRole.DISCLOSURE) for n in range(7)]
    steps = [Step(f"s{n}", f"第{n}步", StaffRole.DISCLOSURE, 3) for n in range(8)]
    assert lacks(approvals(HEAD, SECRECY, SIGN), many) == ()
    assert len(lacks(approvals(*steps), [*many, *scarce])) == 2
