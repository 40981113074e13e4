"""Pdf output by rewriting: exactly the removed glyphs go, and nothing in the file tells of them."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfgen.canvas import Canvas

from redact.pdf.format import PdfFormat
from redact.pdf.glyphless import to_unicode
from redact.verify.verifier import IndependentVerifier
from review.document import BlockKind, Document
from review.plan import Edit, RedactionPlan, redacted_document

A4 = (595.0, 842.0)
Draw = Callable[[Canvas], None]
TEXT = "经江府县民政局公示申请人赵小满身份证号码联系电话姓名住址符合条件，。：某一二三四五六七八十"


@functools.cache
def font() -> str:
    """Register a font whose every glyph is a shape of its own, clear of its neighbours."""
    characters = sorted(set(TEXT) | {chr(c) for c in range(33, 127)})
    names = {ord(c): f"g{ord(c):x}" for c in characters}
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
    for code, name in names.items():
        wide = 1000 if code > 127 else 500
        pen = TTGlyphPen(None)
        tip = 200 + code * 7 % 500
        for x, y, step in ((wide // 5, 0, pen.moveTo), (wide // 4, tip, pen.lineTo)):
            step((x, y))
        pen.lineTo((wide * 4 // 5, 100 + code * 13 % 400))
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({32: "space", **names})
    builder.setupGlyf(glyphs)
    widths = {names[ord(c)]: 1000 for c in characters if ord(c) > 127}
    builder.setupHorizontalMetrics({n: (widths.get(n, 500), 0) for n in glyphs})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Shapes", "styleName": "Regular", "psName": "Shapes"})
    builder.setupOS2()
    builder.setupPost()
    buffer = BytesIO()
    builder.save(buffer)
    buffer.seek(0)
    pdfmetrics.registerFont(EmbeddedFont("Shapes", buffer))
    return "Shapes"


def make(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for draw in pages:
        canvas.setFont(font(), 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, x: float = 80, y: float = 700) -> Draw:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, y - number * 28, text)

    return draw


def content(body: str, **resources: Callable[[pikepdf.Pdf, pikepdf.Object], object]) -> bytes:
    """Draw a page by hand; ``/F1`` is a standard font, ``/Z`` the embedded one."""
    with pikepdf.open(BytesIO(make(lines(TEXT + "0123456789*")))) as pdf:
        page = pdf.pages[0]
        fonts = page.Resources.Font
        embedded = next(f for f in fonts.values() if "Shapes" in str(f.BaseFont))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=HELVETICA, Z=embedded))
        page.Contents = pdf.make_stream(body.encode("latin-1"))
        for change in resources.values():
            change(pdf, page)
        return saved(pdf)


HELVETICA = pikepdf.Dictionary(
    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
    Encoding=pikepdf.Name.WinAnsiEncoding,
)  # fmt: skip


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def plan_to_hide(document: Document, pattern: str, replacement: str) -> RedactionPlan:
    edits = tuple(
        Edit(index, match.start(), match.end(), replacement, "f")
        for index, block in enumerate(document.blocks)
        if block.kind is not BlockKind.DROPPED
        for match in re.finditer(pattern, block.text)
    )
    return RedactionPlan(document.digest, "policy", "general", (), edits)


def written(document: Document) -> str:
    """Give all text but what is read in drawings, without white space."""
    texts = (b.text for b in document.blocks if b.kind is not BlockKind.PICTURE)
    return "".join("".join(texts).split())


def way(data: bytes, pattern: str, replacement: str = "***") -> tuple[str, bytes]:
    """Redact; give which way was taken and the output, which must read as planned."""
    form = PdfFormat()
    document = form.read(data)
    plan = plan_to_hide(document, pattern, replacement)
    output, notes = form.write(data, plan)
    assert written(form.read(output)) == written(redacted_document(document, plan))
    (code,) = {note.code for note in notes} & {"pdf_rewritten", "pdf_raster"}
    return code, output


def rewritten(data: bytes, pattern: str, replacement: str = "***") -> bytes:
    code, output = way(data, pattern, replacement)
    assert code == "pdf_rewritten"
    return output


def render(data: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=1.5).to_pil().convert("L")


def differs(before: bytes, after: bytes) -> tuple[int, int, int, int] | None:
    """Give the box, in points, in which two first pages look different."""
    difference = ImageChops.difference(render(before), render(after))
    box = difference.point(lambda shade: 255 * (shade > 40)).getbbox()
    return box and tuple(round(edge / 1.5) for edge in box)


def selectable(data: bytes, page: int = 0) -> str:
    return pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range()


# What stays


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


# What goes


def rare(program: bytes) -> set[bytes]:
    """Give the outlines of a TrueType program as bytes."""
    glyphs = TTFont(BytesIO(program), lazy=True)
    return {glyphs["glyf"][n].compile(glyphs["glyf"]) for n in glyphs.getGlyphOrder()} - {b""}


def programs(data: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [o.read_bytes() for o in pdf.objects
                if isinstance(o, pikepdf.Stream) and "/Length1" in o]  # fmt: skip


def test_fonts_forget_outline_width_and_meaning_of_what_is_removed() -> None:
    data, spared = make(lines("申请人赵小满符合条件")), make(lines("申请人符合条件"))
    output = rewritten(data, "赵小满", "***")
    kept = set().union(*(rare(p) for p in programs(output)))
    before = set().union(*(rare(p) for p in programs(data)))
    only = set().union(*(rare(p) for p in programs(spared)))
    assert before > only
    assert len(kept & before) == 7
    with pikepdf.open(BytesIO(output)) as pdf:
        (used,) = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/W" in o
                   and str(o.BaseFont).endswith("F2")]  # fmt: skip
        assert len(used.W[1]) == 7
        streams = b"".join(o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream))
    for character in "赵小满":
        assert character.encode("utf-16-be").hex().upper().encode() not in streams


def test_codes_do_not_tell_in_which_order_characters_were_first_used() -> None:
    output = rewritten(make(lines("申请人赵小满", "满十小二赵一")), "赵小满(?!十)", "***")
    with pikepdf.open(BytesIO(output)) as pdf:
        maps = [o.ToUnicode.read_bytes().decode() for o in pdf.objects
                if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o]  # fmt: skip
    for text in maps:
        rows = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", text.partition("beginbfchar")[2])
        assert rows == sorted(rows, key=lambda row: row[1])


def hide_everywhere(data: bytes) -> bytes:
    """Put a value of its own into every place of a pdf that no page shows."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page, root = pdf.pages[0].obj, pdf.Root
        pdf.docinfo["/Author"] = pikepdf.String("Qhinfoauthor")
        pdf.docinfo["/Custom"] = pikepdf.String("Qhcustominfo")
        with pdf.open_metadata(update_docinfo=False) as metadata:
            metadata["dc:title"] = "Qhxmptitle"
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Qhoutline", 0))
        pdf.attachments["Qhattachment.txt"] = b"Qhattached"
        root.Lang = pikepdf.String("Qhlang")
        root.PageLabels = pikepdf.Dictionary(
            Nums=[0, pikepdf.Dictionary(P=pikepdf.String("Qhlabel"))]
        )
        root.StructTreeRoot = pikepdf.Dictionary(
            K=pikepdf.Dictionary(Alt=pikepdf.String("Qhalt"), E=pikepdf.String("Qhexpansion"))
        )
        root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("Qhscript")
        )
        root.PieceInfo = pikepdf.Dictionary(Qhpiece=pikepdf.Dictionary(X=1))
        root.Threads = [pikepdf.Dictionary(I=pikepdf.Dictionary(Title=pikepdf.String("Qhthread")))]
        root.Orphan = pdf.make_stream(b"BT (Qhorphan) Tj ET")
        page.Thumb = pdf.make_stream(b"Qhthumbnail")
        page.PieceInfo = pikepdf.Dictionary(Qhpagepiece=1)
        page.Annots = [
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("Qhlink"))),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
                Contents=pikepdf.String("Qhcomment")),
        ]  # fmt: skip
        page.Resources.Properties = pikepdf.Dictionary(
            P=pikepdf.Dictionary(Note=pikepdf.String("Qhproperty"))
        )
        page.Resources.Font.Qhfontname = page.Resources.Font[next(iter(page.Resources.Font.keys()))]
        unused = pdf.make_stream(b"BT (Qhunusedform) Tj ET")
        unused.Subtype, unused.BBox = pikepdf.Name.Form, [0, 0, 9, 9]
        page.Resources.XObject = pikepdf.Dictionary(Qhform=unused)
        body = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(
            b"% Qhcontentcomment\n/Span <</Alt (Qhmarkedalt) /ActualText (Qhactual)>> BDC EMC\n"
            b"/Span /P BDC EMC /Qhtag MP\n" + body
        )
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                item.CharSet = pikepdf.String("/Qhcharset")
                item.FontFamily = pikepdf.String("Qhfamily")
                item.Style = pikepdf.Dictionary(Panose=pikepdf.String("Qhpanose"))
        return saved(pdf)


