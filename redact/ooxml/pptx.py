"""Presentations (pptx): normalise the package, read every text on its slides, write it back."""

from __future__ import annotations

from redact.containers import carry_out, to_document
from redact.ooxml.kinds import OUTERMOST
from redact.ooxml.parts import assemble
from redact.ooxml.show import ShowFile
from redact.package import build_package
from review.document import Document, Note
from review.plan import RedactionPlan


class PptxFormat:
    """Read and rewrite presentations; both sides walk the same normalised trees."""

    name = "pptx"
    suffixes = (".pptx",)

    def read(self, data: bytes) -> Document:
        """Read a presentation; raises ``InputError`` where it cannot be used."""
        show = ShowFile(data, OUTERMOST)
        return to_document(self.name, show.containers, show.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a presentation by a plan made on ``read(data)``; the same input, the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        show = ShowFile(data, OUTERMOST)
        carry_out(show.containers, plan)
        return build_package(assemble(show.main, show.parts())), show.notes
