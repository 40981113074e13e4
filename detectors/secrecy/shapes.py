"""What marks of secrecy are made of, and what stands before and behind them on their line."""

from __future__ import annotations

import re

S = "[ \t]{0,4}"
LEVEL = rf"(?:绝{S}密|机{S}密|秘{S}密)"
STAR = "[★☆✩✭⭐*]"
TERM = (
    rf"(?:[0-9一二三四五六七八九十]{{1,3}}{S}(?:年|个?{S}月|日|天)|长{S}期|启{S}用{S}前|公{S}布{S}前"
    rf"|解{S}密{S}前|使{S}用{S}前|宣{S}布{S}前)"
)
FRAME = r"[ \t│┃|*#>_~=]{0,8}"
"""Lines of a frame and signs of markdown, which mean nothing."""
OPEN, CLOSE = r"[\[【(〔<《「]?", r"[\]】)〕>》」]?"
_URGENT = "(?:特急|加急|平急|特提|急件|急)"
HEAD = (
    rf"^{FRAME}(?:{_URGENT}{S}[·、/|]?{S})?(?:(?:份号|编号|No\.?|№){S}:?{S})?[0-9]{{0,8}}{S}"
    rf"(?:(?:TOP{S}SECRET|SECRET|CONFIDENTIAL){S}[/|]?{S})?"
    rf"(?:(?:密{S}级|保密等级|密级和保密期限){S}:?{S})?"
)
TAIL = (
    rf"(?:{S}[·、/|]?{S}{_URGENT}[!]?)?"
    rf"(?:{S}(?:份号|编号|No\.?|№){S}:?{S}[0-9]{{1,8}})?{FRAME}$"
)
FLAGS = re.MULTILINE | re.IGNORECASE
