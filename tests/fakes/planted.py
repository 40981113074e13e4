"""Values planted in packages: the plan that removes them and the search that would find them."""

from __future__ import annotations

import functools
import html
import io
import re
import zipfile

from review.document import Document
from review.plan import Edit, RedactionPlan


@functools.cache
def everything_in(data: bytes) -> str:
    """Join all that can be read: names, parts in each coding, with tags and without."""
    found = [data.decode("utf-8", "ignore")]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found.append(archive.comment.decode("utf-8", "ignore"))
        for info in archive.infolist():
            content = archive.read(info)
            found += [info.filename, str(info.comment)]
            for coding in ("utf-8", "utf-16-le", "utf-16-be"):
                text = html.unescape(content.decode(coding, "ignore"))
                text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)
                found += [text, re.sub(r"<[^>]*>", "", text)]
    return re.sub(r"\s", "", "\n".join(found))


def plan_for(document: Document, pattern: str) -> RedactionPlan:
    """Plan to replace whatever matches, block by block."""
    edits = tuple(
        Edit(index, match.start(), match.end(), "某", "F1")
        for index, block in enumerate(document.blocks)
        for match in re.finditer(pattern, block.text)
    )
    return RedactionPlan(document.digest, "", "general", (), edits)
