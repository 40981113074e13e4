"""No place of a page keeps a value: every hiding place planted, redacted and searched."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, String

from redact.pdf.format import PdfFormat
from tests.fakes.planted import plan_for

Change = Callable[[pikepdf.Pdf, pikepdf.Object, str], object]

VALUE = r"1380\d{7}|Q\d{7}X"
HELVETICA = Dictionary(
    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
)
SHOWN = "BT /F1 12 Tf 72 700 Td (Notice of the county) Tj ET "


def at(operators: str) -> str:
    return f"BT /F1 12 Tf 72 600 Td {operators} ET"


# What a page draws: {v} is the value, {a} and {b} its two halves, {hex} its codes.
DRAWN = {
    "shown": at("(Tel {v} ok) Tj"),
    "kerned": at("[(Tel {a}) -30 ({b}) 20 ( ok)] TJ"),
    "each sign": at("EACH"),
    "hexadecimal": at("<{hex}> Tj"),
    "octal": at("(OCTAL) Tj"),
    "next line operator": at("14 TL ({v}) '"),
    "spaced operator": at('0 0 ({v}) "'),
    "two strings": at("(Tel {a}) Tj ({b} ok) Tj"),
    "two text objects": "BT /F1 12 Tf 72 600 Td ({a}) Tj ET BT /F1 12 Tf 1 0 0 1 105 600 Tm ({b}) "
    "Tj ET",
    "wrapped": at("14 TL (Telephone of the applicant in this long line is {a}) Tj T* ({b}) Tj"),
    "backwards": "BT /F1 12 Tf 1 0 0 1 105 600 Tm ({b}) Tj 1 0 0 1 72 600 Tm ({a}) Tj ET",
    "mirrored": "BT /F1 12 Tf -1 0 0 1 300 600 Tm ({v}) Tj ET",
    "on its side": "BT /F1 12 Tf 0 1 -1 0 300 400 Tm ({v}) Tj ET",
    "askew": "BT /F1 12 Tf .9 .3 -.3 .9 300 400 Tm ({v}) Tj ET",
    "invisible": at("3 Tr ({v}) Tj"),
    "clipping": at("7 Tr ({v}) Tj"),
    "white": at("1 g ({v}) Tj"),
    "tiny": "BT /F1 .4 Tf 72 600 Td ({v}) Tj ET",
    "off the page": "BT /F1 12 Tf 900 600 Td ({v}) Tj ET",
    "under a bar": at("({v}) Tj") + " 0 g 60 590 300 30 re f",
    "under white": at("({v}) Tj") + " 1 g 60 590 300 30 re f",
    "clipped away": "q 0 0 1 1 re W n " + at("({v}) Tj") + " Q",
    "form": "q 1 0 0 1 50 500 cm /Fm Do Q",
    "form in a form": "q 1 0 0 1 50 500 cm /Outer Do Q",
    "form left out of sight": "q 0 0 0 0 50 500 cm /Fm Do Q",
    "hidden layer": "/OC /Layer BDC " + at("({v}) Tj") + " EMC",
    "tiling pattern": "/Pattern cs /Tiles scn 50 50 400 200 re f",
    "soft mask": "/Mask gs 50 50 400 200 re f",
    "type 3 font": "BT /T3 12 Tf 72 500 Td (a) Tj ET",
    "drawn twice": at("({v}) Tj") + at("({v}) Tj"),
    "shadow": at("({v}) Tj") + " BT /F1 12 Tf 73 599 Td ({v}) Tj ET",
    "comment": "% {v}\n",
    "marked text": "/Span <</ActualText ({v})>> BDC " + at("(ok) Tj") + " EMC",
    "marked expansion": "/Span <</E ({v})>> BDC EMC",
    "marked by name": "/Q{n}X BMC EMC",
    "marked point": "/Span <</Alt ({v})>> DP",
    "inline picture": "q 9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G /Note ({v}) ID x EI Q",
    "inline picture's bytes": "q 20 0 0 20 50 50 cm BI /W 11 /H 1 /BPC 8 /CS /G ID {v} EI Q",
    "unknown operator": "BX ({v}) Secret EX",
    "string no operator takes": "({v}) pop",
    "name of a resource": "/Q{n}X gs",
}


def add_form(pdf: pikepdf.Pdf, body: str, inner: pikepdf.Object | None = None) -> pikepdf.Object:
    form = pdf.make_stream(body.encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, -50, 500, 300]
    form.Resources = Dictionary(Font=Dictionary(F1=HELVETICA))
    if inner is not None:
        form.Resources.XObject = Dictionary(Fm=inner)
    return pdf.make_indirect(form)


def add_resources(pdf: pikepdf.Pdf, page: pikepdf.Object, value: str) -> None:
    """Give a page everything that its content may name, with the value where it is to be."""
    words = f"BT /F1 12 Tf 10 20 Td (Tel {value}) Tj ET"
    inner = add_form(pdf, words)
    page.Resources.XObject = Dictionary(Fm=inner, Outer=add_form(pdf, "/Fm Do", inner))
    tiles = pdf.make_stream(words.encode())
    tiles.Type, tiles.PatternType, tiles.PaintType, tiles.TilingType = Name.Pattern, 1, 1, 1
    tiles.BBox, tiles.XStep, tiles.YStep = [0, 0, 200, 60], 200, 60
    tiles.Resources = Dictionary(Font=Dictionary(F1=HELVETICA))
    page.Resources.Pattern = Dictionary(Tiles=tiles)
    group = add_form(pdf, "1 g " + words)
    group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    states = {"/Mask": Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))}
    page.Resources.ExtGState = Dictionary({**states, f"/Q{value[4:]}X": Dictionary()})
    page.Resources.Font.T3 = type3(pdf, words)


def add_layer(pdf: pikepdf.Pdf, page: pikepdf.Object, value: str) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer], Order=[layer]))
    page.Resources.Properties = Dictionary(Layer=layer)


def type3(pdf: pikepdf.Pdf, words: str) -> pikepdf.Object:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 300, 30],
        FontMatrix=[0.08, 0, 0, 0.08, 0, 0], FirstChar=97, LastChar=97, Widths=[300],
        Encoding=Dictionary(Differences=[97, Name.a]),
        CharProcs=Dictionary(a=pdf.make_stream(f"300 0 d0 {words}".encode())),
        Resources=Dictionary(Font=Dictionary(F1=HELVETICA)),
    )  # fmt: skip


def add_annotation(pdf: pikepdf.Pdf, page: pikepdf.Object, **entries: object) -> None:
    kind = entries.pop("Subtype", Name.Text)
    usual = {"Rect": [50, 400, 250, 430], "F": 4}
    note = Dictionary(Type=Name.Annot, Subtype=kind, **{**usual, **entries})
    page.Annots = [pdf.make_indirect(note)]


def add_field(pdf: pikepdf.Pdf, page: pikepdf.Object, **entries: object) -> None:
    field = {"FT": Name.Tx, "T": String("field"), "DA": String("/F1 12 Tf 0 g"), **entries}
    add_annotation(pdf, page, Subtype=Name.Widget, **field)
    pdf.Root.AcroForm = Dictionary(
        Fields=[page.Annots[0]], DR=Dictionary(Font=Dictionary(F1=HELVETICA))
    )


def appearance(pdf: pikepdf.Pdf, value: str) -> Dictionary:
    form = add_form(pdf, f"BT /F1 12 Tf 5 5 Td ({value}) Tj ET")
    form.BBox = [0, 0, 200, 30]
    return Dictionary(N=form)


def described(pdf: pikepdf.Pdf, value: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:description"] = value


# What lies beside what a page draws.
BESIDE: dict[str, Change] = {
    "note": lambda pdf, page, v: add_annotation(pdf, page, Contents=String(v)),
    "note in rich text": lambda pdf, page, v: add_annotation(pdf, page, RC=String(f"<p>{v}</p>")),
    "author of a note": lambda pdf, page, v: add_annotation(pdf, page, T=String(v)),
    "subject of a note": lambda pdf, page, v: add_annotation(pdf, page, Subj=String(v)),
    "name of a note": lambda pdf, page, v: add_annotation(pdf, page, NM=String(v)),
    "hidden note": lambda pdf, page, v: add_annotation(pdf, page, Contents=String(v), F=2),
    "free text": lambda pdf, page, v: add_annotation(
        pdf, page, Subtype=Name.FreeText, Contents=String(v), AP=appearance(pdf, v)
    ),
    "stamp": lambda pdf, page, v: add_annotation(
        pdf, page, Subtype=Name.Stamp, AP=appearance(pdf, v)
    ),
    "text over a redaction": lambda pdf, page, v: add_annotation(
        pdf, page, Subtype=Name.Redact, OverlayText=String(v)
    ),
    "attached file": lambda pdf, page, v: add_annotation(
        pdf, page, Subtype=Name.FileAttachment,
        FS=Dictionary(F=String("a.txt"), EF=Dictionary(F=pdf.make_stream(v.encode()))),
    ),
    "link": lambda pdf, page, v: add_annotation(
        pdf, page, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"tel:{v}"))
    ),
    "script of a link": lambda pdf, page, v: add_annotation(
        pdf, page, Subtype=Name.Link, A=Dictionary(S=Name.JavaScript, JS=String(v))
    ),
    "field": lambda pdf, page, v: add_field(pdf, page, V=String(v), AP=appearance(pdf, v)),
    "field never drawn": lambda pdf, page, v: add_field(pdf, page, V=String(v)),
    "default of a field": lambda pdf, page, v: add_field(pdf, page, DV=String(v)),
    "name of a field": lambda pdf, page, v: add_field(pdf, page, T=String(v)),
    "tip of a field": lambda pdf, page, v: add_field(pdf, page, TU=String(v)),
    "mapping name of a field": lambda pdf, page, v: add_field(pdf, page, TM=String(v)),
    "caption of a button": lambda pdf, page, v: add_field(
        pdf, page, FT=Name.Btn, MK=Dictionary(CA=String(v))
    ),
    "choice of a field": lambda pdf, page, v: add_field(
        pdf, page, FT=Name.Ch, Opt=[String("a"), String(v)], V=String("a")
    ),
    "signature": lambda pdf, page, v: add_field(
        pdf, page, FT=Name.Sig, V=Dictionary(Type=Name.Sig, Reason=String(v), Name=String(v))
    ),
    "dynamic form": lambda pdf, page, v: pdf.Root.__setattr__(
        "AcroForm", Dictionary(Fields=[], XFA=pdf.make_stream(f"<f>{v}</f>".encode()))
    ),
    "metadata": lambda pdf, page, v: described(pdf, v),
    "metadata of the page": lambda pdf, page, v: page.__setattr__(
        "Metadata", pdf.make_stream(f"<a>{v}</a>".encode())
    ),
    "name of a layer": lambda pdf, page, v: pdf.Root.__setattr__(
        "OCProperties", Dictionary(OCGs=[], D=Dictionary(Name=String(v)))
    ),
    "named place": lambda pdf, page, v: pdf.Root.__setattr__(
        "Names", Dictionary(Dests=Dictionary(Names=[String(v), [page, Name.Fit]]))
    ),
    "destination": lambda pdf, page, v: pdf.Root.__setattr__(
        "Dests", Dictionary({f"/Q{v[4:]}X": [page, Name.Fit]})
    ),
    "structure": lambda pdf, page, v: pdf.Root.__setattr__(
        "StructTreeRoot",
        Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, ActualText=String(v))),
    ),
    "name of a structure": lambda pdf, page, v: pdf.Root.__setattr__(
        "StructTreeRoot", Dictionary(RoleMap=Dictionary({f"/Q{v[4:]}X": Name.P}))
    ),
    "output intent": lambda pdf, page, v: pdf.Root.__setattr__(
        "OutputIntents", [Dictionary(S=Name.GTS_PDFA1, Info=String(v))]
    ),
    "viewer preference": lambda pdf, page, v: pdf.Root.__setattr__(
        "ViewerPreferences", Dictionary(Note=String(v))
    ),
    "entry of the trailer": lambda pdf, page, v: pdf.trailer.__setitem__("/Note", String(v)),
    "colour of that name": lambda pdf, page, v: page.Resources.__setattr__(
        "ColorSpace", Dictionary(C=[Name.Separation, Name(f"/Q{v[4:]}X"), Name.DeviceGray, 1])
    ),
    "font of that name": lambda pdf, page, v: page.Resources.Font.__setattr__(
        "F2", Dictionary({**dict(HELVETICA), "/BaseFont": Name(f"/Q{v[4:]}X")})
    ),
    "glyph of that name": lambda pdf, page, v: page.Resources.Font.__setattr__(
        "F1",
        Dictionary({
            **dict(HELVETICA),
            "/Encoding": Dictionary(Differences=[200, Name(f"/Q{v[4:]}X")]),
        }),
    ),
    "beginning of an article": lambda pdf, page, v: page.__setattr__(
        "B", [Dictionary(T=Dictionary(I=Dictionary(Title=String(v))))]
    ),
    "private data": lambda pdf, page, v: page.__setattr__(
        "PieceInfo", Dictionary(App=Dictionary(Private=String(v)))
    ),
    "action of the page": lambda pdf, page, v: page.__setattr__(
        "AA", Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(v)))
    ),
    "presentation step": lambda pdf, page, v: page.__setattr__(
        "PresSteps", Dictionary(NA=Dictionary(JS=String(v)))
    ),
}  # fmt: skip


def page_with(body: str, value: str, change: Change) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=HELVETICA))
        change(pdf, page, value)
        page.Contents = pdf.make_stream((SHOWN + body).encode("latin-1"))
        buffer = BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()


def drawn(template: str, value: str) -> str:
    half = len(value) // 2
    signs = " ".join(f"({sign}) Tj" for sign in value)
    filled = template.replace("EACH", signs)
    filled = filled.replace("OCTAL", "".join(f"\\{ord(sign):03o}" for sign in value))
    parts = {"{v}": value, "{a}": value[:half], "{b}": value[half:], "{n}": value[4:],
             "{hex}": value.encode().hex()}  # fmt: skip
    return re.sub(r"\{\w+\}", lambda m: parts.get(m[0], m[0]), filled)


NAMED: dict[str, Change] = {"hidden layer": add_layer}


def cases() -> dict[str, tuple[str, bytes]]:
    made = {}
    for number, name in enumerate([*DRAWN, *BESIDE]):
        value = f"1380{number + 1_000_000}"
        data = (
            page_with(drawn(DRAWN[name], value), value, NAMED.get(name, add_resources))
            if name in DRAWN
            else page_with("", value, BESIDE[name])
        )
        made[name] = (value, data)
    return made


CASES = cases()


def everything_in(data: bytes) -> str:
    """Give all that can be read: bytes, objects, streams, strings joined, three readers' text."""
    found = [data.decode("latin-1")]
    with pikepdf.open(BytesIO(data)) as pdf:
        found.append(pdf.trailer.unparse(resolved=True).decode("latin-1"))
        for item in pdf.objects:
            found.append(item.unparse(resolved=True).decode("latin-1"))
            if isinstance(item, pikepdf.Stream):
                found.append(repr(dict(item)))
                found.append(unpacked(item).decode("latin-1"))
    texts = [_spelt(text) for text in found]
    with pdfplumber.open(BytesIO(data)) as pdf:
        texts += ["".join(c["text"] for c in page.chars) for page in pdf.pages]
    for page in pypdfium2.PdfDocument(data):
        texts.append(page.get_textpage().get_text_range())
    return "\n".join((*found, *(re.sub(r"\s", "", text) for text in texts)))


