"""The pages of a pdf draft with a highlight over each finding that says what is proposed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from redact.page.raster import PdfRaster
from redact.pdf.source import open_source
from redact.preview.highlights import AUTHOR, COLOURS, HighlightOrder, Label
from redact.preview.pdf_pages import places_of_pages
from redact.preview.pictures import Place

if TYPE_CHECKING:
    import pikepdf

_PRINTED = 4


def highlighted_pdf(data: bytes, order: HighlightOrder) -> bytes:
    """Lay a highlight with a comment over every finding whose place is certain.

    The pages are those of the draft as it was read: upright, with forms as they show and without
    links and notes. Raises ``ReviewError`` as reading does.
    """
    import pikepdf

    source = open_source(data)
    with PdfRaster(source.data) as raster:
        places = places_of_pages(source.data, raster, order.marks, len(raster))
    labels = {label.number: label for label in order.labels}
    with pikepdf.open(BytesIO(source.data)) as pdf:
        for number, found in places.items():
            page = pdf.pages[number - 1].obj
            made = [pdf.make_indirect(_note(page, p, labels[p.number])) for p in found]
            page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), *made])
        output = BytesIO()
        pdf.save(output, static_id=True)
    return output.getvalue()


def _note(page: pikepdf.Object, place: Place, label: Label) -> pikepdf.Dictionary:
    import pikepdf

    _, _, width, height = (float(edge) for edge in page["/MediaBox"])
    x0, x1 = place.left * width, (place.left + place.width) * width
    y1, y0 = (1 - place.top) * height, (1 - place.top - place.height) * height
    colour = COLOURS[label.action]
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Highlight,
        Rect=[x0, y0, x1, y1],
        QuadPoints=[x0, y1, x1, y1, x0, y0, x1, y0],
        C=[int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)],
        Contents=label.comment,
        T=AUTHOR,
        F=_PRINTED,
    )
