"""Comments on the pictures of a text document in which something was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from redact.ooxml.crop import crop_of, crop_of_image
from redact.ooxml.parts import MC, A, Graph, W
from redact.ooxml.picture import IMAGE, REFERENCES
from redact.preview.docx_comments import Comments, refer
from redact.preview.held_pictures import HeldPictures, Use
from redact.preview.highlights import HighlightOrder, Label

_FALLBACK, _RUN = f"{{{MC}}}Fallback", f"{{{W}}}r"


def comment_pictures(
    body: etree._Element,
    graph: Graph,
    part: str,
    held: HeldPictures,
    order: HighlightOrder,
    comments: Comments,
) -> None:
    """Tie what is said of a finding in a picture to every place that shows the picture.

    ``body`` is the tree of ``part``. Only the text itself can be commented, so that a picture in a
    text box is commented with the box.
    """
    labels = {label.number: label for label in order.labels}
    told: dict[Use, list[Label]] = defaultdict(list)
    for finding, (number, _) in held.marked(order.marks).items():
        for use in held.uses.get(number, ()):
            told[use].append(labels[finding])
    targets = {r.id: r.target for r in graph.relationships(part) if r.kind == "image" and r.target}
    for element, use in list(_uses(body, targets)):
        runs = list(element.iterancestors(_RUN))
        for label in told.get(use, ()) if runs else ():
            refer(comments.add(label), runs[-1], runs[-1])


def _uses(body: etree._Element, targets: dict[str, str]) -> Iterator[tuple[etree._Element, Use]]:
    """List the elements that show a picture, and which part of it; second versions are left out."""
    for element in body.iter(*REFERENCES):
        target = targets.get(str(element.get(REFERENCES[element.tag])))
        if target is None or next(element.iterancestors(_FALLBACK), None) is not None:
            continue
        if element.tag == IMAGE:
            yield element, Use(target, crop_of_image(element))
        else:
            cut = element.getparent()
            rectangle = cut.find(f"{{{A}}}srcRect") if cut is not None else None
            yield element, Use(target, crop_of(rectangle)[0])
