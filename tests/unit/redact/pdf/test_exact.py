"""Pdf output by rewriting: the removed glyphs go, and all others stay where and as they were."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet

from redact.pdf.format import PdfFormat
from review.document import BlockKind
from review.plan import Edit, RedactionPlan
from tests.fakes.exact import (
    HELVETICA,
    content,
    differs,
    everything,
    make,
    render,
    rewritten,
    saved,
    selectable,
    way,
)
from tests.fakes.pdf import lines


def test_the_page_keeps_its_look_outside_the_gap() -> None:
    data = make(lines("申请人赵小满住址江府县", "联系电话13812345678。"))
    x0, top, x1, bottom = differs(data, rewritten(data, "小满"))
    assert (x0, x1) >= (80 + 64 - 2, 0)
    assert x1 <= 80 + 96 + 2
    assert 842 - 716 <= top < bottom <= 842 - 694


def test_a_document_without_edits_looks_the_same_and_keeps_its_text() -> None:
    data = make(lines("申请人赵小满"), lines("住址江府县"))
    output = rewritten(data, "钱多")
    assert differs(data, output) is None
    assert "赵小满" in selectable(output)


def test_text_stays_text_in_the_order_of_reading() -> None:
    output = rewritten(make(lines("申请人赵小满住址江府县")), "赵小满", "某某某")
    assert selectable(output).strip() == "申请人某某某住址江府县"
    with pikepdf.open(BytesIO(output)) as pdf:
        assert "/XObject" not in pdf.pages[0].Resources


def test_the_mask_is_written_in_place_where_it_fits() -> None:
    data = make(lines("联系电话13812345678。"))
    output = rewritten(data, "13812345678", "138****5678")
    place = (int(1.5 * 145), int(1.5 * (842 - 716)), int(1.5 * 230), int(1.5 * (842 - 694)))
    shades = render(output).crop(place).histogram()
    assert 0 < sum(shades[:60]) < 0.4 * sum(shades)


def test_a_bar_is_painted_where_no_type_for_the_mask_is_at_hand() -> None:
    output = rewritten(make(lines("申请人赵小满住址")), "赵小满", "〔龘龘〕")
    place = (int(1.5 * 132), int(1.5 * (842 - 708)), int(1.5 * 172), int(1.5 * (842 - 702)))
    assert render(output).crop(place).getextrema() == (0, 0)


def test_a_mask_over_two_lines_is_shared_out() -> None:
    data = make(lines("经申请人赵小满身份证号码联系电话1381234", "5678符合条件。"))
    assert "13812345678" in PdfFormat().read(data).text
    output = rewritten(data, "13812345678", "138****5678")
    text = "".join(selectable(output).split())
    assert "138****5678符合条件" in text
    page = pypdfium2.PdfDocument(output)[0].get_textpage()
    assert page.get_text_bounded(0, 660, 595, 690).startswith("5678")


def by_all_readers(data: bytes) -> list[str]:
    """Read a file by three programs that share no code, white space left out."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        texts = ["".join(page.extract_text() for page in pdf.pages)]
    texts.append("".join(selectable(data, number) for number in range(len(texts))))
    texts.append(subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True,
                                check=True).stdout.decode())  # fmt: skip
    return ["".join(text.split()) for text in texts]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no poppler")
@pytest.mark.parametrize(
    ("removed", "mask"),
    [
        ("赵小满", "赵某某"),
        ("赵小满", "**"),
        ("赵小满", "〔已隐去〕"),
        ("13812345678", "138****5678"),
        ("江府县民政局公示申请人", "江府县***"),
    ],
)
def test_every_reader_finds_the_mask_in_its_place(removed: str, mask: str) -> None:
    text = "身份赵小满联系13812345678，江府县民政局公示申请人符合。"
    output = rewritten(make(lines(text)), removed, mask)
    assert by_all_readers(output) == [text.replace(removed, mask)] * 3


def ink(data: bytes, left: float, right: float) -> list[bool]:
    """Tell for each pixel of a stretch of the first line how its column is: white or not."""
    box = (int(1.5 * left), int(1.5 * (842 - 712)), int(1.5 * right), int(1.5 * (842 - 698)))
    line = render(data).crop(box)
    return [line.crop((x, 0, x + 1, line.height)).getextrema()[0] < 200 for x in range(line.width)]


