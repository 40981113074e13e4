"""Plain text and Markdown: every line a block, every byte outside an edit kept as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable

from redact.digest import check_digest
from redact.plain.encoding import MAX_BLOCKS, decode, too_many_blocks
from review.document import Block, Document, Location, Note, Severity
from review.errors import InputError, UnsafeOutputError
from review.plan import RedactionPlan, apply_edits, redacted_document
from review.ports import Format

# Masks are three asterisks and more; one or two, and the others, are markup that nobody sees.
_SPLIT_NUMBER = re.compile(
    r"(?<!\d)\d++(?:(?:(?<!\*)\*{1,2}(?!\*)|[`\\_]|<[^<>\n]{1,200}>){1,4}\d++)+"
)
_LEAST_DIGITS = 7
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,6}|commat);")
_MARKUP = Note(
    "markdown_markup",
    "文中有被标记隔开或用字符实体写成的号码，机器可能看不全，请改成普通文字或人工核对。",
    Severity.PERSON,
)

_LINE_END = re.compile(r"(\r\n|\r|\n)")


class TextFormat:
    """Read and rewrite text line by line; ``name`` tells plain text from Markdown."""

    def __init__(self, name: str = "txt", suffixes: tuple[str, ...] = (".txt",)) -> None:
        self.name = name
        self.suffixes = suffixes

    def read(self, data: bytes) -> Document:
        """Give one block a line, line ends left out; raises ``InputError`` on unreadable bytes."""
        return self._document(_lines(decode(data).text)[::2])

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Put the replacements in place; encoding, byte order mark and line ends stay."""
        decoded = decode(data)
        pieces = _lines(decoded.text)
        document = self._document(pieces[::2])
        check_digest(document.digest, plan)
        for index, edits in plan.edits_by_block().items():
            pieces[2 * index] = apply_edits(pieces[2 * index], edits)
        output = decoded.encode("".join(pieces))
        check_reread(self, output, redacted_document(document, plan))
        return output, ()

    def _document(self, lines: Iterable[str]) -> Document:
        blocks = tuple(Block(line, Location("text", index)) for index, line in enumerate(lines))
        marked = self.name == "md" and any(_hides_number(block.text) for block in blocks)
        return Document(self.name, blocks, (_MARKUP,) if marked else ())


def _hides_number(line: str) -> bool:
    """Tell whether a number looks whole on the page but is cut by markup in the text."""
    split = (sum(map(str.isdigit, m[0])) for m in _SPLIT_NUMBER.finditer(line))
    return any(digits >= _LEAST_DIGITS for digits in split) or bool(_ENTITY.search(line))


def _lines(text: str) -> list[str]:
    """Cut text into line, line end, line, line end, …, line."""
    pieces = _LINE_END.split(text)
    if len(pieces) // 2 >= MAX_BLOCKS:
        raise too_many_blocks()
    return pieces


def check_reread(format: Format, output: bytes, expected: Document) -> None:
    """Raise ``UnsafeOutputError`` unless the output reads as the plan says it must."""
    try:
        reread = format.read(output)
    except InputError as error:
        raise UnsafeOutputError("处理后的文件已无法读取，请交人工处理。") from error
    if reread.text != expected.text:
        raise UnsafeOutputError("处理后的文件重新读取时与预期不符，请交人工处理。")