def unpacked(stream: pikepdf.Stream) -> bytes:
    """Undo what packs a stream, but for pictures' own codings."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _spelt(text: str) -> str:
    """Write out octal and hexadecimal strings, and join strings shown one after the other."""
    text = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), text)
    text = re.sub(
        r"<((?:[0-9A-Fa-f]{2})+)>", lambda m: f"({bytes.fromhex(m[1]).decode('latin-1')})", text
    )
    return re.sub(r"\)[^()]*\(", "", text)


@pytest.mark.parametrize("place", CASES)
def test_a_planted_value_is_in_the_draft_and_in_nothing_that_is_written(place: str) -> None:
    value, data = CASES[place]
    output, _ = PdfFormat().write(data, plan_for(PdfFormat().read(data), VALUE))
    before, after = everything_in(data), everything_in(output)
    assert value in before or value[4:] in before
    assert value[4:] not in after
    assert "Notice" in after


# Other text in a picture is another picture; in these places it is text.
TEXT = (
    "shown", "kerned", "each sign", "hexadecimal", "octal", "next line operator",
    "spaced operator", "two strings", "two text objects", "wrapped", "white", "off the page",
    "under a bar", "clipped away", "form", "drawn twice", "comment", "marked text",
    "marked by name", "unknown operator", "name of a resource", "note", "metadata", "structure",
    "signature",
)  # fmt: skip


@pytest.mark.parametrize("place", TEXT)
def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    place: str,
) -> None:
    outputs = set()
    for value in ("13801234567", "13807654321"):
        if place in DRAWN:
            change = NAMED.get(place, add_resources)
            data = page_with(drawn(DRAWN[place], value), value, change)
        else:
            data = page_with("", value, BESIDE[place])
        outputs.add(PdfFormat().write(data, plan_for(PdfFormat().read(data), VALUE))[0])
    assert len(outputs) == 1


@pytest.mark.parametrize("behind", ["", "0 -20 Td (Fax 1) Tj", "[(Fax 1)] TJ"])
def test_how_wide_the_letters_were_is_told_only_by_what_follows_them(behind: str) -> None:
    outputs = []
    for address in ("lilli@a.cn", "mili@a.cn"):  # 4.0 and 4.4 ems wide
        data = page_with(at(f"(Mail {address}) Tj {behind}"), address, lambda *_: None)
        outputs.append(PdfFormat().write(data, plan_for(PdfFormat().read(data), r"\w+@a\.cn"))[0])
    assert (outputs[0] == outputs[1]) is not behind.endswith("TJ")


def test_a_dynamic_form_is_told_for_nothing_of_it_is_carried_over() -> None:
    _, data = CASES["dynamic form"]
    assert {note.code for note in PdfFormat().read(data).notes} == {"pdf_dynamic_form"}
