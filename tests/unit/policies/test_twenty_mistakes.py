"""Twenty mistakes that offices really make; the check names file, line, key and remedy of each."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.policy import policy as command
from review.errors import PolicyInvalidError

PENALTY = "categories/administrative_penalty.yaml"
OWN = "categories/own_notice.yaml"
TERMS = "terms.yaml"


def rule(text: str) -> str:
    return "rules:\n" + textwrap.indent(textwrap.dedent(text).strip(), "  ") + "\n"


def term(text: str) -> str:
    return "terms:\n" + textwrap.indent(textwrap.dedent(text).strip(), "  ") + "\n"


LAKE = "- term: 蓝湖专项\n  level: stop\n  category: 内部事务"
WHO = "\n  basis: 条例第十四条\n  owner: 县府办\n  since: 2026-01-01"

# name: (file, text, line, key, remedy)
WRONG: dict[str, tuple[str, str, int, str, str]] = {
    "an item in Chinese": (
        PENALTY,
        rule("- entity: 手机号\n  action: remove\n  basis: 条例第十五条"),
        2, "entity", "可用的有：PERSON",
    ),
    "an item by its name in the table": (
        PENALTY,
        rule("- entity: 银行账户\n  action: remove\n  basis: 条例第十五条"),
        2, "entity", "是否应为 CN_BANK_CARD？",
    ),
    "a misspelt item": (
        PENALTY,
        rule("- entity: PHONE_NUMER\n  action: remove\n  basis: 条例第十五条"),
        2, "entity", "是否应为 PHONE_NUMBER？",
    ),
    "several items without brackets": (
        PENALTY,
        rule("- entity: PERSON, HEALTH\n  action: remove\n  basis: 条例第十五条"),
        2, "entity", "请写成列表",
    ),
    "a Chinese colon": (
        PENALTY,
        rule("- entity: PERSON\n  action：remove\n  basis: 条例第十五条"),
        3, "中文冒号", "写成“action: remove”",
    ),
    "no space behind a colon": (
        PENALTY,
        rule("- entity: PERSON\n  action:remove\n  basis: 条例第十五条"),
        3, "冒号后面没有空格", "写成“action: remove”",
    ),
    "a tab at the head of a line": (
        PENALTY,
        "rules:\n  - entity: PERSON\n\taction: remove\n    basis: 条例第十五条\n",
        3, "制表符", "请全部改成空格",
    ),
    "a key in Chinese": (
        PENALTY,
        rule("- entity: PERSON\n  action: remove\n  basis: 条例第十五条\n  写法: surname"),
        5, "写法", "请改写成 form",
    ),
    "a mask without its tail": (
        PENALTY,
        rule("- entity: PHONE_NUMBER\n  action: mask\n  form: 3+****\n  basis: 条例第十五条"),
        4, "form", "如 3+****+4",
    ),
    "a rule that the floor outranks": (
        PENALTY,
        rule(
            "- entity: PERSON\n  role: minor\n  action: replace\n  form: surname\n"
            "  basis: 未成年人保护法第一百零三条"
        ),
        2, "此条不会生效", "请删去这条规则",
    ),
    "a new category without title": (OWN, "basis: 条例第十九条\nrules: []\n", 1, "title", "请补上"),
    "a sign that another category has": (
        OWN,
        "title: 本地处罚\nbasis: 行政处罚法第四十八条\nsigns: [行政处罚]\nrules: []\n",
        3, "signs", "请删去或写得更具体",
    ),
    "Chinese commas in a list": (
        OWN,
        "title: 本地公告\nbasis: 条例第十九条\nchannels: [政府公报，政府门户网站]\n",
        3, "channels", "英文逗号",
    ),
    "a level in Chinese": (
        TERMS,
        term("- term: 蓝湖专项\n  level: 禁止\n  category: 内部事务" + WHO),
        3, "level", "是否应为 stop？",
    ),
    "a category that there is not": (
        TERMS,
        term("- term: 蓝湖专项\n  level: stop\n  category: 内部机密" + WHO),
        4, "category", "可用的有：国家安全",
    ),
    "a date as it is spoken": (
        TERMS,
        term(
            "- term: 蓝湖专项\n  level: stop\n  category: 内部事务\n  basis: 条例第十四条\n"
            "  owner: 县府办\n  since: 2026年3月1日"
        ),
        7, "since", "请写成 2026-01-31 的样子",
    ),
    "a day off before the first day": (
        TERMS,
        term(LAKE + WHO + "\n  until: 2025-12-31"),
        8, "until", "请核对 since 和 until",
    ),
    "an exception that lacks the term": (
        TERMS,
        term(LAKE + WHO + "\n  unless: 蓝湖资金"),
        8, "unless", "包含该词",
    ),
    "the same term twice": (
        TERMS,
        term(
            "- term: 蓝湖专项\n  level: stop\n  category: 内部事务" + WHO
            + "\n- term: 蓝湖-专项\n  level: note\n  category: 内部事务" + WHO
        ),
        8, "terms", "请删去一条",
    ),
    "a pattern that finds everything": (
        TERMS,
        term("- pattern: '.*通知.*'\n  level: review\n  category: 内部事务" + WHO),
        2, "pattern", "请写得更具体",
    ),
    "a term of the built-in list switched off": (
        TERMS,
        term(
            "- term: 会议内部材料\n  level: stop\n  category: 内部事务" + WHO
            + "\n  until: 2026-02-01"
        ),
        2, "terms", "请删去 until",
    ),
    "a distance to nothing": (
        TERMS,
        term("- term: 蓝湖专项\n  level: stop\n  category: 内部事务" + WHO + "\n  within: 10"),
        8, "within", "请补上词语或删去 within",
    ),
}  # fmt: skip

DOUBTFUL: dict[str, tuple[str, str, int, str, str]] = {
    "a channel misspelt": (
        OWN,
        "title: 本地公告\nbasis: 条例第十九条\nchannels: [政府门户网]\n",
        3, "channels", "是否应为 政府门户网站？",
    ),
    "a term that has ended": (
        TERMS,
        term(LAKE + WHO + "\n  until: 2026-02-01"),
        2, "until", "请删去这一条或改写 until",
    ),
}  # fmt: skip


def checked(folder: Path, file: str, text: str) -> tuple[BaseException | None, list[str]]:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(command, ["check", "--policy", str(folder)])
    error = result.exception
    told = error.problems if isinstance(error, PolicyInvalidError) else result.stdout.splitlines()
    return error, list(told)


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_refused_with_its_place_and_remedy(mistake: str, tmp_path: Path) -> None:
    file, text, line, key, remedy = WRONG[mistake]
    error, told = checked(tmp_path, file, text)
    assert isinstance(error, PolicyInvalidError)
    assert error.exit_code == 8
    assert len(told) == 1
    assert told[0].startswith(f"{file} 第 {line} 行")
    assert key in told[0].removeprefix(file)
    assert remedy in told[0]


@pytest.mark.parametrize("doubt", DOUBTFUL)
def test_what_is_hardly_meant_is_told_and_fails_nothing(doubt: str, tmp_path: Path) -> None:
    file, text, line, key, remedy = DOUBTFUL[doubt]
    error, told = checked(tmp_path, file, text)
    assert error is None
    assert told[0].startswith(f"  - 提示：{file} 第 {line} 行")
    assert key in told[0].removeprefix(file)
    assert remedy in told[0]
    assert "规则没有问题" in told[-1]


def test_rules_that_hold_are_told_nothing(tmp_path: Path) -> None:
    sound = rule(
        "- entity: PHONE_NUMBER\n  action: mask\n  form: 3+****+2\n  basis: 本单位办法第八条"
    )
    error, told = checked(tmp_path, PENALTY, sound)
    assert error is None
    assert len(told) == 1
