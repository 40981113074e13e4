"""Which characters the bytes of a text file stand for, and back again without losing a byte."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from review.errors import BrokenInputError, TooLargeInputError, UnsafeOutputError

MAX_BLOCKS = 1_000_000
"""Lines or filled cells that one file may have: each takes 2 KB while it is looked at."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
         (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip

# ISO 2022: plain letters that escapes turn into Chinese, as a browser shows them.
_ESCAPES = re.compile(r"\x1b\$|\x1b\([BJ]")
_LEAST_COMMON_SHARE = 0.7
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Hold the text of a file with the codec and byte order mark it came in."""

    text: str
    codec: str
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """Turn changed text into bytes of the same encoding.

        Raises ``UnsafeOutputError`` when a character does not exist in it.
        """
        try:
            return self.bom + text.encode(self.codec)
        except UnicodeEncodeError as error:
            raise UnsafeOutputError(
                "替换后的文字无法用原文件的编码保存，请把文件另存为 UTF-8 后重新提交。"
            ) from error


def decode(data: bytes) -> DecodedText:
    """Decode UTF-8, UTF-16 with a byte order mark, or GB18030.

    Raises ``BrokenInputError`` for an empty or binary file and for any other encoding.
    """
    if not data:
        raise BrokenInputError("文件是空的（0 字节），请检查后重新提交。")
    decoded = _decode_marked(data) or _decode_unmarked(data)
    if _ESCAPES.search(decoded.text):
        raise _unknown_encoding()
    if "\0" in decoded.text:
        raise BrokenInputError("文件里有二进制内容，不是纯文本，请用原软件另存后重新提交。")
    if decoded.encode(decoded.text) != data:
        raise _unknown_encoding()
    return decoded


def _decode_marked(data: bytes) -> DecodedText | None:
    for bom, codec in _BOMS:
        if data.startswith(bom):
            try:
                return DecodedText(data[len(bom) :].decode(codec), codec, bom)
            except UnicodeDecodeError as error:
                raise _unknown_encoding() from error
    return None


def _decode_unmarked(data: bytes) -> DecodedText:
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unknown_encoding() from error
    if not _reads_as_chinese(text):
        raise _unknown_encoding()
    return DecodedText(text, "gb18030")


def _reads_as_chinese(text: str) -> bool:
    """Tell Chinese from other encodings that GB18030 decodes to rare characters without error."""
    foreign = [c for c in text if c > "\x7f"][:_SAMPLE]
    common = len("".join(foreign).encode("gb2312", "ignore")) // 2
    return common >= _LEAST_COMMON_SHARE * len(foreign)


def _unknown_encoding() -> BrokenInputError:
    return BrokenInputError("认不出文件的文字编码，请另存为 UTF-8 后重新提交。")


def too_many_blocks() -> TooLargeInputError:
    """Say that a file has more lines or cells than can be handled."""
    return TooLargeInputError(
        f"文件的行或单元格超过 {MAX_BLOCKS // 10_000} 万个，请拆成几个文件后分别提交。"
    )
