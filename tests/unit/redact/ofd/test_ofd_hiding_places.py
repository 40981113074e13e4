"""No place of an OFD file keeps a value: every hiding place planted, redacted and searched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import accumulate

import pytest

from redact.ofd.format import OfdFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.plan import redacted_document
from tests.fakes import ofd
from tests.fakes.ofd import NS, code, glyphs, package, page, path, text
from tests.fakes.planted import everything_in, plan_for

VALUE = r"(?:张.值)?1380\d{7}"


def turned(words: str, matrix: str) -> str:
    return text(words, 100, attributes=f'CTM="{matrix}"')


def each_sign(words: str, y: float) -> str:
    places = accumulate((2 if c.isascii() else 4 for c in words), initial=20)
    return "".join(text(c, y, x) for c, x in zip(words, places, strict=False))


def column(words: str) -> str:
    return (
        '<ofd:TextObject ID="9" Boundary="180 20 6 170" Font="1" Size="4" ReadDirection="90">'
        f'<ofd:TextCode X="0" Y="4" DeltaY="g {len(words) - 1} 4">{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def pattern(words: str) -> str:
    return (
        '<ofd:FillColor><ofd:Pattern Width="9" Height="9"><ofd:CellContent>'
        f"{text(words)}</ofd:CellContent></ofd:Pattern></ofd:FillColor>"
    )


def annotation(inner: str, attributes: str = "", boundary: str = "0 0 9 9") -> str:
    return (
        f'<ofd:PageAnnot {NS}><ofd:Annot ID="1" Type="Highlight" {attributes}>{inner}'
        f'<ofd:Appearance Boundary="{boundary}"/></ofd:Annot></ofd:PageAnnot>'
    )


# Places within a page: {v} is the value, {a} and {b} its two halves.
PAGE = {
    "text object": text("联系人{v}到场"),
    "two text objects": text("{a}") + text("{b}", x=20 + 4 * 3),
    "one sign an object": "EACH",
    "two codes": '<ofd:TextObject ID="1" Boundary="20 20 170 9" Font="1" Size="4">'
    + code("{a}")
    + code("{b}", x=12)
    + "</ofd:TextObject>",
    "painted twice": text("{v}") + text("{v}", x=20.2),
    "painted twice, larger": text("{v}") + text("{v}").replace('Size="4.0"', 'Size="4.4"'),
    "white": text("{v}", inner='<ofd:FillColor Value="255 255 255"/>'),
    "invisible": text("x") + text("{v}", 40, attributes='Visible="false"'),
    "transparent": text("x") + text("{v}", 40, attributes='Alpha="0"'),
    "transparent colour": text("x") + text("{v}", 40, inner='<ofd:FillColor Alpha="0"/>'),
    "neither filled nor drawn": text("x") + text("{v}", 40, attributes='Fill="false"'),
    "without size": text("x") + text("{v}", 40).replace('Size="4.0"', 'Size="0"'),
    "crushed flat": text("x") + text("{v}", 40, attributes='CTM="1 0 0 0 0 0"'),
    "outside the page": text("x") + text("{v}", 400),
    "left of the page": text("x") + text("{v}", 40, -900),
    "beyond its boundary": text("x{v}").replace("170 6", "3 6"),
    "clipped away": text(
        "{v}",
        inner="<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary='0 0 1 1'>"
        "<ofd:AbbreviatedData>M 0 0 L 1 0 L 1 1 C</ofd:AbbreviatedData></ofd:Path></ofd:Area>"
        "</ofd:Clip></ofd:Clips>",
    ),
    "under an area": text("{v}") + path("M 0 0 L 210 0 L 210 297 L 0 297 C", 'Fill="true"'),
    "under a picture": text("{v}")
    + '<ofd:ImageObject ID="4" ResourceID="5" Boundary="0 0 50 50"/>',
    "a quarter turned": turned("{v}", "0 1 -1 0 50 0"),
    "upside down": turned("{v}", "-1 0 0 -1 150 60"),
    "slanted": turned("{v}", "0.8 0.6 -0.6 0.8 0 0"),
    "written downwards": "COLUMN",
    "block in a block": "<ofd:PageBlock ID='2'><ofd:PageBlock ID='3'>"
    + text("{v}")
    + "</ofd:PageBlock></ofd:PageBlock>",
    "invisible block": text("x")
    + "<ofd:PageBlock ID='2' Visible='false'>"
    + text("{v}", 40)
    + "</ofd:PageBlock>",
    "pattern of a text": text("x", inner=pattern("{v}")),
    "pattern of an area": text("x") + path("M 0 0 L 9 9", "").replace(">", ">" + pattern("{v}"), 1),
    "text as a clip": text("x")
    + path("M 0 0 L 9 9").replace(
        ">",
        f">{'<ofd:Clips><ofd:Clip><ofd:Area>'}{text('{v}')}</ofd:Area></ofd:Clip></ofd:Clips>",
        1,
    ),
    "path data": text("x") + path("M 0 0 {v} L 9 9"),
    "object name": text("x", attributes='Name="{v}"'),
    "unknown attribute": text("x", attributes='zz="{v}"'),
    "number in an attribute": text("x").replace('ID="9"', 'ID="{v}"'),
    "unknown element": text("x") + "<ofd:VideoNote>{v}</ofd:VideoNote>",
    "foreign namespace": text("x") + '<z:a xmlns:z="urn:x" b="{v}">{v}</z:a>',
    "loose text": text("x") + "{v}",
    "XML comment": text("x") + "<!-- {v} -->",
    "processing instruction": text("x") + "<?zz {v}?>",
    "link": text(
        "x",
        inner='<ofd:Actions><ofd:Action Event="CLICK"><ofd:URI URI="http://a.cn/{v}"/>'
        "</ofd:Action></ofd:Actions>",
    ),
    "composite drawing": '<ofd:CompositeObject ID="6" ResourceID="77" Boundary="10 60 90 90"/>',
    "invisible composite": text("x")
    + '<ofd:CompositeObject ID="6" ResourceID="77" Boundary="10 60 90 90" Visible="false"/>',
}
# Places beside the pages: the parts that they need.
ENTRY = {
    "title": "<ofd:Title>{v}</ofd:Title>",
    "author": "<ofd:Author>{v}</ofd:Author>",
    "keywords": "<ofd:Keywords><ofd:Keyword>{v}</ofd:Keyword></ofd:Keywords>",
    "custom data": '<ofd:CustomDatas><ofd:CustomData Name="k">{v}</ofd:CustomData>'
    "</ofd:CustomDatas>",
    "custom data name": '<ofd:CustomDatas><ofd:CustomData Name="{v}">x</ofd:CustomData>'
    "</ofd:CustomDatas>",
    "creator": "<ofd:Creator>{v}</ofd:Creator>",
}
DOCUMENT = {
    "outline": '<ofd:Outlines><ofd:OutlineElem Title="{v}"/></ofd:Outlines>',
    "bookmark": '<ofd:Bookmarks><ofd:Bookmark Name="{v}"/></ofd:Bookmarks>',
    "document action": '<ofd:Actions><ofd:Action Event="DO"><ofd:URI URI="{v}"/></ofd:Action>'
    "</ofd:Actions>",
    "permissions": '<ofd:Permissions><ofd:Print Printable="{v}"/></ofd:Permissions>',
}
PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "annotation remark": (
        "<ofd:Annotations>Annots.xml</ofd:Annotations>",
        {"Doc_0/A.xml": annotation("<ofd:Remark>{v}</ofd:Remark>")},
    ),
    "annotation text": (
        "<ofd:Annotations>Annots.xml</ofd:Annotations>",
        {
            "Doc_0/A.xml": annotation("").replace(
                "/></ofd:Annot", f">{text('{v}')}</ofd:Appearance></ofd:Annot"
            )
        },
    ),
    "annotation creator": (
        "<ofd:Annotations>Annots.xml</ofd:Annotations>",
        {"Doc_0/A.xml": annotation("", 'Creator="{v}"')},
    ),
    "attachment name": (
        "<ofd:Attachments>At.xml</ofd:Attachments>",
        {"Doc_0/At.xml": f'<ofd:Attachments {NS}><ofd:Attachment Name="{{v}}"/></ofd:Attachments>'},
    ),
    "attachment": (
        "<ofd:Attachments>At.xml</ofd:Attachments>",
        {"Doc_0/At.xml": f"<ofd:Attachments {NS}/>", "Doc_0/Attachs/a.txt": "{v}"},
    ),
    "custom tag": (
        "<ofd:CustomTags>Tags.xml</ofd:CustomTags>",
        {
            "Doc_0/Tags.xml": f"<ofd:CustomTags {NS}><ofd:CustomTag><ofd:FileLoc>T.xml"
            "</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>",
            "Doc_0/T.xml": "<t><name>{v}</name></t>",
        },
    ),
    "extension": (
        "<ofd:Extensions>Ext.xml</ofd:Extensions>",
        {"Doc_0/Ext.xml": f"<ofd:Extensions {NS}><ofd:Data>{{v}}</ofd:Data></ofd:Extensions>"},
    ),
    "font name": (
        "",
        {
            "Doc_0/PublicRes.xml": ofd.resources(
                fonts='<ofd:Font ID="1" FontName="{v}" FamilyName="{v}"/>'
            )
        },
    ),
    "unused drawing": (
        "",
        {
            "Doc_0/PublicRes.xml": ofd.resources(
                '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="78"><ofd:Content>'
                f"{text('{v}')}</ofd:Content></ofd:CompositeGraphicUnit>"
                "</ofd:CompositeGraphicUnits>"
            )
        },
    ),
    "stray part": ("", {"Doc_0/stray.xml": "<a>{v}</a>"}),
    "part name": ("", {"Doc_0/{v}.xml": "<a/>"}),
    "seal": ("", {"Doc_0/Signs/Sign_0/Seal.esl": "{v}"}),
    "old version": ("", {"Doc_0/Versions/V0.xml": "<v>{v}</v>"}),
    "thumbnail": ("", {"Doc_0/Res/thumb.png": "{v}"}),
}


def value(number: int) -> str:
    """Make a distinct value: a name and a telephone number."""
    return f"张{chr(0x7532 + number)}值{13800000000 + 7919 * number}"


def filled(template: str, planted: str) -> str:
    half = len(planted) // 4
    return (
        template.replace("{v}", planted)
        .replace("{a}", planted[:half])
        .replace("{b}", planted[half:])
    )


def of_page(name: str, planted: str) -> bytes:
    objects = {"one sign an object": each_sign(planted, 20), "written downwards": column(planted)}
    content = objects.get(name) or filled(PAGE[name], planted)
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77" Width="9" Height="9">'
        f"<ofd:Content>{text(planted)}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits>"
    )
    drawn = unit if "composite" in name else ""
    return package([page(content)], {"Doc_0/PublicRes.xml": ofd.resources(drawn)})


def of_parts(name: str, planted: str) -> bytes:
    rest, parts = PARTS[name]
    listing = (
        f'<ofd:Annotations {NS}><ofd:Page PageID="100"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page>'
        "</ofd:Annotations>"
    )
    every = {"Doc_0/Document.xml": ofd.document(1, rest=rest), "Doc_0/Annots.xml": listing}
    every |= {filled(n, planted): filled(p, planted) for n, p in parts.items()}
    return package([page(text("正文"))], every)


def of_templates(planted: str) -> bytes:
    common = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/T.xml"/>'
    used = page(text("正文"), head='<ofd:Template TemplateID="50" ZOrder="Background"/>')
    parts = {
        "Doc_0/Document.xml": ofd.document(1, common),
        "Doc_0/Tpls/T.xml": page(text(planted, 200)),
    }
    return package([used], parts)


def of_unused_template(planted: str) -> bytes:
    common = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/T.xml"/>'
    parts = {
        "Doc_0/Document.xml": ofd.document(1, common),
        "Doc_0/Tpls/T.xml": page(text(planted, 200)),
    }
    return package([page(text("正文"))], parts)


def of_second_document(planted: str) -> bytes:
    second = "<ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts = {
        "OFD.xml": ofd.entry(more=second),
        "Doc_1/Document.xml": ofd.document(1),
        "Doc_1/PublicRes.xml": ofd.resources(),
        "Doc_1/Pages/Page_0/Content.xml": page(text(planted)),
    }
    return package([page(text("正文"))], parts)


def of_embedded_font(planted: str) -> bytes:
    """Spell the value in glyphs of a subset font that knows its signs in order."""
    signs = "".join(dict.fromkeys("正文" + planted))
    numbers = [signs.index(c) + 1 for c in planted]
    fonts = '<ofd:Font ID="1" FontName="ABCDEF+X"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font>'
    parts = {
        "Doc_0/PublicRes.xml": ofd.resources(fonts=fonts),
        "Doc_0/Res/f.ttf": ofd.font(signs),
    }
    return package(
        [page(text("正文", inner=glyphs(1, 2)) + text(planted, 40, inner=glyphs(*numbers)))], parts
    )


def of_entry(name: str, planted: str) -> bytes:
    return package([page(text("正文"))], {"OFD.xml": ofd.entry(filled(ENTRY[name], planted))})


def of_document(name: str, planted: str) -> bytes:
    root = ofd.document(1, rest=filled(DOCUMENT[name], planted))
    return package([page(text("正文"))], {"Doc_0/Document.xml": root})


def of_lower_case_paths(planted: str) -> bytes:
    """Write what some programs do: other case, no prefix, absolute locations."""
    whole = page(text(planted)).replace("xmlns:ofd", "xmlns").replace("ofd:", "")
    root = ofd.document(1).replace("Pages/Page_0", "/doc_0/PAGES/page_0")
    return package([whole], {"Doc_0/Document.xml": root})


def cases(first: int = 0) -> dict[str, tuple[str, bytes]]:
    """Plant a value in each place, numbered from ``first``."""
    found: dict[str, tuple[str, bytes]] = {}

    def plant(name: str, maker: Callable[[str], bytes]) -> None:
        planted = value(first + len(found))
        found[name] = planted, maker(planted)

    for name in PAGE:
        plant(f"page: {name}", partial(of_page, name))
    for name in PARTS:
        plant(f"part: {name}", partial(of_parts, name))
    for name in ENTRY:
        plant(f"entry: {name}", partial(of_entry, name))
    for name in DOCUMENT:
        plant(f"document: {name}", partial(of_document, name))
    plant("template", of_templates)
    plant("unused template", of_unused_template)
    plant("second document", of_second_document)
    plant("embedded font", of_embedded_font)
    plant("odd case and paths", of_lower_case_paths)
    plant("zip comment", lambda planted: package([page(text("正文"))], comment=planted.encode()))
    return found


CASES = cases()


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    return CASES[request.param]


def test_a_planted_value_is_in_the_draft_and_in_nothing_that_is_written(
    case: tuple[str, bytes],
) -> None:
    planted, data = case
    pieces = planted[:3], planted[3:]
    assert all(piece in everything_in(data) for piece in pieces)
    plan = plan_for(OfdFormat().read(data), VALUE)
    written = everything_in(OfdFormat().write(data, plan)[0])
    assert not any(piece in written for piece in pieces)


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts() -> None:
    form = OfdFormat()
    twins = cases(first=len(CASES))
    for place in CASES:
        one, other = (
            form.write(data, plan_for(form.read(data), VALUE))[0]
            for _, data in (CASES[place], twins[place])
        )
        assert one == other, place


def test_the_verifier_passes_the_output_and_finds_the_value_in_the_draft(
    case: tuple[str, bytes],
) -> None:
    planted, data = case
    document = OfdFormat().read(data)
    plan = plan_for(document, VALUE)
    expected = redacted_document(document, plan).text
    allowed = allowed_occurrences(expected, (planted, planted[:3]))
    assert IndependentVerifier().verify("ofd", OfdFormat().write(data, plan)[0], allowed) == ()
    assert IndependentVerifier().verify("ofd", data, allowed)


def test_the_output_reads_as_planned_and_is_written_again_just_so(
    case: tuple[str, bytes],
) -> None:
    _, data = case
    document = OfdFormat().read(data)
    plan = plan_for(document, VALUE)
    written = OfdFormat().write(data, plan)[0]
    again = OfdFormat().read(written)
    assert "".join(again.text.split()) == "".join(redacted_document(document, plan).text.split())
    assert OfdFormat().write(written, plan_for(again, VALUE))[0] == written