def test_a_short_mask_in_a_long_gap_stands_at_its_beginning_before_a_grey_ground() -> None:
    output = rewritten(
        make(lines("住址江府县民政局公示申请人符合")), "江府县民政局公示申请人", "***"
    )
    columns = ink(output, 80 + 32, 80 + 13 * 16)
    assert any(columns[:24])
    assert set(render(output).crop((300, 196, 420, 206)).tobytes()) <= {216, 217}


def test_a_path_that_the_page_leaves_open_is_not_painted_with_the_ground_of_a_mask() -> None:
    open_path = "q 2 1 246 18 re W BT /F1 12 Tf 72 700 Td (Tel 13812345678901234567 ok) Tj ET Q"
    data = content(open_path)
    before, after = render(data), render(rewritten(data, r"\d+", "**"))
    foot = (0, before.height - 60, before.width, before.height)
    assert after.crop(foot).tobytes() == before.crop(foot).tobytes()
    assert after.tobytes() != before.tobytes()


def test_a_long_mask_is_set_smaller_before_it_becomes_a_bar() -> None:
    def darkest_share(mask: str) -> float:
        output = rewritten(make(lines("申请人赵小满住址")), "赵小满", mask)
        place = (int(1.5 * 132), int(1.5 * (842 - 708)), int(1.5 * 172), int(1.5 * (842 - 702)))
        shades = render(output).crop(place).histogram()
        return sum(shades[:60]) / sum(shades)

    assert darkest_share("〔姓名已隐去〕") < 0.5
    assert darkest_share("〔统一社会信用代码已隐去〕") == 1


def test_the_type_of_a_mask_holds_its_letters_alone() -> None:
    output = rewritten(make(lines("申请人赵小满住址")), "赵小满", "〔已隐去〕")
    with pikepdf.open(BytesIO(output)) as pdf:
        (font,) = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)
                   and "/ToUnicode" in o and str(o.BaseFont).endswith("M1")]  # fmt: skip
        rows = font.ToUnicode.read_bytes().decode().partition("beginbfchar")[2]
        meant = re.findall(r"> <([0-9A-F]{4})>", rows)
        assert "".join(chr(int(code, 16)) for code in meant) == "〔〕去已隐"
        program = CFFFontSet()
        program.decompile(
            BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()), None
        )
    assert len(program[0].charset) == 6


SETTINGS = [
    "BT /F1 12 Tf 3 Tc 5 Tw 72 700 Td (Tel 13812345678 ok now) Tj ET",
    "BT /F1 12 Tf 80 Tz 72 700 Td (Tel 13812345678 ok now) Tj ET",
    "BT /F1 12 Tf 4 Ts 72 700 Td (Tel 13812345678 ok now) Tj ET",
    "BT /F1 12 Tf 2 Tr 72 700 Td (Tel 13812345678 ok now) Tj ET",
    "BT /F1 12 Tf 72 700 Td [(Tel ok now) -9000 (13812345678)] TJ ET",
    "BT /F1 12 Tf 72 700 Td [(Tel 138) -20 (1234) 15 (5678 ok) -30 ( now)] TJ ET",
    "BT /F1 12 Tf 14 TL 72 714 Td (Tel 13812345678 ok) ' (now) ' ET",
    "BT /F1 12 Tf 0 TL 72 700 Td 4 2 (Tel 13812345678 ok now) \" 14 TL (and on) ' ET",
    "q q BT /F1 9 Tf 7 Tc ET Q BT /F1 12 Tf 72 700 Td (Tel 13812345678 ok) Tj ET Q",
    "BT 12 0 0 12 72 700 Tm /F1 1 Tf (Tel 13812345678 ok now) Tj ET",
    "1 0 0 -1 0 842 cm BT /F1 12 Tf 1 0 0 -1 72 142 Tm (Tel 13812345678 ok now) Tj ET",
    "BT /F1 12 Tf 72 700 Td (Tel 138) Tj (12345678 ok now) Tj ET",
    "q 72 690 200 3 re f Q BT /F1 12 Tf 72 700 Td (Tel 13812345678 ok now) Tj ET",
]


