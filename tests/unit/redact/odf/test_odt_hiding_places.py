"""No place of an odt keeps a value: every hiding place planted, redacted by plan and searched."""

from __future__ import annotations

import base64
import functools
import io
import re
import zipfile

import pytest

from redact.odf.format import ODT
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import Block, BlockKind, Document
from review.plan import redacted_document
from tests.fakes.odf import content, manifest, package, styles
from tests.fakes.planted import (
    Redacted,
    everything_in,
    fill,
    new_value,
    plan_for,
    redacted_by,
    redacted_twin,
)


def p(inner: str, attributes: str = "") -> str:
    return f"<text:p {attributes}>{inner}</text:p>"


def field(name: str, attributes: str = "", inner: str = "x") -> str:
    return p(f"<text:{name} {attributes}>{inner}</text:{name}>")


def table(rows: str, attributes: str = "", before: str = "") -> str:
    return f"<table:table {attributes}>{before}<table:table-column/>{rows}</table:table>"


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(inner: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def frame(inner: str, attributes: str = "") -> str:
    return p(f'<draw:frame svg:width="3cm" svg:height="1cm" {attributes}>{inner}</draw:frame>')


def box(inner: str) -> str:
    return f"<draw:text-box>{inner}</draw:text-box>"


# The body's hiding places: {v} is the value, {a} and {b} its two halves, {64} it in base64.
BODY = {
    "paragraph": p("联系人{v}到场"),
    "heading": '<text:h text:outline-level="1">{v}</text:h>',
    "split over spans": p("<text:span>{a}</text:span><text:span>{b}</text:span>"),
    "nested spans": p("<text:span>{a}<text:span>{b}</text:span></text:span>"),
    "split by a page break": p("{a}<text:soft-page-break/>{b}"),
    "split by a bookmark": p('{a}<text:bookmark text:name="m1"/>{b}'),
    "split by a frame": p("{a}<draw:frame>" + box(p("")) + "</draw:frame>{b}"),
    "split by a comment": p("{a}<office:annotation><text:p/></office:annotation>{b}"),
    "white text": p('<text:span text:style-name="White">{v}</text:span>'),
    "list item": "<text:list><text:list-item>" + p("{v}") + "</text:list-item></text:list>",
    "list header": "<text:list><text:list-header>" + p("{v}") + "</text:list-header></text:list>",
    "list number": "<text:list><text:list-item><text:number>{v}</text:number>"
    + p("x")
    + "</text:list-item></text:list>",
    "list id": '<text:list xml:id="{v}" text:continue-list="{v}"><text:list-item/></text:list>',
    "numbered paragraph": '<text:numbered-paragraph text:list-id="{v}">'
    + p("{v}")
    + "</text:numbered-paragraph>",
    "table cell": table(row(cell(p("{v}")))),
    "nested table": table(row(cell(table(row(cell(p("{v}"))))))),
    "header row": table(
        "<table:table-header-rows>" + row(cell(p("{v}"))) + "</table:table-header-rows>"
    ),
    "repeated cell": table(row(cell(p("{v}"), 'table:number-columns-repeated="3"'))),
    "repeated row": table(row(cell(p("{v}")), 'table:number-rows-repeated="2"')),
    "hidden row": table(row(cell(p("{v}")), 'table:visibility="collapse"')),
    "filtered row": table(row(cell(p("{v}")), 'table:visibility="filter"')),
    "covered cell": table(
        row(
            cell(p("x"), 'table:number-columns-spanned="2"')
            + "<table:covered-table-cell>" + p("{v}") + "</table:covered-table-cell>"
        )
    ),
    "table name": table(row(cell(p("x"))), 'table:name="{v}"'),
    "table title": table(row(cell(p("x"))), "", "<table:title>{v}</table:title>"),
    "table description": table(row(cell(p("x"))), "", "<table:desc>{v}</table:desc>"),
    "table source": table(
        row(cell(p("x"))), "", '<table:table-source table:table-name="{v}" xlink:href="{v}"/>'
    ),
    "table protection": table(row(cell(p("x"))), 'table:protection-key="{v}"'),
    "cell formula": table(row(cell(p("x"), 'table:formula="{v}"'))),
    "cell string": table(row(cell(p("x"), 'office:value-type="string" office:string-value="{v}"'))),
    "cell value": table(row(cell(p("x"), 'office:value="{v}" calcext:value-type="{v}"'))),
    "cell metadata": table(row(cell(p("x"), 'xhtml:about="{v}" xhtml:content="{v}"'))),
    "deletion": "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
    "<dc:creator>x</dc:creator></office:change-info>" + p("{v}")
    + "</text:deletion></text:changed-region></text:tracked-changes>",
    "change author": "<text:tracked-changes><text:changed-region><text:insertion>"
    "<office:change-info><dc:creator>{v}</dc:creator><dc:date>{v}</dc:date><text:p>{v}</text:p>"
    "</office:change-info></text:insertion></text:changed-region></text:tracked-changes>",
    "change id": p('<text:change-start text:change-id="{v}"/>x<text:change-end '
                   'text:change-id="{v}"/><text:change text:change-id="{v}"/>'),
    "insertion": p('<text:change-start text:change-id="c"/>{v}<text:change-end/>'),
    "comment": p("<office:annotation>" + p("{v}") + "</office:annotation>"),
    "comment author": p('<office:annotation office:name="{v}"><dc:creator>{v}</dc:creator>'
                        "<meta:creator-initials>{v}</meta:creator-initials></office:annotation>"
                        '<office:annotation-end office:name="{v}"/>'),
    "hidden by style": p('<text:span text:style-name="Gone">{v}</text:span>'),
    "hidden by parent style": p('<text:span text:style-name="GoneToo">{v}</text:span>'),
    "hidden paragraph style": p("{v}", 'text:style-name="GoneParagraph"'),
    "hidden section": '<text:section text:display="none">' + p("{v}") + "</text:section>",
    "conditionally hidden section": '<text:section text:display="condition" text:is-hidden="true">'
    + p("{v}")
    + "</text:section>",
    "hidden paragraph field": p('<text:hidden-paragraph text:is-hidden="true"/>{v}'),
    "hidden text field": p('<text:hidden-text text:is-hidden="true" text:string-value="{v}"/>'),
    "hidden variable": field("variable-set", 'text:display="none"', "{v}"),
    "section name": '<text:section text:name="{v}">' + p("x") + "</text:section>",
    "section source": '<text:section><text:section-source xlink:href="{v}" '
    'text:section-name="{v}"/>' + p("x") + "</text:section>",
    "section condition": '<text:section text:condition="{v}" text:protection-key="{v}">'
    + p("x")
    + "</text:section>",
    "footnote": p('<text:note text:id="{v}" text:note-class="footnote"><text:note-citation>1'
                  "</text:note-citation><text:note-body>" + p("{v}")
                  + "</text:note-body></text:note>"),
    "endnote": p('<text:note text:note-class="endnote"><text:note-body>' + p("{v}")
                 + "</text:note-body></text:note>"),
    "note mark": p('<text:note><text:note-citation text:label="{v}">{v}</text:note-citation>'
                   "<text:note-body/></text:note>"),
    "note number": p("<text:note><text:note-citation>{v}</text:note-citation><text:note-body/>"
                     "</text:note>"),
    "text box": frame(box(p("{v}"))),
    "box in a box": frame(box(frame(box(p("{v}"))))),
    "box chain": frame('<draw:text-box draw:chain-next-name="{v}">' + p("x") + "</draw:text-box>"),
    "frame name": frame(box(p("x")), 'draw:name="{v}" xml:id="{v}" draw:id="{v}"'),
    "alt title": frame(box(p("x")) + "<svg:title>{v}</svg:title>"),
    "alt text": frame(box(p("x")) + "<svg:desc>{v}</svg:desc>"),
    "alt text of a picture": frame('<draw:image xlink:href="Pictures/1.png"/>'
                                   "<svg:desc>{v}</svg:desc>"),
    "markup in alt text": frame(box(p("x")) + "<svg:desc><text:span>{v}</text:span></svg:desc>"),
    "picture link": frame('<draw:image xlink:href="{v}"/>'),
    "picture in line": frame("<draw:image><office:binary-data>{64}</office:binary-data>"
                             "</draw:image>"),
    "picture text": frame("<draw:image>" + p("{v}") + "</draw:image>"),
    "picture filter": frame('<draw:image draw:filter-name="{v}" loext:mime-type="{v}"/>'),
    "picture outside a frame": p('<draw:image xlink:href="{v}"/>'),
    "image map": frame('<draw:image/><draw:image-map><draw:area-rectangle xlink:href="{v}" '
                       'office:name="{v}"/></draw:image-map>'),
    "contour": frame(box(p("x")) + '<draw:contour-polygon draw:points="{v}"/>'),
    "embedded object": frame('<draw:object xlink:href="./{v}"/>'),
    "formula": frame("<draw:object><math:math><math:annotation>{v}</math:annotation></math:math>"
                     "</draw:object>"),
    "old object": frame('<draw:object-ole xlink:href="{v}" draw:class-id="{v}"/>'),
    "plugin": frame('<draw:plugin xlink:href="{v}"><draw:param draw:name="a" draw:value="{v}"/>'
                    "</draw:plugin>"),
    "floating frame": frame('<draw:floating-frame xlink:href="{v}" draw:frame-name="{v}"/>'),
    "shape text": p("<draw:rect>" + p("{v}") + "</draw:rect>"),
    "grouped shape": p("<draw:g><draw:ellipse>" + p("{v}") + "</draw:ellipse></draw:g>"),
    "shape name": p('<draw:line draw:name="{v}" draw:layer="{v}"/>'),
    "hidden shape": p('<draw:rect draw:display="none">' + p("{v}") + "</draw:rect>"),
    "custom shape": p("<draw:custom-shape>" + p("{v}") + '<draw:enhanced-geometry draw:type="{v}" '
                      'draw:enhanced-path="{v}"><draw:equation draw:name="{v}" draw:formula="{v}"/>'
                      "</draw:enhanced-geometry></draw:custom-shape>"),
    "path": p('<draw:path svg:d="{v}" svg:viewBox="{v}"/>'),
    "connector": p('<draw:connector draw:start-shape="{v}" draw:end-shape="{v}"/>'),
    "link around a frame": p('<draw:a xlink:href="{v}"><draw:frame>' + box(p("{v}"))
                             + "</draw:frame></draw:a>"),
    "three-dimensional scene": p('<dr3d:scene draw:name="{v}"><dr3d:cube>{v}</dr3d:cube>'
                                 "</dr3d:scene>"),
    "form control": p('<draw:control draw:control="{v}">' + p("{v}") + "</draw:control>"),
    "form": '<office:forms><form:form form:name="{v}"><form:textarea form:label="{v}" '
    'form:current-value="{v}"/><form:item form:label="{v}">{v}</form:item></form:form>'
    "</office:forms>",
    "link text": p('<text:a xlink:href="http://example.org">{v}</text:a>'),
    "link target": p('<text:a xlink:href="mailto:{v}">x</text:a>'),
    "link name": p('<text:a xlink:href="#m1" office:name="{v}" office:title="{v}" '
                   'office:target-frame-name="{v}">x</text:a>'),
    "link to a heading": p('<text:a xlink:href="#{v}|outline">x</text:a>'),
    "bookmark": p('<text:bookmark-start text:name="{v}" xml:id="{v}"/><text:bookmark-end '
                  'text:name="{v}"/>'),
    "link to a bookmark": p('<text:bookmark text:name="{v}"/><text:a xlink:href="#{v}">x</text:a>'),
    "reference mark": p('<text:reference-mark text:name="{v}"/><text:reference-mark-start '
                        'text:name="{v}"/>x<text:reference-mark-end text:name="{v}"/>'),
    "reference": field("reference-ref", 'text:ref-name="{v}"', "{v}"),
    "index mark": p('<text:alphabetical-index-mark text:string-value="{v}" text:key1="{v}"/>'
                    '<text:toc-mark text:string-value="{v}"/><text:user-index-mark '
                    'text:index-name="{v}" text:string-value="{v}"/>'),
    "bibliography mark": field("bibliography-mark", 'text:author="{v}" text:title="{v}"', "[1]"),
    "author field": field("author-name", "", "{v}"),
    "sender field": field("sender-lastname", "", "{v}"),
    "fixed field": field("initial-creator", 'text:fixed="true"', "{v}"),
    "variable": field("variable-set", 'text:name="{v}" office:string-value="{v}" '
                      'text:formula="{v}"', "x"),
    "user field": field("user-field-get", 'text:name="{v}"', "{v}"),
    "user field declaration": '<text:user-field-decls><text:user-field-decl text:name="{v}" '
    'office:string-value="{v}"/></text:user-field-decls>',
    "variable declaration": '<text:variable-decls><text:variable-decl text:name="{v}"/>'
    "</text:variable-decls>",
    "sequence": field("sequence", 'text:name="{v}" text:ref-name="{v}" text:formula="{v}"', "{v}"),
    "sequence declaration": '<text:sequence-decls><text:sequence-decl text:name="{v}"/>'
    "</text:sequence-decls>",
    "dynamic data": '<text:dde-connection-decls><text:dde-connection-decl office:name="{v}" '
    'office:dde-topic="{v}"/></text:dde-connection-decls>',
    "database field": field("database-display", 'text:database-name="{v}" text:column-name="{v}" '
                            'text:table-name="{v}"', "{v}"),
    "database row": field("database-next", 'text:condition="{v}"',
                          '<form:connection-resource xlink:href="{v}"/>'),
    "conditional text": field("conditional-text", 'text:string-value-if-true="{v}" '
                              'text:string-value-if-false="{v}" text:condition="{v}"'),
    "conditional text shown": field("conditional-text", "", "{v}"),
    "input field": field("text-input", 'text:description="{v}" text:help="{v}" text:hint="{v}"',
                         "{v}"),
    "placeholder": field("placeholder", 'text:description="{v}"', "{v}"),
    "drop-down": field("drop-down", 'text:name="{v}"', '<text:label text:value="{v}"/>x'),
    "file name": field("file-name", "", "{v}"),
    "macro field": field("execute-macro", 'text:name="{v}"', '<office:event-listeners>'
                         '<script:event-listener xlink:href="{v}"/></office:event-listeners>x'),
    "script field": field("script", 'script:language="{v}"', "{v}"),
    "page number": field("page-number", 'text:select-page="current"', "{v}"),
    "page number format": field("page-number", 'style:num-format="{v}"', "1"),
    "page continuation": field("page-continuation", 'text:string-value="{v}"', "x"),
    "meta field": field("meta-field", 'xml:id="{v}" style:data-style-name="{v}"', "{v}"),
    "metadata": p('<text:meta xhtml:property="{v}" xhtml:content="{v}">{v}</text:meta>'),
    "content control": p('<loext:content-control loext:alias="{v}" loext:tag="{v}"><loext:list-item'
                         ' loext:value="{v}"/>{v}</loext:content-control>'),
    "foreign field": p('<field:fieldmark-start text:name="{v}" field:type="{v}"><field:param '
                       'field:name="{v}" field:value="{v}"/></field:fieldmark-start>x'
                       "<field:fieldmark-end/>"),
    "foreign field code": p("<field:fieldmark-start/>{v}<field:fieldmark-separator/>x"
                            "<field:fieldmark-end/>"),
    "foreign field result": p("<field:fieldmark-start/>c<field:fieldmark-separator/>{v}"
                              "<field:fieldmark-end/>"),
    "ruby": p("<text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>{v}</text:ruby-text>"
              "</text:ruby>"),
    "ruby base": p("<text:ruby><text:ruby-base>{v}</text:ruby-base><text:ruby-text>x"
                   "</text:ruby-text></text:ruby>"),
    "contents": '<text:table-of-content text:name="{v}"><text:index-body>' + p("{v}")
    + "</text:index-body></text:table-of-content>",
    "contents title": "<text:table-of-content><text:index-body><text:index-title>" + p("{v}")
    + "</text:index-title></text:index-body></text:table-of-content>",
    "contents template": "<text:table-of-content><text:table-of-content-source>"
    "<text:index-title-template>{v}</text:index-title-template><text:table-of-content-entry-template"
    "><text:index-entry-span>{v}</text:index-entry-span></text:table-of-content-entry-template>"
    "</text:table-of-content-source></text:table-of-content>",
    "other index": '<text:user-index text:name="{v}"><text:user-index-source '
    'text:index-name="{v}"/><text:index-body><text:index-title>' + p("x")
    + "</text:index-title>" + p("{v}") + "</text:index-body></text:user-index>",
    "style of a paragraph": p("x", 'text:style-name="{v}" text:class-names="{v}" '
                              'text:cond-style-name="{v}" xml:id="{v}"'),
    "unknown attribute": p("x", 'zz:note="{v}" text:note="{v}"'),
    "unknown element": p("<zz:x>{v}</zz:x>"),
    "unknown text element": "<text:zz>{v}</text:zz>",
    "loose text": "{v}",
    "loose text in a table": table("{v}" + row("{v}" + cell("{v}"))),
    "xml comment": p("<!-- {v} -->x"),
    "instruction": p("<?x {v}?>x"),
    "enumeration": p('<text:note text:note-class="{v}"/>'),
    "events": '<office:event-listeners><script:event-listener xlink:href="{v}" '
    'script:event-name="{v}"/></office:event-listeners>',
}  # fmt: skip
AUTOMATIC = {
    "automatic style": '<style:style style:name="{v}" style:family="text"/>',
    "style properties": '<style:style style:name="A1" style:family="text"><style:text-properties '
    'fo:color="{v}" style:font-name="{v}" fo:font-family="{v}" text:condition="{v}" '
    'fo:hyphenation="{v}" zz:x="{v}"/></style:style>',
    "conditional style": '<style:style style:name="A2" style:family="paragraph"><style:map '
    'style:condition="{v}" style:apply-style-name="{v}"/></style:style>',
    "number format": '<number:date-style style:name="{v}" number:title="{v}"><number:text>{v}'
    "</number:text></number:date-style>",
    "numbering prefix": '<text:list-style style:name="L1"><text:list-level-style-number '
    'text:level="1" style:num-prefix="{v}" style:num-format="1"/></text:list-style>',
    "numbering suffix": '<text:list-style style:name="L2"><text:list-level-style-number '
    'text:level="1" style:num-suffix="{v}" style:num-format="1"/></text:list-style>',
    "numbering pattern": '<text:list-style style:name="L3"><text:list-level-style-number '
    'text:level="1" loext:num-list-format="%1%{v}" style:num-format="{v}"/></text:list-style>',
    "bullet": '<text:list-style style:name="L4"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="{v}"/></text:list-style>',
    "picture bullet": '<text:list-style style:name="L5"><text:list-level-style-image '
    'text:level="1" xlink:href="{v}"><office:binary-data>{64}</office:binary-data>'
    "</text:list-level-style-image></text:list-style>",
    "background picture": '<style:style style:name="A3" style:family="paragraph">'
    '<style:paragraph-properties><style:background-image xlink:href="{v}" style:filter-name="{v}">'
    "<office:binary-data>{64}</office:binary-data></style:background-image>"
    "</style:paragraph-properties></style:style>",
    "section columns": '<style:style style:name="A4" style:family="section">'
    '<style:section-properties text:protection-key="{v}"><text:notes-configuration>'
    "<text:note-continuation-notice-forward>{v}</text:note-continuation-notice-forward>"
    "</text:notes-configuration></style:section-properties></style:style>",
    "tab leader": '<style:style style:name="A5" style:family="paragraph">'
    '<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="1cm" '
    'style:leader-text="{v}" style:leader-text-style="{v}"/></style:tab-stops>'
    "</style:paragraph-properties></style:style>",
}
COMMON = {
    "style name": '<style:style style:name="{v}" style:family="paragraph" '
    'style:next-style-name="{v}" style:parent-style-name="{v}"/>',
    "display name": '<style:style style:name="C1" style:display-name="{v}" style:class="{v}" '
    'style:family="text"/>',
    "built-in style with a name": '<style:style style:name="Heading_20_1" '
    'style:display-name="{v}" style:family="paragraph"/>',
    "fill picture": '<draw:fill-image draw:name="{v}" draw:display-name="{v}" xlink:href="{v}">'
    "<office:binary-data>{64}</office:binary-data></draw:fill-image>",
    "gradient": '<draw:gradient draw:name="{v}" draw:display-name="{v}" draw:style="linear"/>',
    "table template": '<table:table-template table:name="{v}"><table:body '
    'table:style-name="{v}"/></table:table-template>',
    "line numbering": "<text:linenumbering-configuration><text:linenumbering-separator>{v}"
    "</text:linenumbering-separator></text:linenumbering-configuration>",
    "bibliography": '<text:bibliography-configuration text:prefix="{v}" text:suffix="{v}"/>',
    "note prefix": '<text:notes-configuration text:note-class="footnote" style:num-prefix="{v}" '
    'text:citation-style-name="{v}"/>',
}
MASTERS = {
    "header": "<style:header><text:p>{v}</text:p></style:header>",
    "left header": "<style:header-left><text:p>{v}</text:p></style:header-left>",
    "first header": "<style:header-first><text:p>{v}</text:p></style:header-first>",
    "footer": "<style:footer><text:p>{v}</text:p></style:footer>",
    "left footer": '<style:footer-left style:display="false"><text:p>{v}</text:p>'
    "</style:footer-left>",
    "shape on the page": "<draw:rect><text:p>{v}</text:p></draw:rect>",
    "form on the page": '<office:forms><form:form form:name="{v}"/></office:forms>',
}
PARTS = {
    "meta.xml": "<office:document-meta><dc:title>{v}</dc:title></office:document-meta>",
    "settings.xml": '<s xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">'
    '<config:config-item config:name="PrinterName" config:type="string">{v}</config:config-item>'
    '<config:config-item config:name="{v}" config:type="boolean">true</config:config-item>'
    '<config:config-item config:name="TabOverflow">{v}</config:config-item></s>',
    "manifest.rdf": "<r>{v}</r>",
    "Thumbnails/thumbnail.png": "tEXt {v}",
    "Pictures/{v}.png": "tEXt {v}",
    "Object 1/content.xml": "<c>{v}</c>",
    "Object 1/meta.xml": "<c>{v}</c>",
    "ObjectReplacements/Object 1": "{v}",
    "Basic/Standard/Module1.xml": "<m>{v}</m>",
    "Basic/script-lc.xml": "<m>{v}</m>",
    "Scripts/python/m.py": "# {v}",
    "Dialogs/Standard/d.xml": "<d>{v}</d>",
    "Configurations2/accelerator/current.xml": "<a>{v}</a>",
    "layout-cache": "{v}",
    "VersionList.xml": "<v>{v}</v>",
    "Versions/Version1": "{v}",
    "META-INF/documentsignatures.xml": "<s>{v}</s>",
    "META-INF/macrosignatures.xml": "<s>{v}</s>",
    "database/script": "{v}",
    "Fonts/f.ttf": "{v}",
    "{v}/": "",
    "left-over.xml": "<x>{v}</x>",
}


def make(values: dict[str, str]) -> bytes:
    """Build an odt with one value in each place; ``values`` gets filled with place → value."""

    def filled(table: dict[str, str]) -> str:
        return "".join(fill(markup, name, values) for name, markup in table.items())

    known = (
        '<style:style style:name="Gone" style:family="text"><style:text-properties '
        'text:display="none"/></style:style><style:style style:name="GoneToo" '
        'style:family="text" style:parent-style-name="Gone"/><style:style '
        'style:name="GoneParagraph" style:family="paragraph"><style:text-properties '
        'text:display="none"/></style:style><style:style style:name="White" style:family="text">'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
    )
    fonts = fill(
        '<style:font-face style:name="{v}" svg:font-family="{v}" style:font-adornments="{v}">'
        '<svg:font-face-src><svg:font-face-uri xlink:href="{v}"/></svg:font-face-src>'
        "</style:font-face>",
        "font",
        values,
    )
    scripts = fill(
        '<office:scripts><office:script script:language="{v}">{v}</office:script></office:scripts>',
        "script",
        values,
    )
    body = filled(BODY)
    masters = (
        f'<style:master-page style:name="Standard">{filled(MASTERS)}</style:master-page>'
        + fill('<style:master-page style:name="{v}" style:display-name="{v}"><style:header><text:p>'
               "{v}</text:p></style:header></style:master-page>", "unused page style", values)
    )  # fmt: skip
    parts: dict[str, str | bytes] = {
        "content.xml": content(body, known + filled(AUTOMATIC), fonts, scripts),
        "styles.xml": styles(filled(COMMON), "", masters),
        "META-INF/manifest.xml": manifest(
            fill(
                '<manifest:file-entry manifest:full-path="{v}" manifest:media-type="{v}"/>',
                "manifest",
                values,
            )
        ),
    }
    for name, data in PARTS.items():
        value = new_value(values)
        filled_part = fill(data, f"part {name}", values)
        coding = "utf-16" if name == "manifest.rdf" else "utf-8"
        parts[name.replace("{v}", value)] = filled_part.encode(coding)
    values["zip comment"] = new_value(values)
    return package(parts, values["zip comment"])


VALUES: dict[str, str] = {}
SOURCE = make(VALUES)


@functools.cache
def searched(data: bytes) -> str:
    """Give all that can be read in a package, embedded data decoded."""
    plain = everything_in(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        marked = b"\n".join(archive.read(name) for name in archive.namelist()).decode(
            "utf-8", "ignore"
        )
    coded = re.findall(r"<office:binary-data>([^<]*)<", marked)
    return plain + "".join(base64.b64decode(each).decode("utf-8", "ignore") for each in coded)


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(ODT, SOURCE)


def test_the_table_holds_all_known_places() -> None:
    assert len(VALUES) == len(set(VALUES.values())) >= 180


@pytest.mark.parametrize("place", VALUES)
def test_the_search_finds_the_value_in_the_input(place: str) -> None:
    assert VALUES[place] in searched(SOURCE)


@pytest.mark.parametrize("place", VALUES)
def test_no_value_survives(place: str, redacted: Redacted) -> None:
    assert VALUES[place] not in searched(redacted[2])


VISIBLE = (
    "paragraph", "heading", "split over spans", "nested spans", "split by a page break",
    "split by a bookmark", "split by a frame", "split by a comment", "white text", "list item",
    "list header", "numbered paragraph", "table cell", "nested table", "header row",
    "repeated cell", "repeated row", "hidden row", "filtered row", "table title",
    "table description", "insertion", "footnote", "endnote", "note mark", "text box",
    "box in a box", "alt title", "alt text", "alt text of a picture", "shape text",
    "grouped shape", "custom shape", "link around a frame", "link text", "reference",
    "author field", "sender field", "fixed field", "user field", "sequence", "database field",
    "conditional text shown", "input field", "placeholder", "file name", "page number",
    "meta field", "metadata", "content control", "foreign field result", "ruby base", "contents",
    "contents title", "contents template", "other index", "numbering prefix", "numbering suffix",
    "numbering pattern", "bullet", "tab leader", "note prefix", "header", "left header",
    "first header", "footer", "page number format", "shape on the page",
)  # fmt: skip
UNSEEN = (
    "covered cell", "hidden by style", "hidden by parent style", "hidden paragraph style",
    "hidden section", "conditionally hidden section", "hidden paragraph field",
    "hidden text field", "hidden variable", "hidden shape", "left footer",
)  # fmt: skip


@pytest.mark.parametrize("place", VISIBLE)
def test_what_people_can_see_is_in_the_document(place: str, redacted: Redacted) -> None:
    assert any(VALUES[place] in block.text for block in visible(redacted[0]))


def visible(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind is not BlockKind.DROPPED]


def named(text: str) -> set[str]:
    places = {value: place for place, value in VALUES.items()}
    return {places[value] for value in re.findall(r"密\d\d\d值者", text)}


def test_only_what_people_can_see_is_in_the_document(
    redacted: Redacted,
) -> None:
    assert named("\n".join(block.text for block in visible(redacted[0]))) == set(VISIBLE)


def test_hidden_text_is_looked_at_apart_from_the_rest(
    redacted: Redacted,
) -> None:
    unseen = [b.text for b in redacted[0].blocks if b.kind is BlockKind.DROPPED]
    assert named("\n".join(unseen)) == set(UNSEEN)


def test_the_output_reads_as_the_plan_says(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert ODT.read(output).text.split() == expected.text.split()


def test_an_empty_plan_changes_no_text() -> None:
    document = ODT.read(SOURCE)
    output, _ = ODT.write(SOURCE, plan_for(document, r"(?!)"))
    assert [(b.text, b.kind, b.cell) for b in ODT.read(output).blocks] == [
        (b.text, b.kind, b.cell) for b in visible(document)
    ]


def test_the_same_input_gives_the_same_bytes(
    redacted: Redacted,
) -> None:
    assert ODT.write(SOURCE, redacted[1])[0] == redacted[2]


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(ODT, SOURCE) == redacted[2]


def test_the_verifier_finds_each_value_in_an_output_that_was_not_redacted() -> None:
    document = ODT.read(SOURCE)
    output, _ = ODT.write(SOURCE, plan_for(document, r"(?!)"))
    for place in VISIBLE:
        assert IndependentVerifier().verify("odt", output, {VALUES[place]: 0}), place


def test_the_verifier_passes_the_redacted_output(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    removed = list(VALUES.values())
    allowed = allowed_occurrences(redacted_document(document, plan).text, removed)
    assert IndependentVerifier().verify("odt", output, allowed) == ()


def test_what_was_dropped_is_told() -> None:
    codes = {note.code for note in ODT.read(SOURCE).notes}
    assert codes >= {
        "picture_dropped", "object_dropped", "hidden_dropped", "hidden_shown",
        "revisions_accepted", "comments_dropped", "macro_dropped", "links_dropped",
        "content_dropped", "fields_flattened", "ruby_dropped", "properties_dropped",
        "signature_dropped", "versions_dropped", "custom_data_dropped", "drawing_dropped",
    }  # fmt: skip
