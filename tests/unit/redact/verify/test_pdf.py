from __future__ import annotations

import io
import shutil
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from redact.verify.pdf_fonts import parse_code_map
from redact.verify.pdf_leftovers import LEFTOVERS
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from redact.verify.views import UNREADABLE

NAME, PHONE = "张三丰", "13812345678"
REMOVED = dict.fromkeys((NAME, PHONE, "王伟", "350102198501011235"), 0)
TEXT = "公示：张某某，电话138****5678，由王某某签收。"


class Draft:
    """A small pdf whose single font maps each character to a code of its own."""

    def __init__(self, text: str = TEXT) -> None:
        self.pdf = pikepdf.new()
        self.codes: dict[str, int] = {}
        self.font = self.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0))
        self.add_page(text)

    @property
    def resources(self) -> Dictionary:
        return Dictionary(Font=Dictionary(F=self.font))

    def content(self, text: str) -> bytes:
        codes = "".join(f"{self.code(c):04X}" for c in text)
        return f"BT /F 12 Tf 20 100 Td <{codes}> Tj ET".encode()

    def code(self, character: str) -> int:
        return self.codes.setdefault(character, len(self.codes) + 1)

    def add_page(self, text: str) -> None:
        page = self.pdf.add_blank_page(page_size=(595, 200))
        page.obj.Contents = self.pdf.make_stream(self.content(text))
        page.obj.Resources = self.resources

    def save(self) -> bytes:
        rows = "\n".join(
            f"<{code:04X}> <{c.encode('utf-16-be').hex()}>" for c, code in self.codes.items()
        )
        head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        spaces = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        cmap = f"{head}{spaces}{len(self.codes)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
        self.font.BaseFont, self.font.Encoding = Name.Plain, Name("/Identity-H")
        system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Plain,
            CIDSystemInfo=system,
            DW=1000,
        )
        self.font.DescendantFonts = Array([self.pdf.make_indirect(descendant)])
        self.font.ToUnicode = self.pdf.make_stream(cmap.encode())
        buffer = io.BytesIO()
        self.pdf.save(buffer, static_id=True, fix_metadata_version=False)
        return buffer.getvalue()


def verify(output: bytes) -> tuple[str, ...]:
    return IndependentVerifier().verify("pdf", output, REMOVED)


def change(how: Callable[[Draft], object]) -> bytes:
    draft = Draft()
    how(draft)
    return draft.save()


def test_a_clean_pdf_passes():
    assert verify(Draft().save()) == ()


def root(draft: Draft) -> pikepdf.Object:
    return draft.pdf.Root


def set_info(draft: Draft) -> None:
    draft.pdf.docinfo["/Author"] = String("王伟")


def set_xmp(draft: Draft) -> None:
    xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>王&#20255;</x:xmpmeta>".encode()
    stream = draft.pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)
    root(draft).Metadata = stream


def set_outline(draft: Draft) -> None:
    with draft.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("王伟", 0))


def set_annotation(draft: Draft) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(f"见{NAME}")
    )
    draft.pdf.pages[0].obj.Annots = Array([draft.pdf.make_indirect(note)])


def set_orphan(draft: Draft) -> None:
    """Leave a form behind that no page draws."""
    form = draft.pdf.make_stream(draft.content(NAME), Type=Name.XObject, Subtype=Name.Form)
    form.Resources = draft.resources
    root(draft).Left = form


def set_invisible(draft: Draft) -> None:
    page = draft.pdf.pages[0].obj
    page.Contents = draft.pdf.make_stream(
        page.Contents.read_bytes() + b" BT 3 Tr ET " + draft.content(NAME)
    )


def set_off_page(draft: Draft) -> None:
    page = draft.pdf.pages[0].obj
    hidden = draft.content(NAME).replace(b"20 100 Td", b"9000 9000 Td")
    page.Contents = draft.pdf.make_stream(page.Contents.read_bytes() + b" " + hidden)


def set_actual_text(draft: Draft) -> None:
    page = draft.pdf.pages[0].obj
    text = "王伟".encode("utf-16-be").hex()
    wrapped = f"/Span <</ActualText <FEFF{text}>>> BDC ".encode() + page.Contents.read_bytes()
    page.Contents = draft.pdf.make_stream(wrapped + b" EMC")


def set_comment_in_content(draft: Draft) -> None:
    page = draft.pdf.pages[0].obj
    page.Contents = draft.pdf.make_stream(page.Contents.read_bytes() + f"\n% {NAME}".encode())


