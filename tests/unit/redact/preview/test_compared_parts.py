"""Bars in the pictures of a file are as planned where they hide what is to be hidden, else told."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from PIL import Image

from redact.preview.compared_parts import compared_parts
from redact.registry import get_format
from redact.verify.sight import Seen, Sight
from tests.fakes import bars, ofd


def in_docx(picture: bytes) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("说明见图")
    document.add_picture(io.BytesIO(picture))
    document.save(buffer)
    return buffer.getvalue()


def in_html(picture: bytes) -> bytes:
    packed = base64.b64encode(picture).decode()
    return f'<p>说明见图</p><img src="data:image/png;base64,{packed}">'.encode()


def in_ofd(picture: bytes) -> bytes:
    shown = '<ofd:ImageObject ID="4" ResourceID="5" Boundary="0 0 210 140" CTM="210 0 0 140 0 0"/>'
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    parts = {"Doc_0/PublicRes.xml": ofd.resources(media), "Doc_0/Res/a.png": picture}
    return ofd.package([ofd.page(shown)], parts)


def repainted(data: bytes, pictures: Callable[[bytes], bytes]) -> bytes:
    """Change the pictures of a package."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, pictures(part) if name.endswith(".png") else part)
    return output.getvalue()


def spotted(picture: bytes) -> bytes:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.paste((0, 0, 0), (200, 120, 240, 160))
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


@pytest.fixture(params=[("docx", in_docx), ("html", in_html), ("ofd", in_ofd)], ids=lambda p: p[0])
def redacted(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, bytes, bytes, tuple[bars.Mark, ...]]:
    """Redact a file with a picture: its format, both sides, and the marks."""
    bars.read_bars(monkeypatch)
    name, made = request.param
    original, form = made(bars.drawn()), get_format(name)
    document = form.read(original)
    marks = bars.marks_in(document)
    output, _ = form.write(original, bars.plan_of(document, marks))
    assert marks
    return name, original, output, marks


Redacted = tuple[str, bytes, bytes, tuple[bars.Mark, ...]]


def test_bars_over_what_is_to_be_hidden_are_as_planned(redacted: Redacted) -> None:
    name, original, output, marks = redacted
    assert list(compared_parts(original, output, name, marks)) == []


def test_bars_over_anything_else_are_told(redacted: Redacted) -> None:
    name, original, output, _ = redacted
    told = list(compared_parts(original, output, name, ()))
    assert told in ([Seen(1, Sight.ALTERED, 1)], [Seen(1, Sight.OTHER, 1)])


def test_whatever_differs_beside_the_bars_is_told(redacted: Redacted) -> None:
    name, original, output, marks = redacted
    if name == "html":
        head, tail = output.split(b"base64,")
        packed, rest = tail.split(b'"', 1)
        changed = spotted(base64.b64decode(packed))
        output = b"".join((head, b"base64,", base64.b64encode(changed), b'"', rest))
    else:
        output = repainted(output, spotted)
    told = list(compared_parts(original, output, name, marks))
    assert told in ([Seen(1, Sight.ALTERED, 1)], [Seen(1, Sight.OTHER, 1)])


def test_a_mark_that_is_not_found_in_the_picture_explains_nothing(redacted: Redacted) -> None:
    name, original, output, marks = redacted
    other = [mark._replace(text="钱大有") for mark in marks]
    told = list(compared_parts(original, output, name, other))
    assert told in ([Seen(1, Sight.ALTERED, 1)], [Seen(1, Sight.OTHER, 1)])