HIDDEN = [
    "infoauthor", "custominfo", "xmptitle", "outline", "attachment", "attached", "lang",
    "label", "alt", "expansion", "script", "piece", "thread", "orphan", "thumbnail",
    "pagepiece", "link", "comment", "property", "fontname", "unusedform", "form",
    "contentcomment", "markedalt", "actual", "tag", "charset", "family", "panose",
]  # fmt: skip


def everything(data: bytes) -> str:
    """Give all objects of a file, names, strings and decoded streams, as one text."""
    with pikepdf.open(BytesIO(data)) as pdf:
        parts = [pdf.trailer.unparse(resolved=True)]
        for item in pdf.objects:
            parts.append(item.unparse(resolved=True))
            if isinstance(item, pikepdf.Stream):
                keys = pikepdf.Dictionary({k: v for k, v in item.items() if k != "/Length"})
                parts += [keys.unparse(), item.read_bytes()]
    text = b"\n".join(parts).decode("latin-1")
    digits = (
        bytes.fromhex(run).decode("latin-1") for run in re.findall("<((?:[0-9a-f]{2}){4,})>", text)
    )
    return "\n".join((text, *digits))


def test_no_hiding_place_is_carried_over() -> None:
    data = hide_everywhere(make(lines("申请人赵小满住址")))
    before = everything(data)
    assert [place for place in HIDDEN if f"Qh{place}" not in before] == []
    output = rewritten(data, "赵小满")
    assert "Qh" not in everything(output)
    assert [place for place in HIDDEN if f"Qh{place}".encode() in output] == []
    with pikepdf.open(BytesIO(output)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer


def test_an_older_revision_is_not_carried_over() -> None:
    old = make(lines("申请人赵小满"))
    output = rewritten(old, "赵小满")
    assert output.count(b"startxref") == output.count(b"%%EOF") == 1


def test_text_printed_twice_goes_twice() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "申请人赵小满住址")
        canvas.drawString(80.3, 700, "申请人赵小满住址")

    output = rewritten(make(draw), "赵小满")
    assert not set("赵小满") & set(selectable(output))


