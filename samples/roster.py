"""The rosters: the attachment that is the leak, not the notice it is attached to."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from samples.numbers import identity_number, mobile
from samples.people import Person, people

_ILLNESSES = ("尿毒症", "乳腺癌", "精神分裂症", "脑梗死后遗症", "慢性肾功能衰竭", "股骨骨折")
_RELIEF = (2000, 1500, 3600, 5000, 2800, 1200)


@dataclass(frozen=True, slots=True)
class Roster:
    """Hold a table with marked cells; ``remark`` is the line between title and headers."""

    title: str
    remark: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def hide(entity: str, value: str) -> str:
    """Mark a value that must not get out."""
    return f"[[-{entity}:{value}]]"


def keep(entity: str, value: str) -> str:
    """Mark a value that must stay readable; ``entity`` is empty for what is nobody's."""
    return f"[[+{entity}:{value}]]"


def relief() -> Roster:
    """List 60 recipients of temporary relief, with more about each than may be known."""
    headers = (
        "序号", "乡镇", "姓名", "性别", "身份证号", "村组", "联系电话", "开户银行账号", "致困原因",
        "救助金额（元）", "户主身份证号",
    )  # fmt: skip
    rows = tuple(
        (
            str(place),
            p.township,
            keep("PERSON", p.name),
            _sex(p),
            hide("CN_ID_CARD", p.id_card),
            hide("CN_ADDRESS", p.group),
            hide("PHONE_NUMBER", p.phone),
            hide("CN_BANK_CARD", p.account),
            hide("HEALTH", _ILLNESSES[place % 6]),
            keep("", str(_RELIEF[place % 6])),
            hide("CN_ID_CARD", identity_number(p.born.replace(day=1), 500 + place)),
        )
        for place, p in enumerate(people(1, 60), start=1)
    )
    title = "青禾县2026年第三季度临时救助对象花名册"
    return Roster(title, "填报单位：青禾县民政局　填报时间：2026年9月28日", headers, rows)


RELIEF_COMMENT = (
    f"电话已停用，新号码{hide('PHONE_NUMBER', mobile(199))}，由其女{hide('PERSON', '褚荷香')}代接"
)


def housing() -> Roster:
    """List 24 households to be given public rental housing."""
    headers = (
        "序号", "申请人姓名", "身份证号码", "婚姻状况", "家庭人口", "家庭月收入（元）", "手机号码",
        "现居住地址", "拟分配房源",
    )  # fmt: skip
    rows = tuple(
        (
            str(place),
            keep("PERSON", p.name),
            hide("CN_ID_CARD", p.id_card),
            hide("MARITAL_STATUS", ("离异", "丧偶", "已婚")[place % 3]),
            str(1 + place % 4),
            str(1800 + 130 * (place % 7)),
            hide("PHONE_NUMBER", p.phone),
            "青禾县白鹭街道"
            + hide("CN_ADDRESS", f"和平路{100 + place}号{place % 6 + 1}栋{place}02室"),
            hide("CN_ADDRESS", f"安居苑{place % 3 + 1}号楼"),
        )
        for place, p in enumerate(people(2, 24), start=1)
    )
    return Roster("青禾县2026年度公共租赁住房保障对象公示名单", "", headers, rows)


def recruitment() -> Roster:
    """List 12 candidates whom the county means to hire."""
    headers = (
        "序号", "姓名", "性别", "身份证号", "联系电话", "报考单位", "准考证号", "笔试成绩",
        "面试成绩", "总成绩",
    )  # fmt: skip
    units = ("青禾县第一中学", "青禾县人民医院", "青禾县文化馆")
    rows = tuple(
        (
            str(place),
            keep("PERSON", p.name),
            _sex(p),
            hide("CN_ID_CARD", p.id_card),
            hide("PHONE_NUMBER", p.phone),
            keep("", units[place % 3]),
            str(2026051000 + place),
            f"{70 + place * 1.5:.2f}",
            f"{80 + place * 0.6:.2f}",
            keep("", f"{75 + place * 1.05:.2f}"),
        )
        for place, p in enumerate(people(3, 12), start=1)
    )
    title = "青禾县2026年事业单位公开招聘拟聘用人员名单"
    return Roster(title, "公示时间：2026年7月6日至7月14日", headers, rows)


def subsidy() -> Roster:
    """List 30 farmers paid the subsidy for protecting arable land."""
    headers = (
        "序号", "乡镇", "村组", "农户姓名", "身份证号", "一卡通账号", "补贴面积（亩）",
        "补贴金额（元）",
    )  # fmt: skip
    rows = tuple(
        (
            str(place),
            p.township,
            hide("CN_ADDRESS", p.group),
            hide("PERSON", p.name),
            hide("CN_ID_CARD", p.id_card),
            hide("CN_BANK_CARD", p.account),
            f"{2.4 + 0.3 * place:.2f}",
            keep("", f"{(2.4 + 0.3 * place) * 98.6:.2f}"),
        )
        for place, p in enumerate(people(4, 30), start=1)
    )
    return Roster("青禾县2026年耕地地力保护补贴发放明细", "", headers, rows)


def relapse() -> Roster:
    """List 12 households watched lest they fall back into poverty, and who helps each."""
    headers = (
        "序号", "户主姓名", "身份证号码", "村组", "家庭人口", "患病情况", "帮扶措施", "帮扶责任人",
        "责任人手机",
    )  # fmt: skip
    helpers = ("喻砚秋", "茅桂榕", "邵禾芃")
    measures = ("公益性岗位", "产业奖补", "大病救助衔接")
    rows = tuple(
        (
            str(place),
            hide("PERSON", p.name),
            hide("CN_ID_CARD", p.id_card),
            hide("CN_ADDRESS", p.group),
            str(1 + place % 5),
            hide("HEALTH", _ILLNESSES[place % 6]),
            keep("", measures[place % 3]),
            keep("PERSON", helpers[place % 3]),
            hide("PHONE_NUMBER", mobile(9060 + place % 3)),
        )
        for place, p in enumerate(people(5, 12), start=1)
    )
    remark = "填报单位：柳溪镇人民政府　填报时间：2026年6月5日"
    return Roster("柳溪镇2026年防止返贫监测对象帮扶名单", remark, headers, rows)


def table_text(roster: Roster) -> str:
    """Write title, headers and rows as csv with the line ends of spreadsheet programs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([roster.title] + [""] * (len(roster.headers) - 1))
    writer.writerows((roster.headers, *roster.rows))
    return buffer.getvalue()


def _sex(person: Person) -> str:
    return "女" if person.woman else "男"
