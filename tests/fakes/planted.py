"""Values planted in packages: the plan that removes them and the search that would find them."""

from __future__ import annotations

import base64
import functools
import html
import io
import re
import zipfile

from review.document import BlockKind, Document
from review.plan import Edit, RedactionPlan
from review.ports import Format

PATTERN = r"密\d{3}值者"
"""What planted values look like: nothing of the kind stands in a file by itself."""

Redacted = tuple[Document, RedactionPlan, bytes]


def planted(number: int) -> str:
    """Give the value for the place of this number."""
    return f"密{number:03}值者"


def new_value(values: dict[str, str]) -> str:
    """Give the value for the place that comes next."""
    return planted(len(values))


def fill(markup: str, name: str, values: dict[str, str]) -> str:
    """Plant a new value in a place: whole, in two pieces, or coded as some formats do."""
    value = values[name] = new_value(values)
    written = {
        "{v}": value,
        "{a}": value[:3],
        "{b}": value[3:],
        "{x}": "".join(f"_x{ord(c):04X}_" for c in value),
        "{64}": base64.b64encode(value.encode()).decode(),
    }
    for mark, instead in written.items():
        markup = markup.replace(mark, instead)
    return markup


def insert(parts: dict[str, bytes], name: str, before: str, markup: str) -> None:
    """Put markup into a part, before what stands there."""
    text = parts[name].decode("utf-8")
    assert before in text, name
    parts[name] = text.replace(before, markup + before).encode("utf-8")


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


def everything_within(data: bytes) -> str:
    """Search a package with every package in it."""
    found = everything_in(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if (inner := archive.read(name)).startswith(b"PK"):
                found += everything_within(inner)
    return found


def plan_for(document: Document, pattern: str) -> RedactionPlan:
    """Plan to replace whatever matches, block by block."""
    edits = tuple(
        Edit(index, match.start(), match.end(), "某", "F1")
        for index, block in enumerate(document.blocks)
        for match in re.finditer(pattern, block.text)
    )
    return RedactionPlan(document.digest, "", "general", (), edits)


_TWINS = (("密", "秘"), ("值者", "物人"))
"""What another value has in the place of each sign of ``密000值者``, whose digits stay."""


def twin_of(data: bytes) -> bytes:
    """Build the same package with other values in all the same places."""
    ways = list(_TWINS)
    signs = [pair for one, other in _TWINS for pair in zip(one, other, strict=True)]
    ways += [(f"_x{ord(a):04X}_", f"_x{ord(b):04X}_") for a, b in signs]
    ways += [(f"&#{ord(a)};", f"&#{ord(b)};") for a, b in signs]

    def changed(content: bytes) -> bytes:
        if content.startswith(b"PK\x03\x04"):
            return twin_of(content)
        try:
            text = content.decode()
        except UnicodeDecodeError:  # a picture: others of its bytes would not be one
            return content
        for one, other in ways:
            text = text.replace(one, other)
        return text.encode()

    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in archive.infolist():
            name = changed(info.filename.encode()).decode()
            made.writestr(zipfile.ZipInfo(name), changed(archive.read(info)))
        made.comment = changed(archive.comment)
    return output.getvalue()


def redacted_twin(form: Format, data: bytes) -> bytes:
    """Redact the twin of a package by the same plan: its output must not tell the two apart."""
    twin = twin_of(data)
    return form.write(twin, plan_for(form.read(twin), r"秘\d{3}物人"))[0]


def redacted_by(form: Format, source: bytes, pattern: str = PATTERN) -> Redacted:
    """Read a draft and write it without any planted value."""
    document = form.read(source)
    plan = plan_for(document, pattern)
    return document, plan, form.write(source, plan)[0]


def pictured(document: Document) -> str:
    """Join what was read in the pictures of a document."""
    return "".join(b.text for b in document.blocks if b.kind is BlockKind.PICTURE)
