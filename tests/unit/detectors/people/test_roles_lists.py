"""What is said of a bare list of names is said of everyone in it, and of nobody else."""

from __future__ import annotations

import time

import pytest

from detectors.people.roles import assign
from review.document import Block, BlockKind, Cell, Document, Location, Span, plain_document
from review.finding import Entity, Finding, Role
from tests.fakes.tables import cells

NAMES = ("骆卫东", "陶小满", "谷爱民", "时运来")


def roles(text: str) -> dict[str, Role]:
    document = plain_document(text.split("\n"))
    found = [
        Finding(Entity.PERSON, Span(start, start + len(name)), 0.9, "names")
        for name in NAMES
        if (start := document.text.find(name)) >= 0
    ]
    return {document.value(f.span): f.role for f in assign(document, found)}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("民警骆卫东、陶小满依法传唤其到案。", Role.OFFICIAL),
        ("副县长骆卫东、陶小满和谷爱民参加。", Role.OFFICIAL),
        ("交通警察骆卫东、陶小满勘查了现场。", Role.OFFICIAL),
        ("交通警察：骆卫东\n交通警察：陶小满", Role.OFFICIAL),
        ("行政复议人员：骆卫东、陶小满", Role.OFFICIAL),
        ("人民陪审员骆卫东、陶小满", Role.OFFICIAL),
        ("证人骆卫东、陶小满、谷爱民均到庭。", Role.WITNESS),
        ("骆卫东、陶小满（均为邻居）、谷爱民证实当时在场。", Role.WITNESS),
        ("骆卫东、陶小满等5名伤者已送医。", Role.VICTIM),
        ("骆卫东、陶小满两名举报人均要求保密。", Role.INFORMANT),
        ("骆卫东（男，45岁）、陶小满当场死亡。", Role.VICTIM),
        ("幸存者骆卫东、陶小满讲述了经过。", Role.VICTIM),
        ("骆卫东、陶小满委员：", Role.OFFICIAL),
        ("执法人员骆卫东（执法证号19070012）、陶小满（执法证号19070013）到场。", Role.HANDLER),
        ("组长：谷爱民；成员：骆卫东、陶小满", Role.OFFICIAL),
    ],
)
def test_everyone_in_a_list_shares_what_stands_at_its_ends(text: str, role: Role) -> None:
    assert set(roles(text).values()) == {role}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("被处罚人骆卫东与陶小满发生口角。", Role.UNKNOWN),
        ("当事人骆卫东和陶小满因宅基地纠纷互殴。", Role.UNKNOWN),
        ("民警骆卫东，与陶小满核对了情况。", Role.UNKNOWN),
        ("民警骆卫东。陶小满到场。", Role.UNKNOWN),
    ],
)
def test_who_stands_against_somebody_does_not_share_his_label(text: str, other: Role) -> None:
    found = roles(text)
    assert found["骆卫东"] is not Role.UNKNOWN
    assert found["陶小满"] is other


@pytest.mark.parametrize(
    "text",
    [
        "被举报人骆卫东到场。",
        "被投诉人：骆卫东",
        "被反映人骆卫东系村会计。",
    ],
)
def test_who_is_reported_on_is_no_informant(text: str) -> None:
    assert roles(text)["骆卫东"] is Role.UNKNOWN


def test_who_is_asked_is_a_witness_and_who_asks_a_handler() -> None:
    found = roles("询问人：骆卫东，被询问人：时运来。")
    assert found == {"骆卫东": Role.HANDLER, "时运来": Role.WITNESS}


def test_a_very_long_list_takes_its_label_from_the_beginning() -> None:
    names = [a + b + c for a in "赵钱孙李周吴郑王" for b in "建国" for c in "平安"]
    document = plain_document(["证人：" + "、".join(names)])
    found = [
        Finding(Entity.PERSON, Span(start, start + 3), 0.9, "names")
        for start in range(3, len(document.text), 4)
    ]
    assert {f.role for f in assign(document, found)} == {Role.WITNESS}


def test_a_very_wide_row_and_a_very_long_line_take_no_longer_than_they_are_long() -> None:
    count = 10_000
    blocks = tuple(
        Block("骆卫东", Location("text", column), BlockKind.CELL, Cell(0, 0, column))
        for column in range(count)
    )
    wide = Document("xlsx", blocks)
    line = plain_document(["骆卫东到场，" * count])
    for document, step in ((wide, 4), (line, 6)):
        found = [
            Finding(Entity.PERSON, Span(step * place, step * place + 3), 0.9, "names")
            for place in range(count)
        ]
        begin = time.process_time()
        assert len(assign(document, found)) == count
        assert time.process_time() - begin < 20


@pytest.mark.parametrize(("format", "role"), [("image", Role.RECIPIENT), ("docx", Role.UNKNOWN)])
def test_a_draft_that_is_a_picture_has_its_title_in_it(format: str, role: Role) -> None:
    texts = ("临时救助对象公示名单", "姓名", "骆卫东", "陶小满")
    blocks = tuple(
        Block(text, Location("p", n), BlockKind.PICTURE, Cell(0, n - 1, 0) if n else None)
        for n, text in enumerate(texts)
    )
    document = Document(format, blocks)
    found = [
        Finding(Entity.PERSON, Span(start, start + 3), 0.9, "names")
        for start in map(document.text.index, texts[2:])
    ]
    assert {finding.role for finding in assign(document, found)} == {role}


