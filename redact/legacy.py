"""Old and foreign office files: turned into docx, xlsx or pptx by LibreOffice, then as usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from redact.libreoffice import convert_all, program
from review.document import Document, Note, Severity
from review.errors import BrokenInputError, InputError, UnsafeOutputError
from review.plan import RedactionPlan
from review.ports import Format

WALL_SECONDS = 120
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}


@dataclass(frozen=True)
class ConvertedFormat:
    """Read and rewrite what LibreOffice understands as the modern format it is turned into."""

    name: str
    suffixes: tuple[str, ...]
    target: Callable[[], Format]

    def read(self, data: bytes) -> Document:
        """Convert and read; raises ``InputError`` where LibreOffice is missing or gives up."""
        target = self.target()
        document = target.read(self._modern(target, data))
        note = Note(
            "converted",
            f"旧格式文件已用 LibreOffice 转换为 {target.suffixes[0]}，请核对版式。",
            Severity.PERSON,
        )
        return replace(document, format=self.name, notes=(*document.notes, note))

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Convert again and rewrite; the plan's digest proves that the same text came out."""
        target = self.target()
        try:
            modern = self._modern(target, data)
        except InputError as error:
            raise UnsafeOutputError(error.message) from error
        return target.write(modern, plan)

    def _modern(self, target: Format, data: bytes) -> bytes:
        return convert(data, self.suffixes[0], target.name)


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Turn a file into ``target`` (docx, xlsx, pptx) in a profile of its own, no macros, no links.

    Raises ``InputError`` that says whether LibreOffice is missing or the file cannot be opened.
    """
    if program() is None:
        raise InputError(
            "本机没有安装 LibreOffice，不能处理这种旧格式文件；"
            "请安装 LibreOffice，或另存为 .docx、.xlsx、.pptx 后再提交。"
        )
    (made,) = convert_all([(data, suffix)], target, _FILTERS[target], WALL_SECONDS)
    if not made:
        raise _unusable()
    return made


def _unusable() -> BrokenInputError:
    return BrokenInputError(
        "LibreOffice 打不开这个文件，可能设有密码或已损坏；"
        "请去掉密码，或用原软件另存为 .docx、.xlsx、.pptx 后再提交。"
    )
