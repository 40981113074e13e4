"""An ods holds values only, hides nothing, and keeps its numbers, dates and layout."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from redact.odf.format import ODS
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Cell
from review.errors import BrokenInputError, UnknownFormatError, UnsafeOutputError
from review.plan import Edit, RedactionPlan, redacted_document
from tests.fakes.odf import SHEETS, content, ods, odt, package
from tests.fakes.planted import (
    Redacted,
    everything_in,
    plan_for,
    planted,
    redacted_by,
    redacted_twin,
)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}>{p(text) if text else ''}</table:table-cell>"


def number(value: str, shown: str, kind: str = "float", more: str = "") -> str:
    return cell(shown, f'office:value-type="{kind}" office:value="{value}" {more}')


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def sheet(*rows: str, name: str = "名单", attributes: str = "", before: str = "") -> str:
    return (
        f'<table:table table:name="{name}" {attributes}>{before}<table:table-column/>'
        f"{''.join(rows)}</table:table>"
    )


def texts(data: bytes) -> list[str]:
    return [b.text for b in ODS.read(data).blocks]


def codes(data: bytes) -> set[str]:
    return {n.code for n in ODS.read(data).notes}


def edited(data: bytes, *edits: tuple[int, int, int, str]) -> bytes:
    document = ODS.read(data)
    plan = RedactionPlan(
        document.digest, "", "general", (), tuple(Edit(*edit, "F1") for edit in edits)
    )
    return ODS.write(data, plan)[0]


def markup(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("content.xml").decode()


def test_cells_bear_their_places_and_the_sheet_its_name() -> None:
    data = ods(
        sheet(
            row(cell("姓名"), cell("电话")),
            row(cell("", ""), attributes='table:number-rows-repeated="3"'),
            row(cell("", ""), cell("13812345678")),
        )
        + sheet(row(cell("x")), name="底稿")
    )  # fmt: skip
    assert [(b.text, b.kind, b.cell, b.location.cell) for b in ODS.read(data).blocks] == [
        ("名单", BlockKind.ATTRIBUTE, None, None),
        ("姓名", BlockKind.CELL, Cell(0, 0, 0), "表1!A1"),
        ("电话", BlockKind.CELL, Cell(0, 0, 1), "表1!B1"),
        ("13812345678", BlockKind.CELL, Cell(0, 4, 1), "表1!B5"),
        ("底稿", BlockKind.ATTRIBUTE, None, None),
        ("x", BlockKind.CELL, Cell(1, 0, 0), "表2!A1"),
    ]


TOLD = [
    (number("3500.5", "3,501"), "3500.5"),
    (number("1200", "¥1,200.00"), "¥1,200.00"),
    (number("-1200", "(1,200)"), "-1200"),
    (number("1200", ""), "1200"),
    (number("13812345678", "1.38E+10"), "13812345678"),
    (number("5", "钱文海"), "5"),
    (number("0.125", "13%", "percentage"), "12.5%"),
    (number("0.12", "12%", "percentage"), "12%"),
    (number("7", "7元", "currency", 'office:currency="CNY"'), "7元"),
    (cell("5月6日", 'office:value-type="date" office:date-value="1980-05-06"'), "1980年5月6日"),
    (cell("80/5/6", 'office:value-type="date" office:date-value="1980-05-06"'), "1980-05-06"),
    (cell("1980/5/6", 'office:value-type="date" office:date-value="1980-05-06"'), "1980/5/6"),
    (
        cell("1980/5/6", 'office:value-type="date" office:date-value="1980-05-06T08:30:00"'),
        "1980-05-06 08:30:00",
    ),
    (cell("8点", 'office:value-type="time" office:time-value="PT08H30M00S"'), "08:30:00"),
    (cell("x", 'office:value-type="boolean" office:boolean-value="true"'), "TRUE"),
    (cell("", 'office:value-type="string" office:string-value="钱文海"'), "钱文海"),
    (cell("看得见", 'office:value-type="string" office:string-value="看不见"'), "看得见"),
    (cell("看得见", 'office:value-type="date" office:date-value="看不见"'), "看得见"),
]


@pytest.mark.parametrize(("given", "told"), TOLD, ids=[str(n) for n in range(len(TOLD))])
def test_the_text_of_a_cell_tells_all_that_it_stores(given: str, told: str) -> None:
    data = ods(sheet(row(given)))
    assert texts(data)[1:] == [told]
    assert texts(edited(data))[1:] == [told]


def test_numbers_and_dates_that_nobody_edits_stay_what_they_are() -> None:
    data = ods(
        sheet(
            row(
                number("3500.5", "3,501"),
                cell("5月6日", 'office:value-type="date" office:date-value="1980-05-06"'),
            )
        )
    )
    output = markup(edited(data))
    assert 'office:value="3500.5" office:value-type="float"' in output
    assert 'office:date-value="1980-05-06" office:value-type="date"' in output


def test_an_edited_number_becomes_text_and_its_value_goes() -> None:
    output = edited(ods(sheet(row(number("13812345678", "13812345678")))), (1, 3, 7, "****"))
    assert texts(output)[1:] == ["138****5678"]
    assert 'office:value-type="string"' in markup(output)
    assert "13812345678" not in everything_in(output)


def test_numbers_with_more_digits_than_a_sheet_can_hold_are_told() -> None:
    assert "digits_lost" in codes(ods(sheet(row(number("110105194912310021", "1.1E+17")))))


def test_nothing_stays_hidden() -> None:
    hiding = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties '
        'table:display="false"/></style:style><style:style style:name="co1" '
        'style:family="table-column"><style:table-column-properties '
        'style:column-width="0.01cm"/></style:style>'
    )
    data = ods(
        sheet(
            row(cell("甲"), attributes='table:visibility="collapse"'),
            attributes='table:style-name="ta1"',
            before='<table:table-column table:style-name="co1" table:visibility="filter"/>',
        ),
        hiding,
    )
    output = markup(edited(data))
    assert "hidden_shown" in codes(data)
    assert not re.search("visibility|display|column-width", output)


FORMATS = {
    "a plain one": ('<number:number number:decimal-places="2"/>', True),
    "one with a unit": ("<number:number/><number:text>元</number:text>", True),
    "one that says a name": ("<number:text>钱文海</number:text><number:number/>", False),
    "one that shows nothing": ("<number:text/>", False),
    "one with a strange currency": (
        "<number:currency-symbol>钱文海</number:currency-symbol><number:number/>",
        False,
    ),
}


@pytest.mark.parametrize("case", FORMATS)
def test_formats_of_numbers_stay_when_they_hide_and_say_nothing(case: str) -> None:
    inner, stays = FORMATS[case]
    automatic = (
        f'<number:number-style style:name="N9">{inner}</number:number-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N9"/>'
    )
    output = markup(edited(ods(sheet(row(number("1", "1"))), automatic)))
    assert ("number:number-style" in output) is stays
    assert ("style:data-style-name" in output) is stays
    assert "钱文海" not in output


def test_sheet_names_may_hold_masks_and_stay_distinct() -> None:
    data = ods(sheet(row(cell("x")), name="钱文海") + sheet(row(cell("y")), name="钱文江"))
    output = edited(data, (0, 1, 3, "*"), (2, 1, 3, "*"))
    names = re.findall('<table:table table:name="([^"]*)"', markup(output))
    assert len(set(names)) == 2
    assert [t.strip() for t in texts(output)] == ["钱*", "x", "钱*", "y"]


# {v} is a value that no output may hold; the places that people see are redacted by plan.
PLACES = {
    "sheet name": sheet(row(cell("x")), name="{v}"),
    "text": sheet(row(cell("{v}"))),
    "repeated cell": sheet(row(cell("{v}", 'table:number-columns-repeated="4"'))),
    "covered cell": sheet(
        row(cell("x"), "<table:covered-table-cell>" + p("{v}") + "</table:covered-table-cell>")
    ),
    "formula": sheet(row(number("1", "1", "float", 'table:formula="of:=&quot;{v}&quot;"'))),
    "stored string": sheet(row(cell("x", 'office:value-type="string" office:string-value="{v}"'))),
    "stored number": sheet(row(cell("x", 'office:value-type="float" office:value="{v}"'))),
    "stored date": sheet(row(cell("x", 'office:value-type="date" office:date-value="{v}"'))),
    "currency": sheet(row(number("1", "1", "currency", 'office:currency="{v}"'))),
    "number of another kind": sheet(row(cell("x", 'calcext:value-type="{v}" office:value="{v}"'))),
    "validation": '<table:content-validations><table:content-validation table:name="{v}" '
    'table:condition="{v}"><table:help-message table:title="{v}"><text:p>{v}</text:p>'
    "</table:help-message></table:content-validation></table:content-validations>",
    "validated cell": sheet(row(cell("x", 'table:content-validation-name="{v}"'))),
    "named range": '<table:named-expressions><table:named-range table:name="{v}" '
    'table:cell-range-address="{v}"/></table:named-expressions>',
    "database range": '<table:database-ranges><table:database-range table:name="{v}"><table:filter>'
    '<table:filter-condition table:value="{v}"/></table:filter></table:database-range>'
    "</table:database-ranges>",
    "pivot table": '<table:data-pilot-tables><table:data-pilot-table table:name="{v}">'
    '<table:data-pilot-member table:name="{v}"/></table:data-pilot-table>'
    "</table:data-pilot-tables>",
    "label range": "<table:label-ranges><table:label-range "
    'table:label-cell-range-address="{v}"/></table:label-ranges>',
    "tracked change": "<table:tracked-changes><table:cell-content-change><office:change-info>"
    "<dc:creator>{v}</dc:creator></office:change-info><table:previous>"
    "<table:change-track-table-cell><text:p>{v}</text:p></table:change-track-table-cell>"
    "</table:previous>"
    "</table:cell-content-change></table:tracked-changes>",
    "linked sheet": sheet(row(cell("x")), before='<table:table-source xlink:href="{v}" '
                          'table:table-name="{v}" table:filter-options="{v}"/>'),
    "linked range": sheet(row('<table:table-cell><table:cell-range-source xlink:href="{v}" '
                              'table:name="{v}"/></table:table-cell>')),
    "scenario": sheet(row(cell("x")), before='<table:scenario table:comment="{v}"/>'),
    "dynamic data": '<table:dde-links><table:dde-link><office:dde-source office:dde-item="{v}"/>'
    "<table:table><table:table-row>" + cell("{v}") + "</table:table-row></table:table>"
    "</table:dde-link></table:dde-links>",
    "comment": sheet(row('<table:table-cell><office:annotation><dc:creator>{v}</dc:creator>'
                         "<text:p>{v}</text:p></office:annotation></table:table-cell>")),
    "text box": sheet(row(cell("x")), before="<table:shapes><draw:frame><draw:text-box><text:p>{v}"
                      "</text:p></draw:text-box></draw:frame></table:shapes>"),
    "chart": sheet(row('<table:table-cell><draw:frame draw:name="{v}" table:end-cell-address="{v}">'
                       '<draw:object xlink:href="./{v}" draw:notify-on-update-of-ranges="{v}"/>'
                       "</draw:frame></table:table-cell>")),
    "print range": sheet(row(cell("x")), attributes='table:print-ranges="{v}" '
                         'table:protection-key="{v}"'),
    "conditional format": sheet(row(cell("x")), before="<calcext:conditional-formats>"
                                '<calcext:conditional-format calcext:target-range-address="{v}">'
                                '<calcext:condition calcext:value="{v}"/>'
                                "</calcext:conditional-format></calcext:conditional-formats>"),
    "link in a cell": sheet(row("<table:table-cell><text:p><text:a xlink:href='http://{v}'>x"
                                "</text:a></text:p></table:table-cell>")),
    "form": sheet(row(cell("x")), before='<office:forms><form:form form:name="{v}">'
                  '<form:listbox form:source-cell-range="{v}"/></form:form></office:forms>'),
    "column style": sheet(row(cell("x")), before='<table:table-column '
                          'table:default-cell-style-name="{v}"/>'),
}  # fmt: skip
AUTOMATIC = {
    "format condition": '<number:number-style style:name="N1"><number:number/><style:map '
    'style:condition="{v}" style:apply-style-name="N1"/></number:number-style>',
    "cell condition": '<style:style style:name="ce9" style:family="table-cell"><style:map '
    'style:condition="cell-content()=&quot;{v}&quot;" style:apply-style-name="ce9" '
    'style:base-cell-address="{v}"/></style:style>',
    "format title": '<number:number-style style:name="N2" number:title="{v}" '
    'number:transliteration-format="{v}"><number:number number:decimal-replacement="{v}"/>'
    "</number:number-style>",
}
HEADER = (
    '<style:master-page style:name="Default"><style:header><style:region-left><text:p>{v}</text:p>'
    "</style:region-left></style:header></style:master-page>"
)
VALUES = {place: planted(n) for n, place in enumerate([*PLACES, *AUTOMATIC, "header"])}
SOURCE = ods(
    "".join(m.replace("{v}", VALUES[place]) for place, m in PLACES.items()),
    "".join(m.replace("{v}", VALUES[place]) for place, m in AUTOMATIC.items()),
    HEADER.replace("{v}", VALUES["header"]),
)
VISIBLE = {"sheet name", "text", "repeated cell", "text box", "header"}


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(ODS, SOURCE)


@pytest.mark.parametrize("place", VALUES)
def test_no_value_survives(place: str, redacted: Redacted) -> None:
    assert VALUES[place] in everything_in(SOURCE)
    assert VALUES[place] not in everything_in(redacted[2])


def test_the_document_holds_what_people_see_and_apart_what_is_hidden(
    redacted: Redacted,
) -> None:
    def places(dropped: bool) -> set[str]:
        blocks = [b for b in redacted[0].blocks if (b.kind is BlockKind.DROPPED) is dropped]
        text = "\n".join(b.text for b in blocks)
        return {place for place, value in VALUES.items() if value in text}

    assert places(dropped=False) == VISIBLE
    assert places(dropped=True) == {"covered cell"}


def test_the_verifier_passes_the_redacted_output_and_no_other(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    allowed = allowed_occurrences(redacted_document(document, plan).text, list(VALUES.values()))
    assert IndependentVerifier().verify("ods", output, allowed) == ()
    untouched, _ = ODS.write(SOURCE, plan_for(document, r"(?!)"))
    for place in VISIBLE:
        assert IndependentVerifier().verify("ods", untouched, {VALUES[place]: 0}), place


def test_a_switch_of_the_settings_is_no_sign_that_a_box_of_a_form_held() -> None:
    settings = (
        '<c:x xmlns:c="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><c:config-item '
        'c:name="CharacterCompressionType">{}</c:config-item></c:x>'
    )
    for value, refused in (("0", False), ("张三丰", True)):
        data = package({"content.xml": "<x/>", "settings.xml": settings.format(value)})
        assert bool(IndependentVerifier().verify("ods", data, {"0": 0, "张三丰": 0})) is refused


def test_the_verifier_sees_a_stored_number_that_no_text_tells() -> None:
    data = ods(sheet(row(number("13812345678", "某"))))
    assert IndependentVerifier().verify("ods", data, {"13812345678": 0})


def test_what_was_dropped_is_told() -> None:
    assert codes(SOURCE) >= {
        "formulas_flattened", "rules_dropped", "revisions_accepted", "links_dropped",
        "comments_dropped", "object_dropped", "hidden_dropped",
    }  # fmt: skip


def test_the_same_input_gives_the_same_bytes(
    redacted: Redacted,
) -> None:
    assert ODS.write(SOURCE, redacted[1])[0] == redacted[2]


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(ODS, SOURCE) == redacted[2]


def test_a_text_document_is_no_spreadsheet() -> None:
    with pytest.raises(UnknownFormatError):
        ODS.read(odt(p("x")))
    with pytest.raises(BrokenInputError):
        ODS.read(package({"mimetype": SHEETS, "content.xml": content(p("x"))}))


def test_a_plan_made_on_another_text_is_refused() -> None:
    with pytest.raises(UnsafeOutputError):
        ODS.write(SOURCE, RedactionPlan("0" * 64, "", "", (), ()))


def test_what_is_kept_of_another_file_for_formulas_goes_with_it() -> None:
    source = '<table:table-source xlink:href="钱多多.ods"/>'
    cached = sheet(row(cell("钱多多")), name="'file:///c:/钱多多.ods'#Sheet1", before=source)
    output = ods(sheet(row(cell("公示"))) + cached)
    assert texts(output) == ["名单", "公示"]
    assert "links_dropped" in codes(output)


def test_a_day_that_only_the_printed_page_knows_is_not_published_as_noughts() -> None:
    header = (
        '<style:master-page style:name="Default"><style:header><text:p>打印：<text:date>{}'
        "</text:date></text:p></style:header></style:master-page>"
    )
    for shown, kept in (("00/00/0000", "打印："), ("2026/03/01", "打印：2026/03/01")):
        read = texts(ods(sheet(row(cell("甲"))), masters=header.format(shown)))
        assert kept in read


@pytest.mark.parametrize(
    ("text", "told"), [("月份", False), ("平方公里", False), ("!", False), ("张三丰", True)]
)
def test_people_are_told_of_a_format_that_goes_and_a_common_unit_stays(
    text: str, told: bool
) -> None:
    formats = (
        '<number:number-style style:name="N9"><number:number number:min-integer-digits="1"/>'
        f"<number:text>{text}</number:text></number:number-style>"
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N9"/>'
    )
    cells = sheet(row(number("8", f"8{text}", more='table:style-name="ce1"')))
    assert ("format_dropped" in codes(ods(cells, formats))) is told
    # An office program keeps formats among the styles that all parts share.
    shared, style = formats.split("<style:style", 1)
    assert ("format_dropped" in codes(ods(cells, f"<style:style{style}", "", shared))) is told
