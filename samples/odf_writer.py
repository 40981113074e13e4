"""Documents and rosters as OpenDocument, laid out as the docx and xlsx samples are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from samples.frozen import STAMP, packed
from samples.markup import Line, lines, plain, runs
from samples.roster import Roster

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NS = " ".join(
    f'xmlns:{prefix}="{_OASIS}{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'  # fmt: skip
_MEDIA = "application/vnd.oasis.opendocument."
_RED = 'fo:color="#ff0000"'
_LOOKS = {
    "issuer": ("方正小标宋简体", 36, "center", _RED),
    "number": ("仿宋_GB2312", 16, "center", ""),
    "title": ("方正小标宋简体", 22, "center", ""),
    "to": ("仿宋_GB2312", 16, "start", ""),
    "h1": ("黑体", 16, "start", ""),
    "body": ("仿宋_GB2312", 16, "start", ""),
    "row": ("仿宋_GB2312", 12, "start", ""),
    "sign": ("仿宋_GB2312", 16, "end", ""),
    "date": ("仿宋_GB2312", 16, "end", ""),
    "note": ("仿宋_GB2312", 16, "start", ""),
    "colophon": ("仿宋_GB2312", 14, "start", ""),
}
"""Font, size in points, alignment and colour of each part of an official document."""
_INDENTED = frozenset({"h1", "body", "note"})
_GRID = (
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
    'fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
)
_WIDE = (
    '<style:style style:name="wide" style:family="table-column"><style:table-column-properties '
    'style:column-width="4.2cm"/></style:style>'
)


def write_odt(content: str, author: str) -> bytes:
    """Write marked content as a text document; ``author`` goes into its metadata."""
    blocks = groupby(lines(content), key=lambda line: line.style == "row")
    body = "".join(
        _table([line.cells for line in block]) if is_row else "".join(map(_paragraph, block))
        for is_row, block in blocks
    )
    look = _GRID + "".join(_styles())
    return _package("text", f"<office:text>{body}</office:text>", look, author)


def write_ods(roster: Roster, author: str, numeric: Sequence[str]) -> bytes:
    """Write a roster as a spreadsheet of one sheet; ``numeric`` columns hold numbers."""
    width = len(roster.headers)
    merged = f'table:number-columns-spanned="{width}" table:number-rows-spanned="1"'
    covered = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>'
    head = [f"{_cell(text, merged)}{covered}" for text in (roster.title, roster.remark)]
    head.append("".join(map(_cell, roster.headers)))
    rows = (
        "".join(
            _number(text) if header in numeric else _cell(text)
            for header, text in zip(roster.headers, row, strict=True)
        )
        for row in roster.rows
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in (*head, *rows))
    columns = (
        f'<table:table-column table:style-name="wide" table:number-columns-repeated="{width}"/>'
    )
    sheet = f'<table:table table:name="名单">{columns}{table}</table:table>'
    return _package(
        "spreadsheet", f"<office:spreadsheet>{sheet}</office:spreadsheet>", _WIDE + _GRID, author
    )


def _package(kind: str, body: str, look: str, author: str) -> bytes:
    media = _MEDIA + kind
    parts = ("content.xml", "styles.xml", "meta.xml")
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", media), *((part, "text/xml") for part in parts))
    )
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n'
    manifest = f'xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3"'
    return packed(
        {
            "mimetype": media,
            "content.xml": f"{declared}<office:document-content {_NS}><office:automatic-styles>"
            f"{look}</office:automatic-styles><office:body>{body}</office:body>"
            "</office:document-content>",
            "styles.xml": f"{declared}<office:document-styles {_NS}/>",
            "meta.xml": f"{declared}<office:document-meta {_NS}><office:meta>"
            f"<meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}"
            f"</dc:creator><dc:date>{STAMP}</dc:date></office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"{declared}<manifest:manifest {manifest}>{listed}"
            "</manifest:manifest>",
        }
    )


def _styles() -> Iterator[str]:
    for name, (font, size, align, colour) in _LOOKS.items():
        indent = f'fo:text-indent="{2 * size}pt"' if name in _INDENTED else ""
        yield (
            f'<style:style style:name="{name}" style:family="paragraph">'
            f'<style:paragraph-properties fo:text-align="{align}" fo:line-height="28pt" {indent}/>'
            f'<style:text-properties style:font-name-asian="{font}" fo:font-size="{size}pt" '
            f'style:font-size-asian="{size}pt" {colour}/></style:style>'
        )


def _paragraph(line: Line) -> str:
    pieces = "".join(f"<text:span>{escape(piece)}</text:span>" for piece in runs(line.text))
    return f'<text:p text:style-name="{line.style}">{pieces}</text:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="表">{columns}{body}</table:table>'


def _cell(text: str, spans: str = "") -> str:
    return (
        f'<table:table-cell table:style-name="cell" office:value-type="string" {spans}>'
        f"{_paragraph(Line('row', text))}</table:table-cell>"
    )


def _number(text: str) -> str:
    value = plain(text)
    return (
        f'<table:table-cell table:style-name="cell" office:value-type="float" '
        f'office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    )