def test_text_outside_the_page_goes() -> None:
    output = rewritten(make(lines("公示", x=80), lines("住址")), "公")
    assert "住址" in selectable(output, 1)
    beyond = make(lambda c: (c.drawString(80, 700, "公示"), c.drawString(900, 700, "赵小满")))
    assert "赵" not in everything(rewritten(beyond, "公"))


def test_a_picture_stays_as_the_pixels_that_are_seen_of_it() -> None:
    shown = Image.new("RGB", (50, 50), "skyblue")
    shown.paste("black", (40, 0, 50, 50))

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20, 150, "公示江府县")
        canvas.drawImage(ImageReader(shown), 192, 50, 60, 60)

    output = rewritten(make(draw, size=(240, 180)), "江府县")
    assert render(output).getpixel((int(1.5 * 215), int(1.5 * 100))) < 220
    with pikepdf.open(BytesIO(output)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert pikepdf.PdfImage(image).as_pil_image().convert("L").getextrema()[0] > 100


def test_text_edited_over_a_picture_is_painted_out_on_a_picture_of_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (50, 50), "skyblue")), 20, 100, 200, 50)
        canvas.drawString(30, 120, "公示江府县")

    code, _ = way(make(draw, size=(240, 180)), "江府县", "***")
    assert code == "pdf_raster"