def table(*rows: tuple[str, ...]) -> Document:
    title = Block("行政处罚决定书", Location("p", 0), BlockKind.PARAGRAPH)
    return Document("x", (title, *cells(rows)))


def in_table(*rows: tuple[str, str]) -> list[Role]:
    document = table(("姓名", "身份"), *rows)
    found = [
        Finding(Entity.PERSON, Span(start, start + len(name)), 0.9, "names")
        for name, _ in rows
        if (start := document.text.find(name)) >= 0
    ]
    return [finding.role for finding in assign(document, found)]


def test_a_column_that_names_the_punished_makes_nobody_else_one() -> None:
    told = in_table(("骆卫东", "当事人"), ("陶小满", "装载工"), ("谷爱民", "证人"))
    assert told == [Role.PUNISHED, Role.UNKNOWN, Role.WITNESS]
    assert in_table(("骆卫东", "驾驶员"), ("陶小满", "车主")) == [Role.PUNISHED] * 2


@pytest.mark.parametrize(
    ("header", "role"),
    [("姓名", Role.VICTIM), ("法定代表人", Role.LEGAL_REPRESENTATIVE)],
)
@pytest.mark.parametrize("column", ["拖欠工资（元）", "伤亡情况"])
def test_what_a_firm_owes_or_suffered_hurt_nobody_who_runs_it(
    header: str, column: str, role: Role
) -> None:
    document = table(("单位名称", header, "身份证号码", column), ("恒固公司", "骆卫东", "略", "三"))
    start = document.text.index("骆卫东")
    person = Finding(Entity.PERSON, Span(start, start + 3), 0.9, "names")
    assert [finding.role for finding in assign(document, [person])] == [role]


@pytest.mark.parametrize("header", ["配偶姓名", "申请人配偶姓名"])
def test_who_belongs_to_those_of_a_list_is_not_one_of_them(header: str) -> None:
    title = Block("临时救助对象名单", Location("p", 0), BlockKind.PARAGRAPH)
    rows = cells([("姓名", header, "金额"), ("骆卫东", "陶小满", "3000")])
    document = Document("x", (title, *rows))
    found = [
        Finding(Entity.PERSON, Span(start, start + 3), 0.9, "names")
        for start in map(document.text.index, ("骆卫东", "陶小满"))
    ]
    roles = [finding.role for finding in assign(document, found)]
    assert roles == [Role.RECIPIENT, Role.RELATIVE]


HONOURS = "关于褒扬烈士的公告\n"


@pytest.mark.parametrize(
    "text", ["烈士骆卫东、陶小满永垂不朽。", "骆卫东、陶小满烈士的英名刻在碑上。"]
)
def test_martyrs_are_public_where_they_are_honoured(text: str) -> None:
    assert set(roles(f"{HONOURS}{text}").values()) == {Role.PUBLIC_FIGURE}
    assert Role.PUBLIC_FIGURE not in roles(f"抚恤金发放公示\n{text}").values()


def test_the_kin_of_a_martyr_and_whoever_else_is_named_are_not() -> None:
    text = f"{HONOURS}烈士骆卫东之子陶小满致辞，烈士谷爱民的遗属时运来到场。"
    assert Role.PUBLIC_FIGURE not in roles(text).values()


def test_who_gives_up_a_post_and_who_moves_up_are_candidates() -> None:
    text = (
        "县融媒体中心公开招聘递补公告\n因入围体检人员骆卫东自愿放弃、陶小满体检不合格，"
        "现由谷爱民依次递补。\n递补后，时运来不再列入考察范围。"
    )
    assert roles(text) == dict.fromkeys(NAMES, Role.CANDIDATE)


def test_whoever_begins_a_piece_of_a_notice_of_aid_receives_it() -> None:
    text = (
        "特困供养人员动态调整公示\n新增：骆卫东，男，72岁，无子女；陶小满，女，68岁。\n"
        "停止供养：谷爱民（病故）。\n监护人：时运来，男，代管。"
    )
    assert roles(text) == {
        "骆卫东": Role.RECIPIENT,
        "陶小满": Role.RECIPIENT,
        "谷爱民": Role.RECIPIENT,
        "时运来": Role.GUARDIAN,
    }
    text = "草原补奖发放说明\n涉及牧户2户：骆卫东320亩，陶小满180亩。由邻居谷爱民代签。"
    assert roles(text) == {
        "骆卫东": Role.RECIPIENT,
        "陶小满": Role.RECIPIENT,
        "谷爱民": Role.UNKNOWN,
    }


def test_households_counted_in_a_notice_of_aid_receive_it() -> None:
    text = "取消公租房保障资格公告\n经核查，骆卫东、陶小满、谷爱民三户收入超标。"
    assert set(roles(text).values()) == {Role.RECIPIENT}


def test_who_is_introduced_elsewhere_by_his_sex_receives_nothing() -> None:
    assert roles("情况通报\n经查，骆卫东，男，72岁，酒后滋事。")["骆卫东"] is not Role.RECIPIENT