def set_jpeg_comment(draft: Draft) -> None:
    data = b"\xff\xd8\xff\xfe\x00\x20tel " + PHONE.encode() + b"\xff\xd9"
    root(draft).Picture = draft.pdf.make_stream(
        data, Subtype=Name.Image, Width=1, Height=1, Filter=Name.DCTDecode
    )


@pytest.mark.parametrize(
    "how",
    [
        set_info,
        set_xmp,
        set_outline,
        set_annotation,
        set_orphan,
        set_invisible,
        set_off_page,
        set_actual_text,
        set_comment_in_content,
        set_jpeg_comment,
        lambda d: d.add_page("联系人王伟"),
        lambda d: d.add_page("电话１３８ 1234-5678"),
        lambda d: [d.code(c) for c in NAME],
        lambda d: root(d).__setattr__("Lang", String(NAME)),
        lambda d: root(d).__setattr__("Gbk", String(NAME.encode("gb18030"))),
        lambda d: root(d).__setattr__("Gbk", String("王伟".encode("gb18030"))),
        lambda d: root(d).__setattr__("Plain", String(NAME.encode("utf-16-le"))),
        lambda d: root(d).__setattr__("Label", Name("/" + PHONE)),
        lambda d: root(d).__setattr__("PieceInfo", Dictionary({"/T" + PHONE: 1})),
        lambda d: root(d).__setattr__("Data", d.pdf.make_stream(NAME.encode("utf-16-be"))),
        lambda d: root(d).__setattr__("Data", d.pdf.make_stream(b"x" + NAME.encode("utf-16-be"))),
        lambda d: root(d).__setattr__("Data", d.pdf.make_stream(NAME.encode("gb18030"))),
        lambda d: root(d).__setattr__(
            "Data", d.pdf.make_stream(NAME.encode("utf-16-be").hex().encode())
        ),
    ],
)
def test_a_value_is_found(how: Callable[[Draft], object]):
    complaints = verify(change(how))
    assert complaints
    assert not [value for value in REMOVED if any(value in told for told in complaints)]


def attach(draft: Draft) -> None:
    draft.pdf.attachments["a.bin"] = pikepdf.AttachedFileSpec(draft.pdf, b"\x00")


def too_many_pixels(draft: Draft) -> None:
    root(draft).Picture = draft.pdf.make_stream(
        b"\x00" * 100,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )


def blind_font(draft: Draft) -> None:
    page = draft.pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F=Dictionary(Subtype=Name.Type0)))


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (attach, "附件"),
        (lambda d: root(d).__setattr__("OCProperties", Dictionary()), "图层"),
        (lambda d: root(d).__setattr__("OpenAction", Dictionary(S=Name.JavaScript)), "脚本"),
        (lambda d: root(d).__setattr__("AcroForm", Dictionary(XFA=String(""))), "动态表单"),
        (too_many_pixels, "无法检查的部件"),
        (blind_font, "无法核对文字的字体"),
    ],
)
def test_what_cannot_be_inspected_is_a_complaint(how: Callable[[Draft], object], told: str):
    assert any(told in complaint for complaint in verify(change(how)))


def test_a_page_that_shows_something_without_text_is_a_complaint():
    def paint(draft: Draft) -> None:
        draft.pdf.add_blank_page(page_size=(595, 200))
        draft.pdf.pages[1].obj.Contents = draft.pdf.make_stream(b"10 10 100 100 re f")

    assert any(told.startswith("第 2 页有图像") for told in verify(change(paint)))


def test_an_empty_page_is_none():
    assert verify(change(lambda d: d.pdf.add_blank_page(page_size=(595, 200)))) == ()


def test_an_older_revision_behind_the_newest_is_refused():
    clean = Draft().save()
    assert any("旧版本" in told for told in verify(clean + clean))
    assert any("旧版本" in told for told in verify(clean + NAME.encode()))


def test_a_stream_that_no_table_lists_is_found():
    clean = Draft().save()
    packed = zlib.compress(NAME.encode())
    orphan = b"\n999 0 obj <</Filter/FlateDecode>> stream\n" + packed + b"\nendstream endobj\n"
    cut = clean.rindex(b"startxref")
    assert verify(clean[:cut] + orphan + clean[cut:])
    assert verify(clean[:cut] + b"% " + NAME.encode() + b"\n" + clean[cut:])


