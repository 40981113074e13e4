"""``review verify``: what is published is checked against its original, whoever redacted it."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from PIL import Image, ImageDraw
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from flows.cli import cli
from flows.masks.weak_masks import weakly_masked
from flows.verification.leftovers import LEFTOVERS
from redact.notes import TEXTS
from tests.fakes import ofd
from tests.fakes.processes import processor_seconds
from tests.fakes.sandboxes import sandbox_apart, sandbox_within

NOTICE = (
    "关于救助的公示\n"
    "姓名：钱文海，身份证号11010519491231002X，家住江府县城关镇柳河村三组12号。\n特此公示。\n"
)
CLEAN = "关于救助的公示\n姓名：钱某某，身份证号***，家住江府县城关镇***。\n特此公示。\n"


@pytest.fixture(autouse=True, scope="module")
def _within_this_process() -> Iterator[None]:
    with sandbox_within():
        yield


def verify(folder: Path, original: bytes, redacted: bytes, suffix: str = ".txt") -> Result:
    first, second = folder / f"原件{suffix}", folder / f"公开件{suffix}"
    first.write_bytes(original)
    second.write_bytes(redacted)
    return CliRunner().invoke(cli, ["verify", str(first), str(second), "--json"])


def told(result: Result) -> dict[str, Any]:
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def word(*paragraphs: str, author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def page(*, box: bool) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("STSong-Light", 14)
    for number, line in enumerate(NOTICE.splitlines()):
        canvas.drawString(60, 780 - 30 * number, line)
    if box:
        canvas.rect(60, 740, 500, 30, fill=1)
    canvas.save()
    return buffer.getvalue()


def test_a_good_redaction_by_hand_is_found_safe(tmp_path: Path) -> None:
    with sandbox_apart():
        result = verify(tmp_path, NOTICE.encode(), CLEAN.encode())
    assert result.exit_code == 0, result.output
    assert told(result)["safe"] is True


def test_a_value_left_in_the_text_is_named_by_kind_and_not_shown(tmp_path: Path) -> None:
    left = CLEAN.replace("身份证号***", "身份证号11010519491231002X")
    result = verify(tmp_path, NOTICE.encode(), left.encode())
    assert result.exit_code == 6
    assert [f["entity"] for f in told(result)["readable"]] == ["CN_ID_CARD"]
    assert "11010519491231002X" not in result.output


def test_a_black_box_over_live_text_hides_nothing(tmp_path: Path) -> None:
    result = verify(tmp_path, page(box=False), page(box=True), ".pdf")
    assert result.exit_code == 6
    found = {f["entity"] for f in told(result)["readable"]}
    assert {"PERSON", "CN_ID_CARD", "CN_ADDRESS"} <= found


def test_a_value_left_in_the_properties_is_found(tmp_path: Path) -> None:
    result = verify(
        tmp_path, word(*NOTICE.splitlines()), word(*CLEAN.splitlines(), author="钱文海"), ".docx"
    )
    assert result.exit_code == 6
    assert told(result)["recoverable"]
    assert LEFTOVERS["properties_dropped"] in told(result)["leftovers"]
    assert "钱文海" not in result.output


def test_a_text_removed_without_a_ground_is_told_by_its_place(tmp_path: Path) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("特此公示。\n", "").encode())
    assert result.exit_code == 3
    assert told(result)["changes"] == [{"block": 2, "kind": "lost"}]


def test_a_text_that_the_original_has_not_is_told(tmp_path: Path) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("公示。", "公示。另行通知").encode())
    assert result.exit_code == 3
    assert told(result)["changes"] == [{"block": 2, "kind": "added"}]


@pytest.mark.parametrize(
    ("old", "new"), [("8600", "6800"), ("8600", "600"), ("8600", "86000"), ("13.5", "15.3")]
)
def test_a_number_that_became_another_is_told_by_its_place(
    tmp_path: Path, old: str, new: str
) -> None:
    # Each digit of it stands in some hidden number: no finding explains the whole.
    before, after = (t + f"救助金额{n}元。\n" for t, n in ((NOTICE, old), (CLEAN, new)))
    result = verify(tmp_path, before.encode(), after.encode())
    assert result.exit_code == 3
    assert told(result)["changes"] == [{"block": 3, "kind": "number"}]
    files = [str(tmp_path / name) for name in ("原件.txt", "公开件.txt")]
    assert "数字不同：第4段" in CliRunner().invoke(cli, ["verify", *files]).output


def test_a_changed_number_of_a_table_is_told_by_its_cell(tmp_path: Path) -> None:
    before, after = (f"乡镇,金额（元）\n沙河镇,{sum_}\n" for sum_ in ("8600", "6800"))
    verify(tmp_path, before.encode(), after.encode(), ".csv")
    files = [str(tmp_path / name) for name in ("原件.csv", "公开件.csv")]
    assert "数字不同：B2，请" in CliRunner().invoke(cli, ["verify", *files]).output


@pytest.mark.parametrize(("old", "new"), [("8600", "8,600.00"), ("8600.0", "8600")])
def test_the_same_number_written_otherwise_is_no_change(tmp_path: Path, old: str, new: str) -> None:
    before, after = (t + f"救助金额{n}元。\n" for t, n in ((NOTICE, old), (CLEAN, new)))
    assert verify(tmp_path, before.encode(), after.encode()).exit_code == 0


def test_a_part_of_a_hidden_address_that_went_elsewhere_is_told(tmp_path: Path) -> None:
    lines = "柳河村道路硬化项目已经开工。\n"
    gone = "柳村道路硬化项目已经开工。\n"
    result = verify(tmp_path, (NOTICE + lines).encode(), (CLEAN + gone).encode())
    assert told(result)["changes"] == [{"block": 3, "kind": "lost"}]


def test_who_need_only_look_is_told_so_in_the_end(tmp_path: Path) -> None:
    first, second = tmp_path / "原件.txt", tmp_path / "公开件.txt"
    first.write_text(NOTICE)
    second.write_text(CLEAN.replace("特此公示。", ""))
    result = CliRunner().invoke(cli, ["verify", str(first), str(second)])
    assert result.exit_code == 3
    assert "请人工核对，没有问题再公开" in result.output


def test_two_sums_that_changed_places_are_told(tmp_path: Path) -> None:
    table = "姓名,金额\n钱文海,8600\n孙国强,5200\n"
    swapped = "姓名,金额\n钱某某,5200\n孙某某,8600\n"
    result = verify(tmp_path, table.encode(), swapped.encode(), ".csv")
    assert result.exit_code == 3
    assert told(result)["changes"]


@pytest.mark.parametrize("left", ["11010002X", "", "1101**********002X", "11xxxxxxxxxxxx002X"])
def test_a_hidden_number_cut_short_is_no_other_number(tmp_path: Path, left: str) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("号***", f"号{left}").encode())
    assert "number" not in [change["kind"] for change in told(result)["changes"]]
    assert result.exit_code == 0, result.output


def test_a_mask_of_the_surname_alone_is_told(tmp_path: Path) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("钱某某", "*文海").encode())
    assert result.exit_code != 0
    assert any("只遮住了姓" in sentence for sentence in told(result)["risks"])


def test_a_pdf_attached_to_a_pdf_is_read(tmp_path: Path) -> None:
    published = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(box=False))) as pdf:
        whole = io.BytesIO()
        pdf.save(whole)
        pdf.pages[0].Contents = pdf.make_stream(b"")
        pdf.attachments["a.pdf"] = whole.getvalue()
        pdf.save(published)
    result = verify(tmp_path, page(box=False), published.getvalue(), ".pdf")
    assert result.exit_code == 6
    assert any("内的" in sentence for sentence in told(result)["recoverable"])


def pictured(*, cover: float, total: str = "8600") -> bytes:
    image = Image.new("RGB", (760, 220), "white")
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(("ID 11010519491231002X", f"Sum paid in October {total}")):
        pen.text((20, 20 + 80 * number), line, fill="black", font_size=36)
    place = (65, 12, 480, 70)
    shade = Image.new("RGB", (place[2] - place[0], place[3] - place[1]), "black")
    image.paste(Image.blend(image.crop(place), shade, cover), place)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def test_pictures_are_compared_where_no_machine_reads_anything(tmp_path: Path) -> None:
    original = pictured(cover=0)
    solid = verify(tmp_path, original, pictured(cover=1), ".png")
    assert solid.exit_code == 3, solid.output
    assert told(solid)["differences"] == []
    glass = told(verify(tmp_path, original, pictured(cover=0.96), ".png"))
    assert any("遮得不实" in sentence for sentence in glass["recoverable"])
    other = told(verify(tmp_path, original, pictured(cover=1, total="6800"), ".png"))
    assert other["differences"] == ["第 1 页有 1 处与原件不同，请对照原件核对。"]


def test_a_preview_of_the_original_within_a_picture_is_read(tmp_path: Path) -> None:
    def file(data: bytes, behind: bytes = b"") -> bytes:
        buffer = io.BytesIO()
        Image.open(io.BytesIO(data)).save(buffer, "JPEG", quality=90)
        return buffer.getvalue() + behind

    original = file(pictured(cover=0))
    result = verify(tmp_path, original, file(pictured(cover=1), behind=original), ".jpg")
    assert result.exit_code == 6, result.output
    assert any("图片附带的数据" in sentence for sentence in told(result)["recoverable"])


def test_a_redacted_roster_counts_row_by_row(tmp_path: Path) -> None:
    rows = [f"钱文海,11010519491231002X,{n}元" for n in range(300)]
    table = "姓名,身份证号,金额\n" + "\n".join(rows)
    masked = table.replace("钱文海", "钱某某").replace("11010519491231002X", "1****************X")
    result = verify(tmp_path, table.encode(), masked.encode(), ".csv")
    assert result.exit_code == 0, result.output


def test_the_terminal_says_in_plain_words_what_to_do(tmp_path: Path) -> None:
    first, second = tmp_path / "原件.txt", tmp_path / "公开件.txt"
    first.write_text(NOTICE)
    second.write_text(CLEAN.replace("特此公示。", "").replace("钱某某", "钱文海"))
    result = CliRunner().invoke(cli, ["verify", str(first), str(second)])
    assert result.exit_code == 6
    assert "仍能读到应隐去的内容 1 处，不能公开" in result.output
    assert "（还能找回的见上）" in result.output
    assert "少了没有依据隐去的文字：第3段" in result.output


def test_who_left_properties_is_told_what_takes_them_out(tmp_path: Path) -> None:
    for name, lines in (("原件", NOTICE), ("公开件", CLEAN)):
        (tmp_path / f"{name}.docx").write_bytes(word(*lines.splitlines(), author="周"))
    files = [str(tmp_path / "原件.docx"), str(tmp_path / "公开件.docx")]
    assert "“检查文档”" in CliRunner().invoke(cli, ["verify", *files]).output


def test_every_loss_that_an_office_reader_tells_has_a_name() -> None:
    harmless = {"fields_flattened", "formulas_flattened", "ruby_dropped", "rules_dropped",
                "styles_dropped", "digits_lost", "formula_without_value", "picture_read",
                "picture_taken_out",
                "picture_effects_dropped", "object_kept", "animations_dropped",
                "table_style_replaced"}  # fmt: skip
    assert set(TEXTS) - set(LEFTOVERS) == harmless


def test_a_chart_that_is_gone_is_told(tmp_path: Path) -> None:
    def sheet(*, charted: bool) -> bytes:
        book, buffer = Workbook(), io.BytesIO()
        book.active.append(["乡镇", "户数"])
        book.active.append(["城关镇", 12])
        if charted:
            chart = BarChart()
            chart.add_data(Reference(book.active, min_col=2, min_row=2, max_row=2))
            book.active.add_chart(chart)
        book.save(buffer)
        return buffer.getvalue()

    plain = sheet(charted=False)
    result = verify(tmp_path, sheet(charted=True), plain, ".xlsx")
    assert any("图表" in line and "没有原样留在" in line for line in told(result)["differences"])
    assert told(verify(tmp_path, plain, plain, ".xlsx"))["differences"] == []


@pytest.mark.parametrize("missing", ["原件.txt", "公开件.txt"])
def test_a_missing_file_is_an_input_error(tmp_path: Path, missing: str) -> None:
    for name in {"原件.txt", "公开件.txt"} - {missing}:
        (tmp_path / name).write_text(NOTICE)
    paths = [str(tmp_path / name) for name in ("原件.txt", "公开件.txt")]
    result = CliRunner().invoke(cli, ["verify", *paths])
    assert result.exception is not None
    assert getattr(result.exception, "exit_code", None) == 5


@pytest.mark.parametrize("mask", ["110105194912310***", "1101051949123100**", "11010519491231**2X"])
def test_a_mask_that_leaves_nearly_the_whole_number_hides_nothing(
    tmp_path: Path, mask: str
) -> None:
    weak = CLEAN.replace("身份证号***", f"身份证号{mask}")
    result = verify(tmp_path, NOTICE.encode(), weak.encode())
    assert result.exit_code == 6
    assert any("只遮盖了几位" in sentence for sentence in told(result)["recoverable"])


def test_a_usual_mask_is_enough(tmp_path: Path) -> None:
    usual = CLEAN.replace("身份证号***", "身份证号110105********002X")
    assert verify(tmp_path, NOTICE.encode(), usual.encode()).exit_code == 0


def test_masks_of_many_numbers_take_time_in_proportion() -> None:
    def took(rows: int) -> float:
        numbers = [f"1101051949{n:08d}" for n in range(rows)]
        text = "，".join(f"{number[:6]}********{number[-4:]}" for number in numbers)
        start = processor_seconds()
        assert weakly_masked(text, numbers, ()) == 0
        return processor_seconds() - start

    short = min(took(500) for _ in range(3))
    assert took(4000) < 24 * max(short, 0.02)


def test_a_picture_in_the_package_is_doubtful_and_no_leak(tmp_path: Path) -> None:
    # What python-docx writes holds a preview picture, too small to be sure of what is read in it.
    result = verify(tmp_path, word(*NOTICE.splitlines()), word(*CLEAN.splitlines()), ".docx")
    assert result.exit_code == 3
    assert told(result)["recoverable"] == []
    assert "文档的预览图（缩略图）" in told(result)["leftovers"]


def preview(lines: list[str]) -> bytes:
    picture = Image.new("L", (620, 60 * len(lines)), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((10, 60 * number + 10), line, 0, font_size=36)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", comment=b"made elsewhere")
    return buffer.getvalue()


def test_a_value_in_the_preview_picture_of_a_package_is_read(tmp_path: Path) -> None:
    published = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(*CLEAN.splitlines()))) as clean,
        zipfile.ZipFile(published, "w") as spoilt,
    ):
        for name in clean.namelist():
            shown = name == "docProps/thumbnail.jpeg"
            data = preview(["11010519491231002X"]) if shown else clean.read(name)
            spoilt.writestr(name, data)
    result = verify(tmp_path, word(*NOTICE.splitlines()), published.getvalue(), ".docx")
    assert result.exit_code == 6
    assert told(result)["recoverable"]


def test_a_header_stands_elsewhere_in_another_format(tmp_path: Path) -> None:
    draft = docx.Document()
    draft.sections[0].header.paragraphs[0].text = "江府县民政局文件"
    for line in NOTICE.splitlines():
        draft.add_paragraph(line)
    draft.save(str(tmp_path / "原件.docx"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for number, line in enumerate(("江府县民政局文件", *CLEAN.splitlines())):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, 815 if not number else 760 - 20 * number, line)
    canvas.save()
    (tmp_path / "公开件.pdf").write_bytes(buffer.getvalue())
    files = [str(tmp_path / "原件.docx"), str(tmp_path / "公开件.pdf")]
    assert told(CliRunner().invoke(cli, ["verify", *files, "--json"]))["changes"] == []


def test_the_office_of_a_person_in_the_place_of_the_name_is_a_mask(tmp_path: Path) -> None:
    original = "关于救助的公示\n申请人：钱文海，家庭困难。\n特此公示。\n"
    result = verify(tmp_path, original.encode(), original.replace("钱文海", "信访人").encode())
    assert result.exit_code == 0, result.output


def test_what_is_still_read_is_not_counted_as_hidden(tmp_path: Path) -> None:
    split = CLEAN.replace("***，", "110105194912310 02X，")
    assert told(verify(tmp_path, NOTICE.encode(), split.encode()))["gone"] < 3


def test_a_row_that_is_gone_is_told_though_a_name_stood_in_it(tmp_path: Path) -> None:
    rows = [f"钱文海,柳河村委会,{n}元" for n in range(50)]
    before = "姓名,单位,金额\n" + "\n".join(rows)
    after = "姓名,单位,金额\n" + "\n".join(
        r.replace("钱文海", "钱某某") for r in rows[:20] + rows[21:]
    )
    result = verify(tmp_path, before.encode(), after.encode(), ".csv")
    assert result.exit_code == 3, result.output
    assert {"lost"} == {change["kind"] for change in told(result)["changes"]}


def test_a_long_masked_roster_is_explained_row_by_row(tmp_path: Path) -> None:
    def took(rows: int) -> float:
        numbers = [f"138{n:08d}" for n in range(rows)]
        folder = tmp_path / str(rows)
        folder.mkdir()
        before = "电话,金额\n" + "\n".join(f"{n},5元" for n in numbers)
        after = "电话,金额\n" + "\n".join(f"{n[:3]}****{n[-4:]},5元" for n in numbers)
        start = processor_seconds()
        result = verify(folder, before.encode(), after.encode(), ".csv")
        assert result.exit_code == 0, result.output
        return processor_seconds() - start

    took(10)
    assert took(2000) < 20 * max(took(250), 0.25)


def fixed(*lines: str, inner: str = "") -> bytes:
    drawn = [ofd.text(line, 20 + 9 * number) for number, line in enumerate(lines)]
    return ofd.package([ofd.page(*drawn, inner)])


def test_a_black_area_over_live_text_of_an_ofd_hides_nothing(tmp_path: Path) -> None:
    black = ofd.path("M 20 28 L 200 28 L 200 36 L 20 36 C", 'Fill="true"')
    lines = NOTICE.splitlines()
    result = verify(tmp_path, fixed(*lines), fixed(*lines, inner=black), ".ofd")
    assert result.exit_code == 6


def test_a_value_left_in_an_invisible_text_of_an_ofd_is_noticed(tmp_path: Path) -> None:
    hidden = ofd.text("11010519491231002X", 90, attributes='Visible="false"')
    published = fixed(*CLEAN.splitlines(), inner=hidden)
    result = verify(tmp_path, fixed(*NOTICE.splitlines()), published, ".ofd")
    assert result.exit_code == 6


def test_an_ofd_of_other_software_is_left_to_a_person(tmp_path: Path) -> None:
    original, published = fixed(*NOTICE.splitlines()), fixed(*CLEAN.splitlines())
    result = verify(tmp_path, original, published, ".ofd")
    assert result.exit_code in (0, 3), result.output
    assert not told(result)["readable"]


def test_who_names_no_category_is_told_which_rules_the_title_asks_for(tmp_path: Path) -> None:
    penalty = "行政处罚决定书\n当事人：某某公司。\n".encode()
    assert told(verify(tmp_path, penalty, penalty))["category_suggested"] == (
        "administrative_penalty"
    )
    files = [str(tmp_path / name) for name in ("原件.txt", "公开件.txt")]
    result = CliRunner().invoke(cli, ["verify", *files])
    assert "--category administrative_penalty" in result.stdout
    named = CliRunner().invoke(cli, ["verify", *files, "--category", "administrative_penalty"])
    assert "--category" not in named.stdout


@pytest.mark.parametrize(
    "written",
    [
        "6ZKx5paH5rW3",
        "qianwenhai",
        "Qian Wenhai",
        "qián wén hǎi",
        "Wenhai Qian",
        "海文钱",
        "錢文海",
        "钱*文*海",
        "%E9%92%B1%E6%96%87%E6%B5%B7",
        hashlib.md5("钱文海".encode(), usedforsecurity=False).hexdigest(),
    ],
)
def test_a_name_written_otherwise_in_the_place_of_its_mask_is_no_mask(
    tmp_path: Path, written: str
) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("钱某某", written).encode())
    assert result.exit_code == 6, result.output
    assert written not in result.output


@pytest.mark.parametrize(
    "written",
    [
        "X20013215019491X",
        "11OlO5I949I23lOO2X",
        "一一〇一〇五一九四九一二三一〇〇二X",
        "X200132194915010111"[::-1],
    ],
)
def test_a_number_written_otherwise_never_passes(tmp_path: Path, written: str) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("号***", f"号{written}").encode())
    assert result.exit_code in (3, 6), result.output


@pytest.mark.parametrize(
    "mask", ["钱**", "钱某甲", "■■■", "〔姓名已隐去〕", "当事人A", "XXX", "【已脱敏】", ""]
)
def test_what_offices_write_for_a_name_is_a_mask(tmp_path: Path, mask: str) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("钱某某", mask).encode())
    assert result.exit_code == 0, result.output


def test_another_name_in_the_place_of_a_mask_is_told(tmp_path: Path) -> None:
    result = verify(tmp_path, NOTICE.encode(), CLEAN.replace("钱某某", "小海子").encode())
    assert {"block": 1, "kind": "added"} in told(result)["changes"]


def test_a_hidden_name_added_where_nothing_gives_it_away_is_a_leak(tmp_path: Path) -> None:
    result = verify(tmp_path, NOTICE.encode(), (CLEAN + "备注：钱\u200b文\u200b海\n").encode())
    assert result.exit_code == 6, result.output
    vertical = verify(tmp_path, NOTICE.encode(), (CLEAN + "钱\n文\n海\n").encode())
    assert vertical.exit_code == 6


def test_two_masks_that_show_too_little_to_tell_whose_they_are_do_not_add_up() -> None:
    assert weakly_masked("138123*****和****345678", ["13812345678"], ()) == 1
    assert weakly_masked("1381*******和******45678", ["13812345678"], ()) == 0


def test_two_masks_that_show_the_whole_number_hide_nothing(tmp_path: Path) -> None:
    both = CLEAN.replace("身份证号***", "身份证号110105********002X（11010519491231****）")
    result = verify(tmp_path, NOTICE.encode(), both.encode())
    assert result.exit_code == 6
    assert any("只遮盖了几位" in sentence for sentence in told(result)["recoverable"])


def test_what_vanished_is_counted_against_what_the_policy_hides(tmp_path: Path) -> None:
    good = told(verify(tmp_path, NOTICE.encode(), CLEAN.encode()))
    assert (good["planned"], good["gone"]) == (3, 3)
    bad = told(verify(tmp_path, NOTICE.encode(), CLEAN.replace("钱某某", "钱文海").encode()))
    assert (bad["planned"], bad["gone"]) == (3, 2)


def test_what_can_be_worked_out_from_the_rest_is_told(tmp_path: Path) -> None:
    usual = CLEAN.replace("身份证号***", "身份证号110105********002X，1949年出生")
    result = verify(tmp_path, NOTICE.encode(), usual.encode())
    assert told(result)["risks"]
    assert result.exit_code != 0


def test_a_value_hidden_in_a_word_document_is_found_wherever_it_lies(tmp_path: Path) -> None:
    def published(change: Callable[[Any], object]) -> bytes:
        document = docx.Document(io.BytesIO(word(*CLEAN.splitlines())))
        change(document)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    def run(document: Any) -> Any:
        return document.add_paragraph("备注").add_run("钱文海").font

    ways: list[Callable[[Any], object]] = [
        lambda d: setattr(run(d), "hidden", True),
        lambda d: setattr(run(d).color, "rgb", docx.shared.RGBColor(255, 255, 255)),
        lambda d: setattr(d.core_properties, "keywords", "qianwenhai"),
    ]
    original = word(*NOTICE.splitlines())
    for way in ways:
        assert verify(tmp_path, original, published(way), ".docx").exit_code == 6


def test_an_earlier_state_within_a_pdf_is_read(tmp_path: Path) -> None:
    first, second = page(box=False), io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number, size, root = (
            pdf.pages[0].Contents.objgen[0],
            int(pdf.trailer.Size),
            pdf.Root.objgen[0],
        )
    second.write(first)
    start = second.tell()
    second.write(f"{number} 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n".encode())
    table = second.tell()
    previous = first.rpartition(b"startxref")[2].split()[0].decode()
    second.write(
        f"xref\n{number} 1\n{start:010d} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R"
        f"/Prev {previous}>>\nstartxref\n{table}\n%%EOF\n".encode()
    )
    result = verify(tmp_path, first, second.getvalue(), ".pdf")
    assert result.exit_code == 6
    assert any("旧版本" in sentence for sentence in told(result)["recoverable"])


def test_lines_made_to_be_hard_to_align_are_told_in_bounded_time(tmp_path: Path) -> None:
    def page_of(seed: int) -> bytes:
        chosen = random.Random(seed)
        lines = ("".join(chosen.choice("甲乙") for _ in range(1500)) for _ in range(8))
        return "\n".join(lines).encode()

    start = processor_seconds()
    result = verify(tmp_path, page_of(1), page_of(2))
    assert result.exit_code in (3, 6)
    assert processor_seconds() - start < 16


def test_a_picture_is_read_whole_though_the_page_crops_it(tmp_path: Path) -> None:
    def published(text: str) -> bytes:
        picture, package = io.BytesIO(), io.BytesIO(word(*CLEAN.splitlines()))
        image = Image.new("RGB", (700, 80), "white")
        ImageDraw.Draw(image).text((10, 20), text, fill="black", font_size=32)
        image.save(picture, "PNG")
        with zipfile.ZipFile(package, "a") as archive:
            archive.writestr("word/media/cropped.png", picture.getvalue())
        return package.getvalue()

    original = word(*NOTICE.splitlines())
    assert verify(tmp_path, original, published("11010519491231002X"), ".docx").exit_code == 6
    assert verify(tmp_path, original, published("2026"), ".docx").exit_code == 3
