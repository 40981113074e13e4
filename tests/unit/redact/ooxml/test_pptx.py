"""Presentations: no hiding place keeps a value, and what is not touched stays as it was."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from redact.kinds import identify
from redact.ooxml.parts import A, P
from redact.ooxml.pptx import PptxFormat
from redact.package import build_package, parse_xml
from redact.package import open_package as read_package
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind
from review.errors import BrokenInputError, InputError, UnknownFormatError, UnsafeOutputError
from review.plan import RedactionPlan, redacted_document
from tests.fakes.planted import (
    PATTERN,
    Redacted,
    everything_in,
    insert,
    plan_for,
    planted,
    redacted_by,
    redacted_twin,
)
from tests.fakes.pptx import (
    KIND,
    NS,
    THEME,
    TYPE,
    frame,
    layout,
    master,
    package,
    paragraph,
    picture,
    shape,
    slide,
    table,
)

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
LINK = '<a:hlinkClick r:id="rIdLink" tooltip="{v}"/>'
FALLBACK = (
    '<mc:AlternateContent><mc:Choice Requires="zz">{a}</mc:Choice><mc:Fallback>{b}</mc:Fallback>'
    "</mc:AlternateContent>"
)

SHAPES = {
    "paragraph": shape(paragraph("联系人{v}到场")),
    "split over runs": shape(
        "<a:p><a:r><a:t>{a}</a:t></a:r><a:r><a:rPr b='1'/><a:t>{b}</a:t></a:r></a:p>"
    ),
    "field": shape('<a:p><a:fld id="{{1}}" type="datetime1"><a:t>{v}</a:t></a:fld></a:p>'),
    "table cell": table(["姓名"], ["{v}"]),
    "table style": table(["x"], properties="<a:tableStyleId>{v}</a:tableStyleId>"),
    "group": "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='4' name='x'/><p:cNvGrpSpPr/><p:nvPr/>"
    "</p:nvGrpSpPr><p:grpSpPr/>" + shape(paragraph("{v}")) + "</p:grpSp>",
    "alternative text": shape(paragraph("x"), properties='descr="{v}"'),
    "alternative title": shape(paragraph("x"), properties='title="{v}"'),
    "shape name": shape(paragraph("x")).replace('name="n"', 'name="{v}"'),
    "hidden shape": shape(paragraph("{v}"), properties='hidden="1"'),
    "placeholder": shape(paragraph("{v}"), placeholder='<p:ph type="title"/>'),
    "white text": shape(paragraph("{v}", '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>')),
    "off the slide": shape(paragraph("{v}"), y=90_000_000),
    "link": shape(paragraph("x", LINK)),
    "shape link": shape(paragraph("x")).replace('name="n" />', f'name="n">{LINK}</p:cNvPr>'),
    "picture text": picture('descr="{v}"'),
    "picture fill": shape(
        paragraph("x"), filling='<a:blipFill><a:blip r:embed="{v}"/></a:blipFill>'
    ),
    "chart": frame("<zz:chart>{v}</zz:chart>", CHART),
    "unknown element": "<zz:a>{v}</zz:a>",
    "extension": "<p:extLst><p:ext uri='{v}'/></p:extLst>",
    "loose run": "<a:r><a:t>{v}</a:t></a:r>",
    "both alternatives": FALLBACK.format(a=shape(paragraph("{v}")), b=shape(paragraph("{v}"))),
    "run attribute": shape(paragraph("x")).replace('lang="zh-CN"', 'lang="zh-CN" bmk="{v}"'),
    "font name": shape(paragraph("x", '<a:latin typeface="{v}"/>')),
    "comment": "<!-- {v} -->",
    "media": picture().replace(
        "<p:nvPr/>", '<p:nvPr><a:videoFile r:link="{v}" contentType="{v}"/></p:nvPr>'
    ),
    "data of a shape": shape(
        paragraph("x"), placeholder='<p:custDataLst><p:tags r:id="{v}"/></p:custDataLst>'
    ),
    "text of the placeholder": shape(
        paragraph("x"), placeholder='<p:ph type="body" hasCustomPrompt="{v}"/>'
    ),
    "numbering": shape(
        '<a:p><a:pPr><a:buAutoNum type="{v}"/></a:pPr><a:r><a:t>x</a:t></a:r></a:p>'
    ),
    "formula": shape(
        '<a:p><mc:AlternateContent><mc:Choice Requires="zz"><zz:m>{v}</zz:m></mc:Choice>'
        "<mc:Fallback><a:r><a:t>{v}</a:t></a:r></mc:Fallback></mc:AlternateContent></a:p>"
    ),
    "language": shape(paragraph("x")).replace('lang="zh-CN"', 'lang="zh-CN" altLang="{v}"'),
    "sound of a link": shape(paragraph("x", '<a:hlinkClick><a:snd name="{v}"/></a:hlinkClick>')),
    "smart art": frame(
        "<zz:relIds>{v}</zz:relIds>", "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    ),
    "ink": '<p:contentPart r:id="{v}" bwMode="{v}"/>',
    "connector": "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id='9' name='{v}' descr='{v}'/><p:cNvCxnSpPr/>"
    "<p:nvPr/></p:nvCxnSpPr><p:spPr/></p:cxnSp>",
    "row of a table": table(["x"]).replace("<a:tr ", '<a:tr zz:id="{v}" '),
}
REST = {
    "animation": '<p:timing><p:tnLst><p:par><p:cTn><p:childTnLst><p:set><p:to><p:strVal val="{v}"/>'
    "</p:to></p:set></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>",
    "transition": '<p:transition><p:sndAc><p:stSnd><p:snd name="{v}"/></p:stSnd></p:sndAc>'
    "</p:transition>",
    "data of the slide": '<p:custDataLst><p:custData r:id="{v}"/></p:custDataLst>',
    "extension of the slide": "<p:extLst><p:ext uri='x'><zz:id val='{v}'>{v}</zz:id></p:ext></p:extLst>",  # noqa: E501
}
SHOW = {
    "section": '<p:extLst><p:ext uri="x"><zz:sectionLst><zz:section name="{v}"/></zz:sectionLst></p:ext>'  # noqa: E501
    "</p:extLst>",
    "show of its own": '<p:custShowLst><p:custShow name="{v}"/></p:custShowLst>',
    "protection": '<p:modifyVerifier hashValue="{v}" saltValue="{v}"/>',
    "embedded font": '<p:embeddedFontLst><p:embeddedFont><p:font typeface="{v}"/></p:embeddedFont>'
    "</p:embeddedFontLst>",
    "line breaks": '<p:kinsoku lang="{v}" invalStChars="{v}" invalEndChars="{v}"/>',
    "data of the show": '<p:custDataLst><p:tags r:id="{v}"/></p:custDataLst>',
    "usual text": '<p:defaultTextStyle><a:lvl1pPr><a:defRPr><a:latin typeface="{v}"/></a:defRPr>'
    "</a:lvl1pPr></p:defaultTextStyle>",
}
SHOW_PARTS = {
    kind: f"ppt/y{number}.xml"
    for number, kind in enumerate(
        (
            "handoutMaster",
            "notesMaster",
            "presProps",
            "viewProps",
            "tableStyles",
            "commentAuthors",
            "authors",
            "customXml",
            "vbaProject",
            "font",
            "changesInfo",
            "revisionInfo",
            "customData",
            "slideUpdateInfo",
            "classificationlabels",
            "printerSettings",
            "smartTags",
        )
    )
}
LINKED = {
    "slide name": {"name": "{v}"},
    "notes": ("notesSlide", f"<p:notes {NS}><p:cSld>{shape(paragraph('{v}'))}</p:cSld></p:notes>"),
    "threaded comment": ("comments", f"<zz:cmLst {NS}><zz:cm>{{v}}</zz:cm></zz:cmLst>"),
    "picture": ("image", "tEXt {v}"),
    "film": ("media", "{v}"),
    "control": ("control", "<ax:ocx>{v}</ax:ocx>"),
    "drawn smart art": ("diagramDrawing", "<d>{v}</d>"),
    "old drawing": ("vmlDrawing", "<xml>{v}</xml>"),
    "review comment": ("comments", f"<p:cmLst {NS}><p:cm><p:text>{{v}}</p:text></p:cm></p:cmLst>"),
    "tags": ("tags", f"<p:tagLst {NS}><p:tag name='x' val='{{v}}'/></p:tagLst>"),
    "chart data": ("chart", "<c>{v}</c>"),
    "embedded book": ("package", "{v}"),
    "link target": ("hyperlink", "http:{v}"),
}


PLACES = [
    *SHAPES, *LINKED, *REST, *SHOW, *SHOW_PARTS,
    "hidden slide", "master", "layout", "prompt", "theme name", "core",
]  # fmt: skip
VALUES = {place: planted(number) for number, place in enumerate(PLACES, 1)}


def filled(template: str, place: str) -> str:
    value = VALUES[place]
    return template.replace("{v}", value).replace("{a}", value[:3]).replace("{b}", value[3:])


def source() -> bytes:
    shapes = "".join(filled(template, place) for place, template in SHAPES.items())
    parts: dict[str, str | bytes] = {
        "ppt/slideMasters/slideMaster1.xml": master(
            shape(paragraph(VALUES["prompt"]), placeholder='<p:ph type="title"/>'),
            shape(paragraph(VALUES["master"])),
        ),
        "ppt/slideLayouts/slideLayout1.xml": layout(shape(paragraph(VALUES["layout"]))),
        "ppt/theme/theme1.xml": THEME.format(theme=VALUES["theme name"]),
        "docProps/core.xml": f"<c>{VALUES['core']}</c>",
    }
    linked = []
    for number, (place, entry) in enumerate(LINKED.items()):
        if isinstance(entry, tuple):
            kind, content = entry
            target = filled(content, place) if kind == "hyperlink" else f"x{number}.xml"
            linked.append((f"rIdL{number}", kind, target))
            parts[f"ppt/slides/x{number}.xml"] = filled(content, place)
    rest = "".join(filled(template, place) for place, template in REST.items())
    slides = [
        slide(shapes, name=VALUES["slide name"], rest=rest),
        slide(shape(paragraph(VALUES["hidden slide"])), attributes='show="0"'),
    ]
    parts |= {path: f"<x>{VALUES[kind]}</x>" for kind, path in SHOW_PARTS.items()}
    whole = read_package(package(slides, parts, linked))
    insert(
        whole, "ppt/presentation.xml", "</p:presentation>",
        "".join(filled(template, place) for place, template in SHOW.items()),
    )  # fmt: skip
    insert(
        whole, "ppt/_rels/presentation.xml.rels", "</Relationships>",
        "".join(
            f'<Relationship Id="rIdY{n}" Type="{KIND}/{kind}" Target="/{path}"/>'
            for n, (kind, path) in enumerate(SHOW_PARTS.items())
        ),
    )  # fmt: skip
    return build_package(whole)


SOURCE = source()


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(PptxFormat(), SOURCE)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_found_in_the_draft_and_not_in_the_output(
    place: str, redacted: Redacted
) -> None:
    assert VALUES[place] in everything_in(SOURCE)
    assert VALUES[place] not in everything_in(redacted[2])


SEEN = (
    "paragraph", "split over runs", "field", "table cell", "group", "alternative text",
    "alternative title", "placeholder", "white text", "off the slide", "both alternatives",
    "hidden slide", "master", "layout", "formula", "connector",
)  # fmt: skip
UNSEEN = ("hidden shape", "notes")


def test_what_people_can_see_is_in_the_document_and_what_is_hidden_is_looked_at(
    redacted: Redacted,
) -> None:
    blocks = redacted[0].blocks
    shown = "".join(b.text for b in blocks if b.kind is not BlockKind.DROPPED)
    assert set(re.findall(PATTERN, shown)) == {VALUES[place] for place in SEEN}
    hidden = [b.text for b in blocks if b.kind is BlockKind.DROPPED]
    assert hidden == [VALUES[place] for place in UNSEEN]


def test_the_output_reads_as_planned_and_the_verifier_passes_it(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert PptxFormat().read(output).text.split() == expected.text.split()
    allowed = allowed_occurrences(expected.text, tuple(VALUES.values()))
    assert IndependentVerifier().verify("pptx", output, allowed) == ()
    assert IndependentVerifier().verify("pptx", SOURCE, allowed)
    assert identify("a.pptx", output) == "pptx"


def test_the_same_input_gives_the_same_bytes(
    redacted: Redacted,
) -> None:
    assert PptxFormat().write(SOURCE, redacted[1])[0] == redacted[2]


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(PptxFormat(), SOURCE) == redacted[2]


def test_what_is_dropped_is_told() -> None:
    codes = {note.code for note in PptxFormat().read(SOURCE).notes}
    assert codes == {
        "picture_dropped", "chart_dropped", "object_dropped", "hidden_dropped", "slides_shown",
        "comments_dropped", "speaker_notes_dropped", "links_dropped", "content_dropped",
        "custom_data_dropped", "fields_flattened", "table_style_replaced", "animations_dropped",
        "macro_dropped",
    }  # fmt: skip


def test_blocks_tell_slide_and_cell() -> None:
    data = package([slide(shape(paragraph("首页"))), slide(table(["姓名", "电话"], ["甲", "乙"]))])
    blocks = [b for b in PptxFormat().read(data).blocks if b.text]
    assert [(b.text, b.location.page) for b in blocks] == [
        ("首页", 1), ("姓名", 2), ("电话", 2), ("甲", 2), ("乙", 2),
    ]  # fmt: skip
    assert blocks[-1].cell is not None
    assert (blocks[-1].cell.row, blocks[-1].cell.column) == (1, 1)
    assert blocks[-1].location.cell == "表1 第2行第2列"


def test_what_is_not_touched_stays_as_it_was() -> None:
    body = shape(
        '<a:p><a:pPr marL="342900" indent="-342900" algn="ctr"><a:buFont typeface="Arial"/>'
        '<a:buChar char="•"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="2400" b="1"/>'
        '<a:t>不变</a:t></a:r><a:endParaRPr lang="zh-CN"/></a:p>',
        filling='<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>',
    )
    data = package([slide(body)])
    plan = plan_for(PptxFormat().read(data), r"(?!)")
    with zipfile.ZipFile(io.BytesIO(PptxFormat().write(data, plan)[0])) as archive:
        written = parse_xml(archive.read("ppt/slides/slide1.xml"))
    drafted = parse_xml(slide(body).encode())
    kept = (f"{{{P}}}spPr", f"{{{P}}}txBody")
    for before, after in zip(drafted.iter(*kept), written.iter(*kept), strict=True):
        assert [(e.tag, dict(e.attrib), e.text) for e in before.iter()] == [
            (e.tag, dict(e.attrib), e.text) for e in after.iter()
        ]


def test_a_picture_leaves_an_empty_frame_of_its_size() -> None:
    data = package([slide(picture())])
    plan = plan_for(PptxFormat().read(data), r"(?!)")
    with zipfile.ZipFile(io.BytesIO(PptxFormat().write(data, plan)[0])) as archive:
        written = parse_xml(archive.read("ppt/slides/slide1.xml"))
    (size,) = written.iter(f"{{{A}}}ext")
    assert dict(size.attrib) == {"cx": "300000", "cy": "400000"}


def test_every_relation_of_the_output_leads_to_a_part_and_every_part_has_a_type(
    redacted: Redacted,
) -> None:
    with zipfile.ZipFile(io.BytesIO(redacted[2])) as archive:
        names = set(archive.namelist())
        types = archive.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith(".rels"):
                targets = re.findall(r'Target="/?([^"]*)"', archive.read(name).decode())
                assert names.issuperset(targets)
            elif name.startswith("ppt/"):
                assert f'PartName="/{name}"' in types


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (package([slide()], {"ppt/slides/_rels/slide1.xml.rels": "<a/>"}), BrokenInputError),
        (package([slide()], {"ppt/slides/slide1.xml": "<a>"}), BrokenInputError),
        (package([slide()], {"ppt/slideMasters/slideMaster1.xml": f"<p:sldMaster {NS}/>"}),
         BrokenInputError),
        (package([slide()], {"ppt/presentation.xml": f"<p:presentation {NS}/>"}), BrokenInputError),
        (package([slide()], {"[Content_Types].xml": f'<Types><Override PartName="/ppt/presentation'
         f'.xml" ContentType="{TYPE}.wordprocessingml.document.main+xml"/></Types>'}),
         UnknownFormatError),
        (package([slide()], {"[Content_Types].xml": "<a/>"}), InputError),
        (package([slide()])[:-50], BrokenInputError),
        (package(["<!DOCTYPE a []>" + slide()]), BrokenInputError),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_chinese_sentence(
    data: bytes, error: type[InputError]
) -> None:
    with pytest.raises(error) as caught:
        PptxFormat().read(data)
    assert caught.value.message.endswith("。")


def test_a_plan_for_another_text_is_refused() -> None:
    with pytest.raises(UnsafeOutputError):
        PptxFormat().write(SOURCE, RedactionPlan("0" * 64, "", "general", (), ()))


def test_digits_under_a_symbol_font_read_as_digits_and_a_tick_stays_a_tick() -> None:
    digits = "".join(chr(0xF000 + ord(c)) for c in "13800001111")
    data = package([slide(shape(paragraph(digits) + paragraph("\uf052")))])
    assert [b.text for b in PptxFormat().read(data).blocks] == ["13800001111", "\uf052"]


def test_a_bullet_that_says_something_becomes_the_usual_one() -> None:
    body = shape('<a:p><a:pPr><a:buChar char="13800001111"/></a:pPr><a:r><a:t>x</a:t></a:r></a:p>')
    data = package([slide(body)])
    output = PptxFormat().write(data, plan_for(PptxFormat().read(data), r"(?!)"))[0]
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        assert '<a:buChar char="•"/>' in archive.read("ppt/slides/slide1.xml").decode()


def test_a_paragraph_that_goes_on_from_its_automatic_number_is_told() -> None:
    number = '<a:pPr><a:buAutoNum type="arabicPlain" startAt="138"/></a:pPr>'
    for text, told in (("00138000", True), ("通过", False)):
        numbered = paragraph(text).replace("<a:p>", f"<a:p>{number}")
        notes = PptxFormat().read(package([slide(shape(numbered))])).notes
        assert ("number_runs_on" in {note.code for note in notes}) is told
