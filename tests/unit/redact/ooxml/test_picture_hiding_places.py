"""Pictures of office files show what they showed; no file of theirs keeps anything beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import docx
import openpyxl
import pytest
from PIL import Image

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import PIC, WP, WPS, XDR, A, O, P, R, S, V, W
from redact.ooxml.pptx import PptxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.verify.image import MORE_THAN_PIXELS
from redact.verify.verifier import IndependentVerifier
from review.document import BlockKind, Severity
from review.plan import without_pictures
from review.ports import Format
from tests.fakes import pptx
from tests.fakes.planted import everything_in, plan_for, planted
from tests.fakes.planted_pictures import (
    bmp,
    gif,
    hidden_colours,
    jpeg,
    plain,
    png,
    secret_margin,
    tiff,
)

ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:o="{O}" xmlns:v="{V}" xmlns:wps="{WPS}" '
    f'xmlns:wp="{WP}" xmlns:pic="{PIC}" xmlns:xdr="{XDR}" xmlns:p="{P}" xmlns:asvg="{ASVG}" '
    f'xmlns:a14="{A14}"'
)
EXTENSIONS = (
    '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
    '<asvg:svgBlip r:embed="rIdsvg"/></a:ext><a:ext uri="{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}">'
    '<a14:imgProps><a14:imgLayer r:embed="rIdlayer"/></a14:imgProps></a:ext></a:extLst>'
)
TOLD = 'descr="说明"'
LINKED = f'<a:hlinkClick {NS} r:id="rIdlink" tooltip="{{v}}"/>'

# What becomes of a picture element: (relation of the picture, what stands in its blip, behind it).
SHOWN = {
    "png": ("rIdpng", "", ""),
    "jpeg": ("rIdjpeg", "", ""),
    "gif": ("rIdgif", "", ""),
    "bmp": ("rIdbmp", "", ""),
    "tiff": ("rIdtiff", "", ""),
    "with a drawing beside it": ("rIdpng", EXTENSIONS, ""),
    "cut": ("rIdcut", "", '<a:srcRect l="50000"/>'),
    "hidden colours": ("rIdhidden", "", ""),
    "recoloured": ("rIdpng", "<a:duotone/><a:alphaModFix amt='50000'/>", ""),
}
NOT_SHOWN = {
    "metafile": ("rIdemf", "", ""),
    "no picture": ("rIdbroken", "", ""),
    "outside": ("rIdoutside", "", ""),
    "named after a person": ("{stray}", "", ""),
    "beside a picture": ("rIdpng", '</a:blip><a:blip r:embed="{stray}">', ""),
}


def value(place: str) -> str:
    return planted([*FILES, "name", "link", "title", "stray"].index(place))


FILES: Mapping[str, Callable[[str], bytes]] = {
    "png": png,
    "jpeg": jpeg,
    "gif": gif,
    "bmp": bmp,
    "tiff": tiff,
    "cut": lambda value: png(value, secret_margin()),
    "hidden": lambda value: png(value, hidden_colours()),
    "emf": lambda value: b"\1\0\0\0" + value.encode("utf-16-le"),
    "broken": lambda value: b"\x89PNG\r\n\x1a\n" + value.encode(),
    "svg": lambda value: f"<svg><text>{value}</text></svg>".encode(),
    "layer": lambda value: value.encode(),
    "unused": png,
}


@dataclass(frozen=True)
class Kind:
    """Say how one format writes a picture element and where its parts stand."""

    form: Format
    folder: str
    source: Callable[[str], bytes]
    element: str


def relations(folder: str) -> str:
    kinds = "".join(
        f'<Relationship Id="rId{name}" Type="{R}/{"hdphoto" if name == "layer" else "image"}" '
        f'Target="/{folder}/{value(name)}.{name}"/>'
        for name in FILES
    )
    return (
        f'{kinds}<Relationship Id="rIdoutside" Type="{R}/image" TargetMode="External" '
        f'Target="http://{value("link")}/x.png"/><Relationship Id="rIdlink" Type="{R}/hyperlink" '
        f'TargetMode="External" Target="http://{value("link")}/"/>'
    )


def added(base: bytes, folder: str, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """Add the picture files to a package and change some of its parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(output, "w") as new:
        for name in {*old.namelist(), *changes}:
            text = old.read(name) if name in old.namelist() else b""
            new.writestr(name, changes[name](text.decode()) if name in changes else text)
        for name, make in FILES.items():
            new.writestr(f"{folder}/{value(name)}.{name}", make(value(name)))
    return output.getvalue()


