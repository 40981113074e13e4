"""Pdf output by rewriting: nothing in the file tells of what was removed."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from redact.page.doubt import DoubtError
from redact.page.outlines import cff_outlines
from redact.pdf.glyphless import to_unicode
from tests.fakes.exact import (
    content,
    everything,
    make,
    programs,
    rare,
    render,
    rewritten,
    saved,
    selectable,
    way,
)
from tests.fakes.pdf import lines


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


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        (None, None, True),
        (0.002, 0.5, True),
        (1, 0.001, True),
        (None, 0.001, True),
        (0.002, None, False),
        (0.002, 1, False),
        (None, 1, False),
    ],
)
def test_matrices_of_a_font_and_of_its_parts_count_together(
    whole: float | None, part: float | None, expected: bool
) -> None:
    data = cid_keyed(whole, part)
    if expected:
        assert cff_outlines(data).order == [".notdef", "cid00001"]
    else:
        with pytest.raises(DoubtError):
            cff_outlines(data)


def cid_keyed(whole: float | None, part: float | None) -> bytes:
    """Build a CFF program keyed by numbers, whose glyphs belong to one part."""
    pens = {name: T2CharStringPen(500, None) for name in (".notdef", "cid00001")}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(pens))
    builder.setupCFF("F", {}, {name: pen.getCharString() for name, pen in pens.items()}, {})
    top = builder.font["CFF "].cff[0]
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), 2
    inner = FontDict()
    inner.setCFF2(False)
    inner.Private = top.Private
    top.FDArray = FDArrayIndex()
    top.FDArray.append(inner)
    top.FDSelect = FDSelect(format=0)
    top.FDSelect.gidArray = [0, 0]
    for holder, scale in ((top, whole), (inner, part)):
        if scale is not None:
            holder.FontMatrix = [scale, 0, 0, scale, 0, 0]
    return bytes(builder.font["CFF "].compile(builder.font))
