"""The whole detector: passages, offsets, allow-list, tables, speed."""

from __future__ import annotations

import time

import pytest

from detectors.run import build_detector
from detectors.tables.passages import passages
from review.document import Block, BlockKind, Document, Location, plain_document
from review.finding import DOUBTFUL_NAME, Entity, Role
from review.policy import AllowList, Term, TermLevel
from tests.fakes.tables import cells

DETECTOR = build_detector((), AllowList())


def values(document: Document, entity: Entity) -> list[str]:
    return [document.value(f.span) for f in DETECTOR.detect(document) if f.entity is entity]


def table(rows: list[list[str]]) -> Document:
    return Document("xlsx", cells(rows))


def test_findings_point_into_the_original_text():
    document = plain_document(["\ufeff頭\u200b", "電話：１３８\u200b００１３８０００。"])
    assert values(document, Entity.PHONE_NUMBER) == ["１３８\u200b００１３８０００"]


def test_findings_are_numbered_in_order():
    document = plain_document(["邮箱a@test.com", "电话13800138000"])
    assert [f.id for f in DETECTOR.detect(document)] == ["F1", "F2"]


def test_an_empty_document_holds_nothing():
    assert DETECTOR.detect(Document("txt", ())) == ()
    assert DETECTOR.detect(plain_document(["", ""])) == ()


@pytest.mark.parametrize(
    "filler", [0, 1, 97, 15950, 15969, 15985, 15990, 15999, 16000, 16001, 36000]
)
def test_a_number_broken_over_lines_is_found_wherever_passages_are_cut(filler):
    document = plain_document(["字" * filler, "身份证号11010119900", "3078670，"])
    assert values(document, Entity.CN_ID_CARD) == ["11010119900\n3078670"]


def cut_into_lines(text: str, columns: int) -> list[str]:
    lines, width = [""], 0
    for sign in text:
        width += 1 if sign.isascii() else 2
        if width > columns:
            lines.append("")
            width = 1 if sign.isascii() else 2
        lines[-1] += sign
    return lines


@pytest.mark.parametrize("columns", range(28, 81))
def test_what_the_end_of_a_line_cuts_is_found_whole(columns):
    text = (
        "来信人陈志远（身份证号：110101199003078670，联系电话13937133253，"
        "住桃源县漳江镇文昌中路138号3单元502室）反映，其邻居刘建国开户银行"
        "账号为6228482801555668546，刘建国之妻赵玉梅患有高血压。"
    )
    document = plain_document(["关于来信事项的答复", *cut_into_lines(text, columns)])
    found = {document.value(f.span).replace("\n", "") for f in DETECTOR.detect(document)}
    assert {
        *("陈志远", "刘建国", "赵玉梅", "高血压", "110101199003078670", "13937133253"),
        *("桃源县漳江镇文昌中路138号3单元502室", "6228482801555668546"),
    } <= found


def test_every_block_is_in_a_passage_and_none_is_empty():
    document = plain_document(
        ["字" * length for length in (10, 20000, 1, 0, 15999, 2, 16001, 300)] * 9
    )
    seen: set[int] = set()
    for placed in passages(document):
        seen.update(range(placed.offset, placed.offset + len(placed.passage.text)))
        assert document.text.startswith(placed.passage.text, placed.offset)
    assert all(char == "\n" for i, char in enumerate(document.text) if i not in seen)


def test_headers_govern_cells_far_below_them():
    rows = [["姓名", "身份证号码", "联系电话"]]
    rows += [["张三", f"11010119900307{i:04}", f"350{i:04}"] for i in range(1200)]
    document = table(rows)
    assert len(values(document, Entity.CN_ID_CARD)) == 1200
    assert len(values(document, Entity.PHONE_NUMBER)) == 1200


def test_a_public_service_telephone_is_an_offices():
    detector = build_detector((), AllowList(telephones=("0750-3501234", "13800138000")))
    document = plain_document(["电话：0750－3501234；+86 138 0013 8000；13900139000"])
    roles = [f.role for f in detector.detect(document) if f.entity is Entity.PHONE_NUMBER]
    assert roles == [Role.OFFICE, Role.OFFICE, Role.UNKNOWN]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("办公电话：0750-3501234", Role.OFFICE),
        ("监督举报热线：0750-3501234转8", Role.OFFICE),
        ("0750-3501234（值班）", Role.OFFICE),
        ("服务热线400-820-1234", Role.OFFICE),
        ("某局办公室联系人张三，手机13800138000", Role.UNKNOWN),
        ("家庭电话：0750-3501234", Role.UNKNOWN),
    ],
)
def test_only_a_fixed_line_can_be_an_offices(text, role):
    found = DETECTOR.detect(plain_document([text]))
    assert [f.role for f in found if f.entity is Entity.PHONE_NUMBER] == [role]


def test_terms_of_the_policy_take_part():
    term = Term("军事禁区", TermLevel.STOP, "依据", "条", "owner", "2026-01-01")
    (found,) = build_detector((term,), AllowList()).detect(plain_document(["涉及军事禁区的"]))
    assert (found.entity, found.role) == (Entity.NEGATIVE_TERM, Role.STOP)


@pytest.mark.parametrize(
    "text",
    [
        "江府办〔2018〕14号",
        "按照GB/T 9704-2012执行",
        "项目代码：2018-440703-48-03-801234，总投资13800.50万元",
        "2018年5月6日前完成，邮政编码：529000",
        "收款单位：江门市江海区财政局国库",
        "依法保守国家秘密，保护商业秘密和个人隐私",
        "共计12,345,678,901.00元，同比增长13.8%",
        "（联系单位：区政务公开办）",
    ],
)
def test_plain_official_text_holds_nothing(text):
    assert DETECTOR.detect(plain_document([text])) == ()


