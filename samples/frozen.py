"""Zip packages that come out the same every time: order, times and dates are fixed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

MOMENT = datetime(2026, 5, 11, 9, 30, tzinfo=UTC)
"""When all samples were written, as far as their metadata tell."""

STAMP = f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}"

_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def freeze(package: bytes) -> bytes:
    """Repack an office file with fixed times, so that equal content gives equal bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    core = parts["docProps/core.xml"]
    assert isinstance(core, bytes)
    parts["docProps/core.xml"] = _DATES.sub(rb"\g<1>" + STAMP.encode() + rb"\g<3>", core)
    return packed(parts)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip parts in their order; a media type lies there unpacked, as OpenDocument asks."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as frozen:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            frozen.writestr(info, data)
    return target.getvalue()
