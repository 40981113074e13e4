"""Pictures on pages that are rewritten glyph by glyph: what is seen of each, as pixels alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from redact.page.doubt import DoubtError
from redact.page.edit import edits_here
from redact.page.gap import Gap, gaps_of
from redact.page.glyphs import Box
from redact.page.page_picture import Picture, compressed
from redact.page.raster import DPI, PdfRaster, pixels
from redact.pdf.reader import PageText
from review.document import BlockKind
from review.plan import Edit

if TYPE_CHECKING:
    import pikepdf
    from PIL.Image import Image

_Place = tuple[int, int, int, int]


class Stamp(NamedTuple):
    """Hold a picture that goes onto a page, cut from a rendering of it, and where it goes."""

    box: Box
    picture: Picture


def stamps_of(
    page: PageText,
    raster: PdfRaster,
    gaps: Sequence[Gap],
    edits: Mapping[int, Sequence[Edit]],
) -> tuple[Stamp, ...]:
    """Cut the pictures of a page out of what it shows, what was read in them painted over.

    Raises ``DoubtError`` where an edit of the text touches a picture, which shows the text too, or
    an edit of a picture reaches beyond it.
    """
    burns = [
        gap.surroundings
        for block in page.blocks
        if block.kind is BlockKind.PICTURE
        for gap in gaps_of(block, edits_here(block, edits.get(block.index, ())))
    ]
    if not page.pictures and not burns:
        return ()
    image = raster.sight(page.number, DPI)
    scale = image.width / page.width
    stamps = [_stamp(image, pixels(box, scale), scale, burns) for box in page.pictures]
    if any(gap.surroundings.touches(stamp.box) for gap in gaps for stamp in stamps):
        raise DoubtError("edit over a picture")
    if not all(_within(burn, (stamp.box for stamp in stamps)) for burn in burns):
        raise DoubtError("edit beyond a picture")
    if burns and not raster.is_plain(page.number, burns):
        # Shapes under the stamp would still be in the file.
        raise DoubtError("edit of what is drawn over a picture")
    return tuple(stamps)


def _stamp(image: Image, place: _Place, scale: float, burns: Sequence[Box]) -> Stamp:
    from redact.pictures.file import paint_over

    x, y = max(place[0], 0), max(place[1], 0)
    right, bottom = min(place[2], image.width), min(place[3], image.height)
    moved = [
        Box(b.x0 * scale - x, b.top * scale - y, b.x1 * scale - x, b.bottom * scale - y)
        for b in burns
    ]
    picture = compressed(paint_over(image.crop((x, y, right, bottom)), moved))
    return Stamp(Box(x / scale, y / scale, right / scale, bottom / scale), picture)


def _within(burn: Box, places: Iterable[Box]) -> bool:
    """Tell whether a place to paint over lies in a picture, but for its margin."""
    middle, half = (burn.top + burn.bottom) / 2, (burn.bottom - burn.top) / 2
    return any(
        place.x0 <= burn.x0 + half and burn.x1 - half <= place.x1
        and place.top <= middle <= place.bottom
        for place in places
    )  # fmt: skip


def draw(stamps: Sequence[Stamp], height: float) -> bytes:
    """Write the operators that paint these pictures."""
    return b"\n".join(
        f"q {s.box.x1 - s.box.x0:.4f} 0 0 {s.box.bottom - s.box.top:.4f} "
        f"{s.box.x0:.4f} {height - s.box.bottom:.4f} cm /P{number} Do Q".encode()
        for number, s in enumerate(stamps)
    )


def resources(pdf: pikepdf.Pdf, stamps: Sequence[Stamp]) -> pikepdf.Dictionary:
    """Give the pictures under the names by which ``draw`` calls them."""
    import pikepdf

    return pikepdf.Dictionary({f"/P{n}": image_of(pdf, s.picture) for n, s in enumerate(stamps)})


def image_of(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    """Put a compressed picture into a file."""
    import pikepdf

    image = pdf.make_stream(picture.data)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = picture.width, picture.height
    coloured = picture.samples == 3
    image.ColorSpace = pikepdf.Name.DeviceRGB if coloured else pikepdf.Name.DeviceGray
    image.BitsPerComponent = picture.bits
    image.Filter = pikepdf.Name.FlateDecode if picture.bits == 1 else pikepdf.Name.DCTDecode
    return image