def test_a_large_roster_is_quick():
    rows = [["序号", "姓名", "身份证号码", "联系电话", "金额"]]
    rows += [[str(i), "张三", "110101199003078670", "13800138000", "500.00"] for i in range(2000)]
    began = time.process_time()
    found = DETECTOR.detect(table(rows))
    assert time.process_time() - began < 6
    assert sum(f.entity is Entity.CN_ID_CARD for f in found) == 2000


@pytest.mark.parametrize(
    "text",
    ["1" * 20_000, "1 " * 10_000, "a" * 20_000, "a." * 10_000, "（" * 20_000, "患" * 20_000,
     "密 " * 9_000, "字第" * 10_000, "年" * 20_000, "：" * 20_000, "@" * 5_000, "1:" * 10_000,
     "电话" * 10_000, "\n" * 20_000],
)  # fmt: skip
def test_monotonous_text_does_not_slow_the_scan_down(text):
    DETECTOR.detect(plain_document(["热身"]))
    began = time.process_time()
    DETECTOR.detect(plain_document([text]))
    assert time.process_time() - began < 3


def test_a_leader_is_public_only_inside_the_set_phrase():
    allow = AllowList(phrases=("以张三同志为榜样",), persons=("张三",))
    document = plain_document(["要以张三同志为榜样。", "联系人：张三，电话13800138000"])
    found = build_detector((), allow).detect(document)
    roles = [f.role for f in found if f.entity is Entity.PERSON]
    assert roles[0] is Role.PUBLIC_FIGURE
    assert Role.PUBLIC_FIGURE not in roles[1:]
    assert len(roles) == 2


def test_a_name_with_evidence_anywhere_is_found_everywhere():
    document = plain_document(["联系人：张小芳，电话13800138000", "字" * 9000, "张小芳表示同意"])
    assert values(document, Entity.PERSON) == ["张小芳", "张小芳"]


@pytest.mark.parametrize(
    ("header", "name", "text"),
    [
        ("被征收人", "江海洋", "补偿款已存入江海洋账户。"),
        ("信访人", "安康", "安康家庭住址另查。"),
        ("来访人", "平安", "平安反映的工资问题已答复。"),
        ("承租方", "余晖", "其中余晖已腾退。"),
        ("农户", "向前进", "经核查，向前进户实际存栏12头。"),
    ],
)
def test_who_stands_in_a_column_of_people_is_found_in_the_text_as_well(
    header: str, name: str, text: str
) -> None:
    rows = [[header, "身份证号"], [name, "511324196203110178"], ["司马玉珍", "511324197101150229"]]
    body = Block(text, Location("正文", 0), BlockKind.PARAGRAPH)
    assert values(Document("x", (*table(rows).blocks, body)), Entity.PERSON).count(name) == 2


def test_where_a_name_may_as_well_be_a_word_a_person_is_asked() -> None:
    rows = [["姓名", "身份证号"], ["项目中", "511324196203110178"]]
    text = "项目中因母亲住院暂缓。项目中期评估已完成。"
    body = Block(text, Location("正文", 0), BlockKind.PARAGRAPH)
    document = Document("x", (*table(rows).blocks, body))
    asked = [f for f in DETECTOR.detect(document) if f.detector == DOUBTFUL_NAME]
    assert [document.text[f.span.start : f.span.end + 1] for f in asked] == ["项目中因"]


def test_a_name_of_which_little_is_sure_is_found_where_it_stands_again() -> None:
    """尤勇 was masked beside other names and stayed where he was blamed."""
    document = plain_document(
        ["班组长尤勇安排麻国庆、吴老三拆除外架。", "1.尤勇，违章指挥，由公安机关立案侦查。"]
    )
    named = [f for f in DETECTOR.detect(document) if document.value(f.span) == "尤勇"]
    assert [f.detector == DOUBTFUL_NAME for f in named] == [False, False]


def test_usual_words_are_not_asked_about_for_being_names_too() -> None:
    rows = [["姓名", "身份证号"], ["成功", "511324196203110178"]]
    body = Block("项目申报成功。", Location("正文", 0), BlockKind.PARAGRAPH)
    assert values(Document("x", (*table(rows).blocks, body)), Entity.PERSON) == ["成功"]


def test_a_usual_word_behind_a_post_is_asked_about() -> None:
    rows = [["姓名", "身份证号"], ["高兴", "511324196203110178"]]
    text = "对管理员高兴的询问笔录。群众都很高兴。"
    document = Document(
        "x", (*table(rows).blocks, Block(text, Location("正文", 0), BlockKind.PARAGRAPH))
    )
    asked = [f.span.start for f in DETECTOR.detect(document) if f.detector == DOUBTFUL_NAME]
    assert asked == [document.text.index("管理员高兴") + 3]


def test_an_illness_in_the_result_of_an_examination_is_found_and_a_pass_is_not() -> None:
    rows = [["姓名", "体检结论"], ["方圆", "合格"], ["尚可", "复检（肺结核待排）"]]
    document = table(rows)
    assert values(document, Entity.HEALTH) == ["复检（肺结核待排）"]
    assert values(document, Entity.PERSON) == ["方圆", "尚可"]
