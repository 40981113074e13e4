"""What steers the look of a docx without telling anything stays as programs wrote it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import MC, WP, A, M, W
from review.plan import RedactionPlan

WP14 = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"


def package(parts: dict[str, str]) -> bytes:
    """Build a docx whose parts of these names are as given."""
    source, output = io.BytesIO(), io.BytesIO()
    docx.Document().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name) or old.read(name))
    return output.getvalue()


def written(data: bytes, part: str) -> etree._Element:
    plan = RedactionPlan(DocxFormat().read(data).digest, "", "general", (), ())
    output = DocxFormat().write(data, plan)[0]
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(output)).read(part))


def settings(inner: str) -> etree._Element:
    markup = f'<w:settings xmlns:w="{W}" xmlns:m="{M}">{inner}</w:settings>'
    return written(package({"word/settings.xml": markup}), "word/settings.xml")


def body(inner: str, before: str = "") -> etree._Element:
    markup = f'<w:document xmlns:w="{W}">{before}<w:body>{inner}</w:body></w:document>'
    return written(package({"word/document.xml": markup}), "word/document.xml")


def test_the_theme_names_every_font_even_one_whose_name_went() -> None:
    theme = written(package({}), "word/theme/theme1.xml")
    fonts = [e for tag in ("latin", "ea", "cs", "font") for e in theme.iter(f"{{{A}}}{tag}")]
    assert fonts
    assert all(font.get("typeface") is not None for font in fonts)


def test_a_place_in_percent_of_the_page_becomes_the_one_written_beside_it() -> None:
    place = "<wp:positionH relativeFrom='page'>{}</wp:positionH>"
    anchor = (
        f'<w:p><w:r><w:drawing xmlns:wp="{WP}" xmlns:wp14="{WP14}" xmlns:mc="{MC}"><wp:anchor>'
        '<wp:simplePos x="0" y="0"/><mc:AlternateContent><mc:Choice Requires="wp14">'
        + place.format("<wp14:pctPosHOffset>55000</wp14:pctPosHOffset>")
        + "</mc:Choice><mc:Fallback>"
        + place.format("<wp:posOffset>4300000</wp:posOffset>")
        + '</mc:Fallback></mc:AlternateContent><wp:extent cx="1" cy="1"/></wp:anchor>'
        "</w:drawing></w:r></w:p>"
    )
    found = body(anchor)
    assert [e.text for e in found.iter(f"{{{WP}}}posOffset")] == ["4300000"]
    assert [len(e) for e in found.iter(f"{{{WP}}}positionH")] == [1]


def test_the_compatibility_settings_that_word_writes_stay_and_strange_ones_go() -> None:
    setting = (
        '<w:compatSetting w:name="{}" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    )
    names = ("overrideTableStyleFontSizeAndJustification", "zhangsan")
    found = settings(f"<w:compat>{''.join(map(setting.format, names))}</w:compat>")
    kept = [e.get(f"{{{W}}}name") for e in found.iter(f"{{{W}}}compatSetting")]
    assert kept == ["overrideTableStyleFontSizeAndJustification"]


def test_signs_that_may_not_end_or_begin_a_line_stay() -> None:
    ending, starting = "$([{£¥·‘“〈《「『【〔〖〝", "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》"
    found = settings(
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{ending}"/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{starting.replace(">", "&gt;")}"/>'
    )
    assert [e.get(f"{{{W}}}val") for e in found] == [ending, starting]


@pytest.mark.parametrize("told", ["张三。", "13800001111"])
def test_letters_and_digits_among_them_go(told: str) -> None:
    assert len(settings(f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{told}"/>')) == 0


def test_the_font_of_formulas_keeps_its_name_or_gets_the_usual_one() -> None:
    for name, kept in (("Cambria Math", "Cambria Math"), ("张三13800001111", "Cambria Math")):
        found = settings(f'<m:mathPr><m:mathFont m:val="{name}"/></m:mathPr>')
        assert [e.get(f"{{{M}}}val") for e in found.iter(f"{{{M}}}mathFont")] == [kept]


def field(*codes: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f"<w:p>{mark.format('begin')}{runs}{mark.format('end')}</w:p>"


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (("eq \\o\\ac(○,", "21", ")"), "21"),
        ((" EQ \\o \\ac(□, 密) ",), "密"),
        ((' EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(pin),拼) ',), "拼"),
        ((" eq \\o(\\s\\up 5(海),\\s\\do 2(淀)) ",), "海淀"),
        ((" MACROBUTTON NoMacro ", "[单击此处填写单位 全称] "), "[单击此处填写单位 全称]"),
        ((" GOTOBUTTON b1 第三章 ",), "第三章"),
    ],
)
def test_what_a_field_without_a_result_shows_stays(codes: tuple[str, ...], text: str) -> None:
    assert [e.text for e in body(field(*codes)).iter(f"{{{W}}}t")] == [text]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("EQ \\f(1,2)", True),
        ("AUTONUM", True),
        ("SYMBOL 254 \\f Wingdings", True),
        ('DISPLAYBARCODE "13800138000" QR', True),
        ("XE 索引", False),
    ],
)
def test_of_a_field_that_is_drawn_from_its_code_a_person_is_told(code: str, told: bool) -> None:
    markup = f'<w:document xmlns:w="{W}"><w:body>{field(code)}</w:body></w:document>'
    notes = DocxFormat().read(package({"word/document.xml": markup})).notes
    assert ("content_dropped" in [note.code for note in notes]) is told


def test_the_colour_of_the_page_stays() -> None:
    found = body("<w:p/>", '<w:background w:color="FDE9D9"/>')
    assert found[0].get(f"{{{W}}}color") == "FDE9D9"
    assert len(settings("<w:displayBackgroundShape/>")) == 1
