"""OFD files (GB/T 33190): pages read as text, built anew with masks in the place of what goes."""

from __future__ import annotations

from redact.ofd.edit import changes_of
from redact.ofd.file import OfdFile
from redact.ofd.rewrite import rewritten
from redact.ofd.write import PackageWriter
from review.document import Document, Note
from review.errors import UnsafeOutputError
from review.plan import RedactionPlan


class OfdFormat:
    """Read and rewrite OFD files; both sides read the same pages."""

    name = "ofd"
    suffixes = (".ofd",)

    def read(self, data: bytes) -> Document:
        """Read a file; raises ``InputError``, or ``UnsafeOutputError`` for pages without text."""
        return OfdFile(data).document()

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite a file by a plan made on ``read(data)``; the same input gives the same bytes.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        file = OfdFile(data)
        if file.document().digest != plan.document_digest:
            raise UnsafeOutputError("文件内容与审查时不一致，不能按原方案处理，请重新提交审查。")
        edits = dict(plan.edits_by_block())
        file.paint(edits)
        pages = [rewritten(read, changes_of(read, edits), file.fonts) for read in file.pages]
        return PackageWriter(pages, file.fonts).package(), file.notes