def behind(end: str, markup: str) -> Callable[[str], str]:
    return lambda text: text.replace(end, markup + end, 1)


def docx_source(elements: str) -> bytes:
    base = io.BytesIO()
    docx.Document().save(base)
    types = "".join(f'<Default Extension="{n}" ContentType="image/{n}"/>' for n in FILES)
    return added(
        base.getvalue(),
        "word/media",
        {
            "word/document.xml": lambda _: (
                f"<w:document {NS}><w:body>{elements}</w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": behind("</Relationships>", relations("word/media")),
            "[Content_Types].xml": behind("</Types>", types),
        },
    )


def xlsx_source(elements: str) -> bytes:
    base = io.BytesIO()
    openpyxl.Workbook().save(base)
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    to_drawing = f'<Relationship Id="rIdD" Type="{R}/drawing" Target="/xl/drawings/d.xml"/>'
    return added(
        base.getvalue(),
        "xl/media",
        {
            "xl/worksheets/sheet1.xml": lambda _: (
                f'<worksheet xmlns="{S}" xmlns:r="{R}"><sheetData/><drawing r:id="rIdD"/>'
                "</worksheet>"
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": lambda _: f"{rels}{to_drawing}</Relationships>",
            "xl/drawings/d.xml": lambda _: f"<xdr:wsDr {NS}>{elements}</xdr:wsDr>",
            "xl/drawings/_rels/d.xml.rels": lambda _: (
                f"{rels}{relations('xl/media')}</Relationships>"
            ),
        },
    )


def pptx_source(elements: str) -> bytes:
    return added(
        pptx.package([pptx.slide(elements)]),
        "ppt/media",
        {
            "ppt/slides/_rels/slide1.xml.rels": behind("</Relationships>", relations("ppt/media")),
        },
    )


PROPERTIES = (
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="600000" cy="60000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
)
KINDS = {
    "docx": Kind(
        DocxFormat(),
        "word",
        docx_source,
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="600000" cy="60000"/>'
        f'<wp:docPr id="7" name="{{n}}" {TOLD}>{LINKED}</wp:docPr>'
        f'<a:graphic><a:graphicData uri="{PIC}">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="{{n}}" descr="{{n}}">{LINKED}</pic:cNvPr>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}">{effects}</a:blip>{cut}'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>{PROPERTIES}</pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
    ),
    "xlsx": Kind(
        XlsxFormat(),
        "xl",
        xlsx_source,
        "<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1"
        '</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="600000" cy="60000"/><xdr:pic>'
        f'<xdr:nvPicPr><xdr:cNvPr id="2" name="{{n}}" {TOLD}>{LINKED}</xdr:cNvPr><xdr:cNvPicPr/>'
        '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{id}">{effects}</a:blip>{cut}'
        f"<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>{PROPERTIES}</xdr:spPr>"
        "</xdr:pic><xdr:clientData/></xdr:oneCellAnchor>",
    ),
    "pptx": Kind(
        PptxFormat(),
        "ppt",
        pptx_source,
        f'<p:pic {NS}><p:nvPicPr><p:cNvPr id="6" name="{{n}}" {TOLD}>{LINKED}</p:cNvPr>'
        "<p:cNvPicPr/>"
        '<p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{id}">{effects}</a:blip>{cut}'
        f"<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{PROPERTIES}</p:spPr></p:pic>",
    ),
}


def element(kind: Kind, relation: str, effects: str = "", cut: str = "") -> str:
    filled = kind.element.replace("{id}", relation).replace("{effects}", effects)
    filled = filled.replace("{cut}", cut).replace("{stray}", value("stray"))
    return filled.replace("{n}", value("name")).replace("{v}", value("title"))


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture(scope="module")
def source(kind: Kind) -> bytes:
    return kind.source("".join(element(kind, *e) for e in (SHOWN | NOT_SHOWN).values()))


@pytest.fixture(scope="module")
def output(kind: Kind, source: bytes) -> bytes:
    plan = plan_for(kind.form.read(source), r"密\d\d\d值者")
    return kind.form.write(source, plan)[0]


def media(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {n: package.read(n) for n in package.namelist() if "media/" in n}


@pytest.mark.parametrize("place", [*FILES, "name", "link", "title", "stray"])
def test_a_value_is_found_in_the_draft_and_not_in_the_output(
    place: str, source: bytes, output: bytes
) -> None:
    assert value(place) in everything_in(source)
    assert value(place) not in everything_in(output)


def test_each_picture_that_can_be_decoded_is_shown_once_and_no_other(
    kind: Kind, output: bytes
) -> None:
    pictures = media(output)
    assert len(pictures) == 4  # four of the seven files hold the same pixels
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        text = "".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml"))
        links = "".join(package.read(n).decode() for n in package.namelist() if ".rels" in n)
    assert text.count("r:embed=") == len(SHOWN) + 1  # and the one with a stranger beside it
    assert all(f'"/{name}"' in links for name in pictures)
    assert "svgBlip" not in text
    assert "hlinkClick" not in text
    assert "duotone" not in text
    assert 'alphaModFix amt="50000"' in text


def test_what_the_user_cut_away_is_not_in_the_file(output: bytes) -> None:
    seen = [Image.open(io.BytesIO(data)).convert("RGB") for data in media(output).values()]
    assert any(picture.size == (40, 6) for picture in seen)
    for picture in seen:
        colours = {colour for _, colour in picture.getcolors(10_000) or ()}
        assert not colours & {(1, 2, 3), (9, 8, 7)}


def test_pixels_of_pictures_without_loss_stay_as_they_are(output: bytes) -> None:
    red = [Image.open(io.BytesIO(d)).convert("RGB") for n, d in media(output).items() if "png" in n]
    assert sum(picture.tobytes() == plain().tobytes() for picture in red) == 1


def test_what_is_not_shown_is_told_for_a_person(kind: Kind, source: bytes) -> None:
    notes = {note.code: note.severity for note in kind.form.read(source).notes}
    assert notes["picture_dropped"] is Severity.PERSON
    assert notes["picture_read"] is Severity.INFO
    assert notes["picture_doubtful"] is Severity.PERSON  # the second frame of the gif went


def test_the_output_reads_as_the_draft_and_the_verifier_passes_it(
    kind: Kind, source: bytes, output: bytes
) -> None:
    again = kind.form.read(output)
    pictures = [block.text for block in again.blocks if block.kind is BlockKind.PICTURE]
    assert pictures == [f"［图片{number}］" for number in range(1, len(pictures) + 1)]
    assert IndependentVerifier().verify(kind.form.name, output, {value("png"): 0}) == ()
    assert IndependentVerifier().verify(kind.form.name, source, {value("png"): 0})


def test_a_plan_without_pictures_leaves_frames_and_all_other_text(
    kind: Kind, source: bytes
) -> None:
    document = kind.form.read(source)
    plan = without_pictures(document, plan_for(document, r"(?!)"))
    assert plan is not None
    bare, notes = kind.form.write(source, plan)
    assert not media(bare)
    assert "picture_dropped" in {note.code for note in notes}
    assert [b.text for b in kind.form.read(bare).blocks] == [
        b.text for b in document.blocks if b.kind is not BlockKind.PICTURE
    ]


def test_a_stowaway_in_a_picture_of_the_output_is_a_complaint(kind: Kind, output: bytes) -> None:
    name = next(iter(media(output)))
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(output)) as old, zipfile.ZipFile(spoilt, "w") as new:
        for each in old.namelist():
            new.writestr(each, old.read(each) + (b"x" if each == name else b""))
    told = IndependentVerifier().verify(kind.form.name, spoilt.getvalue(), {})
    assert told == (MORE_THAN_PIXELS,)
