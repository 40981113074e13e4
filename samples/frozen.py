"""Zip packages that come out the same every time: order, times and dates are fixed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

MOMENT = datetime(2026, 5, 11, 9, 30, tzinfo=UTC)
"""When all samples were written, as far as their metadata tell."""

_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def freeze(package: bytes) -> bytes:
    """Repack an office file with fixed times, so that equal content gives equal bytes."""
    target = io.BytesIO()
    stamp = f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as frozen:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _DATES.sub(rb"\g<1>" + stamp + rb"\g<3>", data)
            frozen.writestr(info, data)
    return target.getvalue()
