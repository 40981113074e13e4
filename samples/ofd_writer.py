"""Documents as OFD (GB/T 33190): a package of pages, each sign in its place."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from samples.frozen import MOMENT, packed
from samples.layout import HIGH, WIDE, Page, Piece, laid_out

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BASELINE = 0.86
"""Where the line that signs stand on lies in their em."""
_FONTS = {2: "仿宋", 3: "黑体", 4: "方正小标宋简体"}
_FONT_OF = {"issuer": 4, "title": 4, "h1": 3}
_RED = '<ofd:FillColor Value="255 0 0"/>'


def write_ofd(content: str, title: str, author: str) -> bytes:
    """Write marked content as an OFD file; ``author`` goes where programs leave it."""
    pages = laid_out(content)
    parts = {"OFD.xml": _entry(title, author), "Doc_0/Document.xml": _document(len(pages))}
    fonts = "".join(
        f'<ofd:Font ID="{number}" FontName="{name}" FamilyName="{name}"/>'
        for number, name in _FONTS.items()
    )
    parts["Doc_0/PublicRes.xml"] = f"<ofd:Res {_NS}><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>"
    first = 100 + len(pages)
    for number, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(page, first + 200 * number)
    return packed({name: _DECLARED + text for name, text in parts.items()})


def _entry(title: str, author: str) -> str:
    return (
        f'<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{0:032x}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
        f"<ofd:Author>{author}</ofd:Author><ofd:CreationDate>{MOMENT:%Y-%m-%d}</ofd:CreationDate>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(pages: int) -> str:
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages)
    )
    return (
        f"<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {WIDE:g} {HIGH:g}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _page(page: Page, first: int) -> str:
    objects = [_rule(rule) for rule in page.rules] + [_text(piece) for piece in page.pieces]
    numbered = "".join(
        text.replace("ID=?", f'ID="{number}"') for number, text in enumerate(objects, first + 1)
    )
    return (
        f'<ofd:Page {_NS}><ofd:Content><ofd:Layer ID="{first}" Type="Body">{numbered}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def _text(piece: Piece) -> str:
    steps = piece.steps
    delta = f'DeltaX="{_numbers(steps[:-1])}"' if steps[1:] else ""
    box = _numbers((piece.x, piece.y, sum(steps), piece.size))
    return (
        f'<ofd:TextObject ID=? Boundary="{box}" Font="{_FONT_OF.get(piece.style, 2)}" '
        f'Size="{piece.size:g}">{_RED if piece.style == "issuer" else ""}'
        f'<ofd:TextCode X="0" Y="{_BASELINE * piece.size:.3g}" {delta}>{escape(piece.text)}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def _rule(rule: tuple[float, float, float, float]) -> str:
    x0, y0, x1, y1 = rule
    return (
        f'<ofd:PathObject ID=? Boundary="{_numbers((x0, y0, x1 - x0 + 0.2, y1 - y0 + 0.2))}" '
        f'LineWidth="0.2"><ofd:AbbreviatedData>M 0.1 0.1 L {x1 - x0 + 0.1:g} {y1 - y0 + 0.1:g}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.5g}" for value in values)