def test_a_font_that_knows_more_than_is_shown_gives_a_name_away():
    """The signs of the name in another order: no search for the name itself can see them."""
    leaking = change(lambda d: [d.code(c) for c in "丰甲三"])
    assert verify(leaking) == ("字体中仍留有应隐去内容的字符，请转人工处理。",)
    assert verify(change(lambda d: [d.code(c) for c in "甲乙"])) == ()


def test_an_encrypted_file_is_a_complaint():
    draft = Draft()
    draft.save()
    for user in ("", "secret"):
        buffer = io.BytesIO()
        draft.pdf.save(buffer, encryption=pikepdf.Encryption(owner="x", user=user))
        assert verify(buffer.getvalue())


@pytest.mark.parametrize("output", [b"", b"%PDF-1.7\n", b"no pdf"])
def test_what_is_no_pdf_is_a_complaint(output: bytes):
    assert verify(output) == (UNREADABLE,)


def test_a_failing_extractor_is_a_complaint(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    assert verify(Draft().save()) == (UNREADABLE,)


def test_the_other_readers_suffice_where_poppler_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert verify(Draft().save()) == ()
    assert verify(change(lambda d: d.add_page(NAME)))


def test_what_is_kept_elsewhere_may_stay_as_often_as_expected():
    expected = "局长张三丰。当事人张某某。"
    allowed = allowed_occurrences(expected, [NAME])
    verifier = IndependentVerifier()
    assert verifier.verify("pdf", Draft(expected).save(), allowed) == ()
    assert verifier.verify("pdf", Draft(expected + NAME).save(), allowed) != ()


def test_ranges_of_a_code_map_are_read():
    found = parse_code_map(
        b"2 beginbfrange <01> <03> <5F20> <10> <11> [<4E09> <4E30>] endbfrange"
        b" 1 beginbfchar <20> <0041 0042> endbfchar"
    )
    assert found.decode(b"\x01\x02\x10\x11\x20\xff\x03") == "张弡三丰AB弢"


def embed(draft: Draft, spare: int = 0, widths: int = 0, name: str = "ABCDEF+Plain") -> bytes:
    """Save a draft whose font has outlines for its codes and ``spare`` more, widths likewise."""
    draft.save()
    count = len(draft.codes)
    pen = TTGlyphPen(None)
    for x, y, step in ((0, 0, pen.moveTo), (0, 500, pen.lineTo), (500, 0, pen.lineTo)):
        step((x, y))
    pen.closePath()
    outline = pen.glyph()
    names = [".notdef", *(f"g{number}" for number in range(1, count + spare + 1))]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupGlyf(dict.fromkeys(names, outline))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    buffer = io.BytesIO()
    builder.font["maxp"].recalc(builder.font)
    builder.save(buffer)
    descendant = draft.font.DescendantFonts[0]
    draft.font.BaseFont = descendant.BaseFont = Name("/" + name)
    descendant.W = Array([1, Array([1000] * (count + widths))])
    descendant.CIDToGIDMap = Name.Identity
    descendant.FontDescriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/" + name), Flags=4, FontBBox=[0, 0, 1000, 1000],
        FontFile2=draft.pdf.make_stream(buffer.getvalue()),
    )  # fmt: skip
    output = io.BytesIO()
    draft.pdf.save(output, static_id=True, fix_metadata_version=False)
    return output.getvalue()


def test_outlines_and_widths_that_no_page_shows_are_a_complaint():
    assert verify(embed(Draft())) == ()
    assert verify(embed(Draft(), spare=1)) == (LEFTOVERS,)
    assert verify(embed(Draft(), widths=1)) == (LEFTOVERS,)


def test_a_font_that_is_no_subset_may_hold_more():
    assert verify(embed(Draft(), spare=1, widths=1, name="Plain")) == ()


def test_a_number_that_wraps_in_a_column_is_joined_by_its_places():
    canvas = Canvas(buffer := io.BytesIO(), (595, 300))
    rows = [("1", 40, 200), ("350102198", 80, 200), ("560.00", 132, 200), ("501011248", 80, 187)]
    for words, x, y in rows:
        canvas.drawString(x, y, words)
    canvas.save()
    verify = IndependentVerifier().verify
    complaints = verify("pdf", buffer.getvalue(), {}, ())
    assert any("第 1 页还有没遮住的身份证号码" in complaint for complaint in complaints)
    assert verify("pdf", buffer.getvalue(), {}, ("350102198501011248",)) == ()
