"""Automatic numbers that a text goes on from: a list begins at 138, its item with 00138000."""

from __future__ import annotations

import re
import unicodedata

_LEAST_BEFORE, _LEAST = 3, 10
"""Digits of the automatic number, and with those that follow it, as telephones have."""
_LEAST_ALONE = 7
_END = re.compile(r"([0-9]+)[\s.、)）]*\Z")
_BEGIN = re.compile(r"\s*([0-9](?:[ -]?[0-9])*)")
_RUN = re.compile(f"[0-9]{{{_LEAST_ALONE},}}")
_REACH = 40


def may_run_on(label: str) -> bool:
    """Say whether an automatic number, as it is shown, may be a part of another one."""
    plain = unicodedata.normalize("NFKC", label)
    end = _END.search(plain)
    return _RUN.search(plain) is not None or (end is not None and len(end[1]) >= _LEAST_BEFORE)


def runs_on(label: str, text: str) -> bool:
    """Say whether an automatic number and the text behind it hold a number that neither shows."""
    plain = unicodedata.normalize("NFKC", label)
    if _RUN.search(plain):
        return True
    end, begin = _END.search(plain), _BEGIN.match(unicodedata.normalize("NFKC", text[:_REACH]))
    if end is None or begin is None:
        return False
    before, behind = len(end[1]), len(re.sub("[ -]", "", begin[1]))
    return before >= _LEAST_BEFORE and before + behind >= _LEAST
