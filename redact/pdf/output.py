"""A new pdf of page pictures with an invisible, searchable layer of the redacted text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from redact.page.edit import Piece
from redact.page.page_picture import Picture
from redact.pdf.glyphless import GlyphlessFont
from redact.pdf.identifier import without_digits
from redact.pdf.own import BINDING, binding
from redact.pdf.stamp import image_of

if TYPE_CHECKING:
    import pikepdf


class OutputPdf:
    """Build the output from nothing, so that it holds only what is put in.

    No document information, no metadata, no identifier: the same input gives the same bytes.
    """

    def __init__(self) -> None:
        import pikepdf

        self._pdf = pikepdf.new()
        self._layer = GlyphlessFont(self._pdf)

    def add_page(
        self,
        size: tuple[float, float],
        picture: Picture,
        blocks: Sequence[tuple[str, Sequence[Piece]]],
        *,
        proven: bool,
    ) -> None:
        """Append a page: its picture and, for each block, its tag and pieces of text.

        ``proven`` says that all text of the picture was known as text and its places confirmed;
        the picture's name tells it to whoever looks at the page again.
        """
        import pikepdf

        width, height = size
        name = "Text" if proven else "Scan"
        content = [f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /{name} Do Q"]
        for number, (tag, pieces) in enumerate(blocks):
            content.append(f"/{tag} <</MCID {number}>> BDC BT 3 Tr")
            content += (self._layer.show("F", piece, size) for piece in pieces)
            content.append("ET EMC")
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, width, height],
            Contents=self._pdf.make_stream("\n".join(content).encode("ascii")),
            Resources=pikepdf.Dictionary(
                XObject=pikepdf.Dictionary({f"/{name}": self._image(picture, blocks)}),
                Font=pikepdf.Dictionary(F=self._layer.font),
            ),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))

    def save(self) -> bytes:
        """Finish the font, which knows only characters that are shown, and write the file."""
        import pikepdf

        self._layer.finish()
        output = BytesIO()
        self._pdf.save(output, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        self._pdf.close()
        return without_digits(output.getvalue())

    def _image(
        self, picture: Picture, blocks: Sequence[tuple[str, Sequence[Piece]]]
    ) -> pikepdf.Object:
        import pikepdf

        image = image_of(self._pdf, picture)
        texts = (piece.text for _, pieces in blocks for piece in pieces)
        image[f"/{BINDING}"] = pikepdf.Name(f"/{binding(picture.data, texts)}")
        return image