def test_what_only_a_bar_stands_for_stays_in_no_font() -> None:
    output = rewritten(make(lines("申请人赵小满住址")), "赵小满", "赵〔隐〕")
    assert sorted(len(rare(program)) for program in programs(output)) == [1, len("申请人住址")]


# What is in doubt becomes a picture, all pages of it


def masked_state(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    group = pdf.make_stream(b"0 g 0 0 9 9 re f")
    group.Subtype, group.BBox = pikepdf.Name.Form, [0, 0, 595, 842]
    mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=group)
    page.Resources.ExtGState = pikepdf.Dictionary(G=pikepdf.Dictionary(SMask=mask))


def pattern(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    tile = pdf.make_stream(b"BT /F1 9 Tf (13812345678) Tj ET")
    tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = [0, 0, 90, 20], 90, 20
    tile.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=HELVETICA))
    page.Resources.Pattern = pikepdf.Dictionary(P=tile)


def layers(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[], D=pikepdf.Dictionary())


def shading(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.Shading = pikepdf.Dictionary(S=pikepdf.Dictionary(ShadingType=2))


def type3(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.Font.T = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 500, 700],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65, LastChar=65, Widths=[500],
        CharProcs=pikepdf.Dictionary(A=pdf.make_stream(b"500 0 d0 0 0 400 600 re f")),
        Encoding=pikepdf.Dictionary(Differences=[65, pikepdf.Name.A]),
    )  # fmt: skip


def not_embedded(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.Font.N = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.SimSun,
        Encoding=pikepdf.Name.WinAnsiEncoding,
        FontDescriptor=pikepdf.Dictionary(FontName=pikepdf.Name.SimSun, Flags=32),
        FirstChar=32, LastChar=126, Widths=[500] * 95,
    )  # fmt: skip


LINE = "BT /F1 12 Tf 72 700 Td (Tel 13812345678 ok) Tj ET "


@pytest.mark.parametrize(
    ("body", "change"),
    [
        ("/G gs " + LINE, masked_state),
        (LINE + "/Pattern cs /P scn 0 0 90 90 re f", pattern),
        (LINE, layers),
        ("/OC /M BDC " + LINE + "EMC", None),
        (LINE + "/S sh", shading),
        (LINE + "BT /T 12 Tf 72 600 Td (A) Tj ET", type3),
        (LINE + "BT /N 12 Tf 72 600 Td (A) Tj ET", not_embedded),
        (LINE + "BT /F1 12 Tf 3 Tr 72 600 Td (hidden) Tj ET", None),
        (LINE + "q BT /F1 12 Tf 7 Tr 72 600 Td (clip) Tj ET Q", None),
        (LINE + "0 0 1 RG 3 0 (x) w", None),
        (LINE + "1 2 strange", None),
        (LINE + "105 704 m 130 709 l 128 700 l f", None),
        (LINE + "105 704 m 106 705 106 709 107 709 c 108 705 109 709 110 700 c f", None),
        (LINE + "900 704 m 906 705 906 709 907 709 c 908 705 909 709 910 700 c f", None),
        (LINE + "300 200 m 306 205 306 209 307 209 c 308 205 309 209 310 200 c f " * 31, None),
        ("0.9 0.1 -0.1 0.9 0 0 cm " + LINE, None),
    ],
)
def test_a_doubt_makes_pictures_of_all_pages(
    body: str, change: Callable[[pikepdf.Pdf, pikepdf.Object], None] | None
) -> None:
    data = content(body, **({"change": change} if change else {}))
    code, output = way(data, "13812345678")
    assert code == "pdf_raster"
    assert "13812345678" not in selectable(output)