@pytest.mark.parametrize("body", SETTINGS)
def test_every_other_glyph_stays_whatever_the_text_state(body: str) -> None:
    data = content(body)

    def places(file: bytes) -> list[tuple[str, int]]:
        page = pypdfium2.PdfDocument(file)[0].get_textpage()
        text = page.get_text_range()
        return [
            (sign, round(page.get_charbox(number, loose=True)[0]))
            for number, sign in enumerate(text)
            if sign.isalpha() and sign.isascii()
        ]

    assert places(rewritten(data, "13812345678", "138****5678")) == places(data)
    assert places(rewritten(data, "13812345678", "〔隐去〕")) == places(data)


def test_a_mask_stands_where_the_removed_text_stood_however_far_behind_other_text() -> None:
    """Ghostscript shows a whole row of a table in one go, with spacing from cell to cell."""
    data = content("BT /F1 12 Tf 72 700 Td [(81707) -9000 (13812345678) -9000 (1381)] TJ ET")
    first, last = "13812345678", "1381$"

    def place(file: bytes, sign: str) -> list[int]:
        page = pypdfium2.PdfDocument(file)[0].get_textpage()
        text = page.get_text_range()
        return [round(page.get_charbox(m.start())[0]) for m in re.finditer(sign, text)]

    output = rewritten(data, f"{first}|{last}", "xxxx")
    starts = place(data, "(?<!\\d)138")
    assert len(starts) == 2
    assert place(output, "(?<!x)xxxx") == pytest.approx(starts, abs=2)


def form_use(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    form = pdf.make_stream(b"BT /F1 12 Tf 0 0 Td (Tel 13812345678 of Zhao) Tj ET")
    form.Subtype, form.BBox = pikepdf.Name.Form, [0, -20, 400, 100]
    form.Matrix = [1, 0, 0, 1, 10, 20]
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=HELVETICA))
    page.Resources.XObject = pikepdf.Dictionary(Fm=form)


def test_text_in_a_form_used_twice_goes_only_where_it_is_removed() -> None:
    data = content("q 1 0 0 1 50 600 cm /Fm Do Q q 1 0 0 1 50 500 cm /Fm Do Q", form=form_use)
    form = PdfFormat()
    document = form.read(data)
    first, second = (b.text for b in document.blocks if b.kind is not BlockKind.DROPPED)
    assert first == second
    start = first.index("Zhao")
    edits = (Edit(0, start, start + 4, "***", "f"),)
    plan = RedactionPlan(document.digest, "policy", "general", (), edits)
    output, notes = form.write(data, plan)
    assert "pdf_rewritten" in {note.code for note in notes}
    assert [b.text for b in form.read(output).blocks] == [first.replace("Zhao", "***"), second]


def test_a_turned_page_and_a_cropped_one_are_rewritten() -> None:
    with pikepdf.open(BytesIO(content("0 1 -1 0 595 0 cm " + SETTINGS[4]))) as pdf:
        pdf.pages[0].Rotate = 90
        turned = saved(pdf)
    rewritten(turned, "13812345678")
    with pikepdf.open(BytesIO(make(lines("申请人赵小满", "联系电话1381234")))) as pdf:
        pdf.pages[0].CropBox = [60, 690, 500, 800]
        cropped = saved(pdf)
    output = rewritten(cropped, "赵小满")
    assert render(output).size == (660, 165)
    assert "1381234" not in selectable(output)


def test_what_was_rewritten_can_be_redacted_again() -> None:
    once = rewritten(make(lines("申请人赵小满住址江府县")), "赵小满", "某某某")
    assert "江" not in selectable(way(once, "江府县")[1])


def test_the_same_input_gives_the_same_bytes() -> None:
    data = make(lines("申请人赵小满"))
    assert rewritten(data, "赵小满") == rewritten(data, "赵小满")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_file_of_libreoffice_is_rewritten(tmp_path: Path) -> None:
    source = tmp_path / "draft.html"
    source.write_text("<meta charset=utf-8><p>申请人赵小满，电话13812345678。</p>", "utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export",
         "--outdir", tmp_path, source],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    output = rewritten((tmp_path / "draft.pdf").read_bytes(), "赵小满|13812345678", "***")
    assert "赵" not in everything(output)
    assert selectable(output).count("***") == 2
