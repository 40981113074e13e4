"""公开方式: whom the channels reach is compared with whom the document is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.case import Attribute
from review.channels import Outlet, channel_notes, is_normative
from review.document import Document, Severity, Span, plain_document
from review.finding import Entity, Finding, Role
from review.plan import RedactionPlan, Ruling
from review.policy import Action, Category, Rule

BOARD, WEBSITE, GAZETTE, NEW_MEDIA = "村（社区）公示栏", "政府门户网站", "政府公报", "政务新媒体"
VILLAGE = Category("aid", "社会救助", (), scope="所在的村（社区）", basis="救助办法第十一条")
PUBLIC = Category("general", "一般文件", (), channels=(WEBSITE,), scope="社会公众")
OPEN = Outlet((WEBSITE,), Attribute.PROACTIVE, taken_down=True)
RULES = [
    "江县救助办法（试行）",
    "第一条 为了规范救助，制定本办法。",
    "第二条 救助应当公开。",
    "第三条 本办法自2026年4月1日起施行。",
]


def plan(*names: tuple[Role, Action, str]) -> RedactionPlan:
    rulings = tuple(
        Ruling(
            Finding(Entity.PERSON, Span(n, n + 1), 1.0, "t", role),
            Rule(Entity.PERSON, role, action, "依据", form),
        )
        for n, (role, action, form) in enumerate(names)
    )
    return RedactionPlan("d", "p", "c", rulings, ())


KEPT = (Role.RECIPIENT, Action.KEEP, "")


def told(
    outlet: Outlet,
    *lines: str,
    category: Category = PUBLIC,
    planned: RedactionPlan | None = None,
) -> dict[str, str]:
    files: list[tuple[Document, RedactionPlan]] = [
        (plain_document(lines or ("关于放假的通知",)), planned or plan())
    ]
    notes = channel_notes(files, category, outlet)
    assert all(note.severity is Severity.PERSON for note in notes)
    return {note.code: note.message for note in notes}


def test_an_ordinary_notice_on_the_website_needs_no_word() -> None:
    assert told(OPEN) == {}


def test_no_channel_at_all_is_flagged() -> None:
    assert list(told(replace(OPEN, channels=()))) == ["channel_missing"]


def test_a_channel_that_nobody_knows_is_flagged_unless_the_rules_name_it() -> None:
    outlet = replace(OPEN, channels=("朋友圈", "县广播电视台"))
    assert list(told(outlet)) == ["channel_strange"]
    assert "“朋友圈”" in told(outlet)["channel_strange"]
    assert told(outlet, category=replace(PUBLIC, channels=("朋友圈", "县广播电视台"))) == {}


@pytest.mark.parametrize("channel", [WEBSITE, BOARD, GAZETTE, NEW_MEDIA])
def test_what_is_on_request_goes_through_no_public_channel(channel: str) -> None:
    outlet = Outlet((channel,), Attribute.ON_REQUEST, taken_down=False)
    assert channel in told(outlet)["channel_on_request"]


def test_an_answer_in_writing_is_right_for_a_request_and_wrong_for_the_public() -> None:
    outlet = Outlet(("书面答复申请人",), Attribute.ON_REQUEST, taken_down=False)
    assert told(outlet) == {}
    assert list(told(replace(outlet, attribute=Attribute.PROACTIVE))) == ["channel_one_person"]


@pytest.mark.parametrize(
    "channel", [WEBSITE, "信用信息公示平台", "政务服务网", "县民政局微信公众号", "掌上江县APP"]
)
def test_names_meant_for_the_village_do_not_go_online(channel: str) -> None:
    outlet = Outlet((BOARD, channel), Attribute.PROACTIVE, taken_down=True)
    message = told(outlet, category=VILLAGE, planned=plan(KEPT, KEPT))["channel_beyond_scope"]
    assert "2 处个人姓名" in message
    assert f"“{channel}”却人人可见（救助办法第十一条）" in message
    assert BOARD not in message


def test_first_and_last_character_of_a_name_still_tell_neighbours_who_it_is() -> None:
    masked = plan((Role.RECIPIENT, Action.REPLACE, "surname_star"))
    assert list(told(OPEN, category=VILLAGE, planned=masked)) == ["channel_beyond_scope"]


@pytest.mark.parametrize(
    "name",
    [
        (Role.RECIPIENT, Action.REPLACE, "surname"),
        (Role.RECIPIENT, Action.REMOVE, ""),
        (Role.OFFICIAL, Action.KEEP, ""),
        (Role.PUBLIC_FIGURE, Action.KEEP, ""),
    ],
)
def test_a_hidden_name_and_one_in_office_may_go_online(name: tuple[Role, Action, str]) -> None:
    assert told(OPEN, category=VILLAGE, planned=plan(name)) == {}


def test_names_may_hang_on_the_village_board() -> None:
    assert told(replace(OPEN, channels=(BOARD,)), category=VILLAGE, planned=plan(KEPT)) == {}


def test_a_display_with_names_needs_an_end() -> None:
    forever = replace(OPEN, taken_down=False)
    assert list(told(forever, "任前公示", planned=plan(KEPT))) == ["channel_without_end"]
    assert told(OPEN, "任前公示", planned=plan(KEPT)) == {}
    assert told(forever, "任前公示") == {}
    assert told(forever, "任免通知", planned=plan(KEPT)) == {}


def test_rules_for_the_public_belong_into_the_gazette() -> None:
    assert list(told(OPEN, *RULES)) == ["channel_gazette"]
    assert told(replace(OPEN, channels=(WEBSITE, GAZETTE)), *RULES) == {}


def test_a_public_notice_in_force_is_normative_without_articles() -> None:
    lines = ("江县人民政府关于禁止焚烧秸秆的通告", "一、禁止焚烧。", "二、自2026年4月1日起施行。")
    assert is_normative(plain_document(lines))


@pytest.mark.parametrize(
    "lines",
    [
        RULES[:3],
        ["关于召开会议的通知", *RULES[1:]],
        ["江县救助办法", "一、总则", "自2026年4月1日起施行。"],
        [],
    ],
)
def test_without_effect_articles_or_title_nothing_is_normative(lines: list[str]) -> None:
    assert not is_normative(plain_document(lines))


def test_new_media_carry_no_advertisement() -> None:
    new_media = replace(OPEN, channels=(NEW_MEDIA,))
    lines = ("消费券来了", "扫码购买年货，集赞有礼。")
    assert list(told(new_media, *lines)) == ["channel_unrelated"]
    assert told(OPEN, *lines) == {}
    assert told(new_media, "关于税收优惠政策的通知", "落实各项优惠。") == {}


def test_a_withheld_document_has_no_channel() -> None:
    outlet = Outlet((), Attribute.WITHHELD, taken_down=False)
    assert told(outlet, *RULES, planned=plan(KEPT)) == {}