def test_a_doubt_on_one_page_makes_pictures_of_the_others_too() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def other(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(80, 700, "住址")

    code, output = way(make(lines("申请人赵小满"), other), "赵小满")
    assert code == "pdf_raster"
    with pikepdf.open(BytesIO(output)) as pdf:
        assert all("/XObject" in page.Resources for page in pdf.pages)


def test_what_the_verifier_complains_of_becomes_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IndependentVerifier, "verify", lambda *_: ("complaint",))
    assert way(make(lines("申请人赵小满")), "赵小满")[0] == "pdf_raster"


def test_a_long_document_becomes_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redact.pdf.exact.MAX_EXACT_PAGES", 1)
    assert way(make(lines("申请人赵小满"), lines("住址")), "赵小满")[0] == "pdf_raster"


def test_a_page_that_would_look_otherwise_becomes_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redact.pdf.truetype.TrueType.glyph", lambda *_: b"")
    assert way(make(lines("申请人赵小满")), "赵小满")[0] == "pdf_raster"


def test_what_was_rewritten_can_be_redacted_again() -> None:
    once = rewritten(make(lines("申请人赵小满住址江府县")), "赵小满", "某某某")
    assert "江" not in selectable(way(once, "江府县")[1])


def test_the_same_input_gives_the_same_bytes() -> None:
    data = make(lines("申请人赵小满"))
    assert rewritten(data, "赵小满") == rewritten(data, "赵小满")


# Other producers


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


def cff_font(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    """Add a composite font with a CFF program: A, B and C are triangles of three heights."""
    glyphs = {".notdef": T2CharStringPen(None, None).getCharString()}
    for number, height in enumerate((300, 500, 700), 1):
        pen = T2CharStringPen(None, None)
        for place, step in (((50, 0), pen.moveTo), ((450, height), pen.lineTo)):
            step(place)
        pen.lineTo((450, 0))
        pen.closePath()
        glyphs[f"secret{number}"] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCFF("Secret", {}, glyphs, {})
    program = pdf.make_stream(builder.font["CFF "].compile(builder.font))
    program.Subtype = pikepdf.Name.CIDFontType0C
    name = pikepdf.Name("/ABCDEF+Secret")
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=name, DW=500,
        CIDSystemInfo=pikepdf.Dictionary(Registry=pikepdf.String("Adobe"),
            Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor,
            FontName=name, Flags=4, FontBBox=[0, 0, 500, 700], Ascent=800, Descent=-200,
            FontFile3=program)),
    )  # fmt: skip
    page.Resources.Font.C = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(descendant)],
        ToUnicode=pdf.make_stream(to_unicode([(1, "A"), (2, "B"), (3, "C")])),
    )  # fmt: skip


def test_a_cff_program_forgets_outlines_and_names_of_what_is_removed() -> None:
    data = content("BT /C 20 Tf 72 700 Td <000100020003000200010001> Tj ET", font=cff_font)
    assert "secret" in everything(data)
    output = rewritten(data, "C", "B")
    assert selectable(output).strip() == "ABBBAA"
    assert "secret" not in everything(output).lower()
    with pikepdf.open(BytesIO(output)) as pdf:
        (program,) = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)
                      and o.get("/Subtype") == "/CIDFontType0C"]  # fmt: skip
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(program), None)
    assert fonts[0].charset == [".notdef", "g1", "g2"]
