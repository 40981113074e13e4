"""Re-read txt, md and csv output for the verifier."""

from __future__ import annotations

import codecs
import csv
import html
import io
import re

from redact.verify.views import Kind, Reading, View

UNDECODABLE = "输出的文字编码无法识别，不能证明已去除应隐去的内容，请转人工处理。"
# One or two asterisks are emphasis; three or more stand for what was hidden.
_MARKUP = re.compile(r"<[^<>]*>|(?<!\*)\*{1,2}(?!\*)")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(output: bytes) -> Reading:
    """Read a plain text or markdown file, as it stands and with its markup taken away."""
    text = decode_output(output)
    if text is None:
        return Reading(complaints=(UNDECODABLE,))
    bare = html.unescape(_MARKUP.sub("", text))
    return Reading(
        (
            View(Kind.PAGES, (("正文", text),)),
            View(Kind.PAGES, (("正文", bare),)),
        )
    )


def read_csv(output: bytes) -> Reading:
    """Read a table of separated values cell by cell."""
    text = decode_output(output)
    if text is None:
        return Reading(complaints=(UNDECODABLE,))
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(max(len(text), 1))
    cells: list[tuple[str, str]] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        place = f"第 {number} 行"
        cells.extend((place, cell) for cell in row)
    return Reading((View(Kind.CELLS, tuple(cells)),))


def decode_output(output: bytes) -> str | None:
    """Decode by byte order mark, as UTF-8 or as GB18030; None where neither fits."""
    encodings = next(((name,) for bom, name in _BOMS if output.startswith(bom)), None)
    for encoding in encodings or ("utf-8", "gb18030"):
        try:
            return output.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
