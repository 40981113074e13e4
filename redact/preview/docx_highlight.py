"""The draft of a text document with its findings shaded and commented, all else as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from redact.ooxml.parts import MC, XML, Graph, W, open_office, words
from redact.package import build_package
from redact.page.fold import fold
from redact.preview.alignment import NOWHERE, aligned
from redact.preview.docx_comments import Comments, refer, serialised
from redact.preview.docx_pictures import comment_pictures
from redact.preview.held_pictures import held_pictures
from redact.preview.highlights import COLOURS, HighlightOrder, Label
from review.errors import BrokenInputError
from review.policy import STRENGTH

_P, _R, _T, _RPR, _SHD = (f"{{{W}}}{n}" for n in ("p", "r", "t", "rPr", "shd"))
_SPACE = f"{{{XML}}}space"
_UNREAD = frozenset({f"{{{W}}}del", f"{{{W}}}moveFrom", f"{{{MC}}}Fallback", _P, _RPR})
_ASIDE = frozenset({"header", "footer", "footnotes", "endnotes"})
_BEFORE_SHADING = frozenset(
    f"{{{W}}}{name}"
    for name in words("""rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow
    emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs u
    effect bdr""")
)
"""What the schema puts before the shading of a run."""

_WIDTHS = (8, 4, 2, 1)
"""Paragraphs in a row that tell their place when either side holds them once."""


class _Span(NamedTuple):
    """Hold where a finding stands in the text of a paragraph, and what is said of it."""

    start: int
    end: int
    label: Label


def highlighted_docx(data: bytes, order: HighlightOrder) -> bytes:
    """Shade every finding in the colour of its action and say in a comment what is proposed.

    A finding whose paragraph is not certain stays as it is. Only the text itself can be commented,
    a picture in it as a whole; headers, footers and notes are shaded. Raises ``InputError`` where
    the package cannot be used.
    """
    parts = open_office(data)
    graph = Graph(parts)
    main = graph.one("", "officeDocument")
    if main is None:
        raise BrokenInputError("文件缺少必要的部分，请用办公软件重新保存后再提交。")
    aside = (r.target for r in graph.relationships(main.target) if r.kind in _ASIDE and r.target)
    trees = {name: graph.xml(name) for name in dict.fromkeys((main.target, *aside))}
    comments = Comments(parts, graph, main.target)
    paragraphs = [p for root in trees.values() for p in root.iter(_P)]
    inside = len(list(trees[main.target].iter(_P)))
    for number, spans in _spans(paragraphs, order).items():
        _mark(paragraphs[number], spans, comments if number < inside else None)
    if order.pictured:
        held = held_pictures("docx", data)
        comment_pictures(trees[main.target], graph, main.target, held, order, comments)
    named = {name.casefold(): name for name in parts}
    changed = {named[name.casefold()]: serialised(root) for name, root in trees.items()}
    return build_package({**parts, **changed, **comments.written()})


def _pieces(paragraph: etree._Element) -> list[etree._Element]:
    """List the text elements of a paragraph but those of paragraphs within it."""
    found: list[etree._Element] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == _T:
            found.append(element)
        elif element.tag not in _UNREAD:
            pending.extend(reversed(element))
    return found


def _text(paragraph: etree._Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def _spans(
    paragraphs: Sequence[etree._Element], order: HighlightOrder
) -> Mapping[int, Sequence[_Span]]:
    """Find the paragraphs of the findings, and the findings in them, by paragraph number."""
    texts = [_text(paragraph) for paragraph in paragraphs]
    signs = _Signs()
    where = aligned(signs.of(order.texts), signs.of(texts), (), _WIDTHS)
    labels = {label.number: label for label in order.labels}
    found: dict[int, list[_Span]] = defaultdict(list)
    for mark in order.marks:
        paragraph = where[mark.block]
        text = order.texts[mark.block]
        if paragraph == NOWHERE or text[mark.start : mark.end] != mark.text:
            continue
        first = len(fold(text[: mark.start]))
        places = _places(texts[paragraph])
        marked = places[first : first + len(fold(mark.text))]
        if marked:
            found[paragraph].append(_Span(marked[0], marked[-1] + 1, labels[mark.number]))
    return found


class _Signs:
    """Give every text one sign of its own, so that lists of texts can be aligned as texts are."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, texts: Sequence[str]) -> str:
        return "".join(
            self._known.setdefault(fold(text), chr(0xF0000 + len(self._known))) for text in texts
        )


def _places(text: str) -> list[int]:
    """Give for each folded sign of a text the character that it comes from."""
    return [place for place, character in enumerate(text) for _ in fold(character)]


def _mark(paragraph: etree._Element, spans: Sequence[_Span], comments: Comments | None) -> None:
    """Cut the runs of a paragraph where findings begin and end, shade and comment them."""
    begun: dict[_Span, etree._Element] = {}
    ended: dict[_Span, etree._Element] = {}
    position = 0
    for piece in _pieces(paragraph):
        end = position + len(piece.text or "")
        here = [span for span in spans if span.start < end and position < span.end]
        run = piece.getparent()
        if here and run is not None and run.tag == _R:
            for start, cut in _cut(run, piece, position, here):
                over = [span for span in here if span.start <= start < span.end]
                for span in over:
                    begun.setdefault(span, cut)
                    ended[span] = cut
                if over:
                    _shade(cut, max((span.label for span in over), key=_strength))
        position = end
    for span in begun if comments is not None else ():
        assert comments is not None
        refer(comments.add(span.label), begun[span], ended[span])


def _cut(
    run: etree._Element, piece: etree._Element, position: int, spans: Sequence[_Span]
) -> Iterator[tuple[int, etree._Element]]:
    """Give a text element runs of its own, one a stretch: (start in the paragraph, run)."""
    text = piece.text or ""
    borders = {position, position + len(text)}
    borders |= {b for s in spans for b in s[:2] if position < b < position + len(text)}
    cuts = sorted(borders)
    before, after = _like(run), _like(run)
    behind = False
    for child in list(run):
        if child is piece:
            behind = True
        elif child.tag != _RPR:
            (after if behind else before).append(child)
    if _holds(before):
        run.addprevious(before)
    for start, end in pairwise(cuts):
        made = _like(run)
        written = etree.SubElement(made, _T)
        written.text = text[start - position : end - position]
        written.set(_SPACE, "preserve")
        run.addprevious(made)
        yield start, made
    if _holds(after):
        run.addprevious(after)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _like(run: etree._Element) -> etree._Element:
    made = etree.Element(_R)
    properties = run.find(_RPR)
    if properties is not None:
        made.append(deepcopy(properties))
    return made


def _holds(run: etree._Element) -> bool:
    return any(child.tag != _RPR for child in run)


def _strength(label: Label) -> int:
    return STRENGTH[label.action]


def _shade(run: etree._Element, label: Label) -> None:
    properties = run.find(_RPR)
    if properties is None:
        properties = etree.Element(_RPR)
        run.insert(0, properties)
    for old in properties.findall(f"{{{W}}}highlight") + properties.findall(_SHD):
        properties.remove(old)
    place = sum(child.tag in _BEFORE_SHADING for child in properties)
    shading = etree.Element(_SHD)
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", COLOURS[label.action])):
        shading.set(f"{{{W}}}{name}", value)
    properties.insert(place, shading)
