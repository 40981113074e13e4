"""Writing in the pictures of an odt: found, blackened, proven; what cannot be read is left out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from PIL import Image

from flows.processing.proof import prove_text
from redact.libreoffice import program
from redact.odf.format import ODS, ODT
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Document
from review.plan import RedactionPlan, redacted_document
from tests.fakes.drawings import emf
from tests.fakes.odf import content, ods, odt, package, styles
from tests.fakes.pictures import encoded, written
from tests.fakes.planted import Redacted, everything_in, pictured, plan_for, redacted_by

NUMBER = "13812345678"
KEPT = "青禾县农业农村局"
SHORT = "青禾县"


def frame(name: str, style: str = "") -> str:
    return (
        f'<text:p><draw:frame draw:style-name="{style}" svg:width="12cm" svg:height="4cm">'
        f'<draw:image xlink:href="{name}" xlink:title="{NUMBER}"/></draw:frame></text:p>'
    )


def with_picture(data: bytes, body: str, automatic: str = "") -> bytes:
    return package({"content.xml": content(body, automatic), "Pictures/钱文海.png": data})


@pytest.fixture(scope="module")
def source() -> bytes:
    picture = encoded(written([f"联系电话：{NUMBER}", KEPT]), "PNG")
    return with_picture(picture, frame("Pictures/钱文海.png"))


@pytest.fixture(scope="module")
def redacted(source: bytes) -> Redacted:
    return redacted_by(ODT, source, NUMBER)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_writing_in_a_picture_is_text_of_the_document(draft: Document) -> None:
    assert NUMBER in pictured(draft)
    assert KEPT in pictured(draft)
    assert "picture_read" in {note.code for note in draft.notes}


def test_what_the_plan_takes_out_is_black_and_the_picture_stays_under_a_name_of_ours(
    output: bytes,
) -> None:
    again = pictured(ODT.read(output))
    assert NUMBER[3:8] not in again
    assert KEPT in again
    assert not [name for name in ("钱文海", NUMBER) if name in everything_in(output)]
    found = parts(output)
    assert b'xlink:href="Pictures/image1.png"' in found["content.xml"]
    assert (
        b'full-path="Pictures/image1.png" manifest:media-type="image/png"'
        in (found["META-INF/manifest.xml"])
    )


def test_the_output_is_proven_and_one_with_the_picture_as_it_was_is_not(
    source: bytes, draft: Document, plan: RedactionPlan, output: bytes
) -> None:
    allowed = allowed_occurrences(redacted_document(draft, plan).text, [NUMBER])
    assert IndependentVerifier().verify("odt", output, allowed) == ()
    prove_text(draft, plan, ODT.read(output), lambda each: plan_for(each, r"(?!)"))
    untouched, _ = ODT.write(source, plan_for(draft, r"(?!)"))
    assert IndependentVerifier().verify("odt", untouched, allowed)


CLIPPED = (
    '<style:style style:name="fr1" style:family="graphic"><style:graphic-properties '
    'fo:clip="rect(0cm, 1cm, 0cm, 0cm)"/></style:style>'
)
FLAT = encoded(Image.new("RGB", (60, 6), "red"), "PNG")
LEFT_OUT = {
    "one to which margins are added": with_picture(
        FLAT, frame("Pictures/钱文海.png", "fr1"), CLIPPED.replace("1cm", "-1cm")
    ),
    "one of which nothing is left": with_picture(
        FLAT, frame("Pictures/钱文海.png", "fr1"), CLIPPED.replace("1cm", "9cm")
    ),
    "one whose cut is not understood": with_picture(
        FLAT, frame("Pictures/钱文海.png", "fr1"), CLIPPED.replace("1cm", "1ell")
    ),
    "one that is no picture": with_picture(
        b"\x89PNG\r\n" + bytes(40), frame("Pictures/钱文海.png")
    ),
    "one that lies elsewhere": with_picture(FLAT, frame("file:///home/钱文海.png")),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_picture_that_cannot_be_shown_as_read_leaves_an_empty_frame(case: str) -> None:
    data = LEFT_OUT[case]
    document = ODT.read(data)
    output, notes = ODT.write(data, plan_for(document, r"(?!)"))
    assert "picture_dropped" in {note.code for note in notes}
    assert not [name for name in parts(output) if name.startswith("Pictures")]
    assert b"draw:text-box" in parts(output)["content.xml"]


def test_a_picture_that_a_person_takes_out_leaves_an_empty_frame() -> None:
    data = with_picture(FLAT, frame("Pictures/钱文海.png"))
    document = ODT.read(data)
    (mark,) = [b for b in document.blocks if b.kind is BlockKind.PICTURE]
    output, _ = ODT.write(data, plan_for(document, mark.text))
    assert not [name for name in parts(output) if name.startswith("Pictures")]
    assert b"draw:image" not in parts(output)["content.xml"]


def test_effects_that_could_make_faint_writing_plain_go() -> None:
    style = CLIPPED.replace('fo:clip="rect(0cm, 1cm, 0cm, 0cm)"', 'draw:contrast="90%"')
    data = with_picture(FLAT, frame("Pictures/钱文海.png", "fr1"), style)
    document = ODT.read(data)
    output, notes = ODT.write(data, plan_for(document, r"(?!)"))
    assert "picture_effects_dropped" in {note.code for note in notes}
    assert b"contrast" not in parts(output)["content.xml"]


def test_a_picture_with_more_than_pixels_is_not_proven(output: bytes) -> None:
    odd = parts(output)
    odd["Pictures/image1.png"] += NUMBER.encode()
    rebuilt = package({n: d for n, d in odd.items() if n != "mimetype"})
    assert IndependentVerifier().verify("odt", rebuilt, {})


def two_colours(**options: Any) -> bytes:
    picture = Image.new("RGB", (100, 6), "red")
    picture.paste("blue", (0, 0, 60, 6))
    return encoded(picture, "PNG", **options)


CUT = CLIPPED.replace("rect(0cm, 1cm, 0cm, 0cm)", "{}")
CUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "by a density of its own": ("rect(0cm, 0cm, 0cm, 1.524cm)", {"dpi": (100, 100)}),
    "by that of screens": ("rect(0in 0in 0in .625in)", {}),
}


@pytest.mark.parametrize("case", CUTS)
def test_what_is_cut_away_of_a_picture_is_cut_from_its_pixels(case: str) -> None:
    clip, options = CUTS[case]
    style = CUT.format(clip)
    data = with_picture(two_colours(**options), frame("Pictures/钱文海.png", "fr1"), style)
    output = parts(ODT.write(data, plan_for(ODT.read(data), r"(?!)"))[0])
    shown = Image.open(io.BytesIO(output["Pictures/image1.png"]))
    assert shown.size == (40, 6)
    assert shown.getcolors() == [(240, (255, 0, 0))]
    assert b"clip" not in output["content.xml"]


def test_a_cut_that_a_style_inherits_is_made_too() -> None:
    common = CUT.format("rect(0cm, 0cm, 0cm, 1.524cm)").replace('"fr1"', '"Graphics"')
    own = (
        '<style:style style:name="fr2" style:family="graphic" style:parent-style-name="Graphics"/>'
    )
    data = package(
        {
            "content.xml": content(
                frame("Pictures/a.png", "fr2") + frame("Pictures/a.png", "Graphics"), own
            ),
            "styles.xml": styles(common),
            "Pictures/a.png": two_colours(dpi=(100, 100)),
        }
    )
    output = parts(ODT.write(data, plan_for(ODT.read(data), r"(?!)"))[0])
    assert [name for name in output if name.startswith("Pictures")] == ["Pictures/image1.png"]
    assert Image.open(io.BytesIO(output["Pictures/image1.png"])).size == (40, 6)
    assert b"clip" not in output["styles.xml"]


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("make", ["odt", "ods"])
def test_of_charts_formulas_and_objects_the_preview_stays_and_nothing_behind_it(make: str) -> None:
    shown = (
        '<text:p><draw:frame svg:width="8cm" svg:height="2cm">'
        '<draw:object xlink:href="./Object 1"/><draw:image '
        'xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p>'
    )
    data = added(
        odt(shown) if make == "odt" else spreadsheet(shown),
        {
            "Object 1/content.xml": content("<text:p>密002值者</text:p>").encode(),
            "Object 1/钱文海": "密003值者".encode(),
            "ObjectReplacements/Object 1": emf(f"{SHORT}{NUMBER}", "密001值者"),
        },
    )
    form = ODT if make == "odt" else ODS
    document = form.read(data)
    assert {"object_pictured", "drawing_pictured"} <= {note.code for note in document.notes}
    assert {NUMBER, SHORT} <= set(re.findall(f"{NUMBER}|{SHORT}", pictured(document)))
    output, _ = form.write(data, plan_for(document, NUMBER))
    planted = ("密001值者", "密002值者", "密003值者", "钱文海")
    assert all(value in everything_in(data) for value in planted)
    assert not [value for value in planted if value in everything_in(output)]
    assert [name for name in parts(output) if "bject" in name] == []
    again = form.read(output).text
    assert SHORT in again
    assert NUMBER[3:8] not in again


def spreadsheet(body: str) -> bytes:
    return ods(
        '<table:table table:name="一"><table:table-row><table:table-cell '
        f'office:value-type="string">{body}</table:table-cell></table:table-row></table:table>'
    )


def added(base: bytes, files: dict[str, bytes]) -> bytes:
    output = io.BytesIO(base)
    with zipfile.ZipFile(output, "a") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return output.getvalue()


def test_without_libreoffice_a_chart_leaves_an_empty_frame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    data = with_picture(emf(KEPT), frame("Pictures/钱文海.png"))
    output, notes = ODT.write(data, plan_for(ODT.read(data), r"(?!)"))
    assert {"drawing_not_pictured", "picture_dropped"} <= {note.code for note in notes}
    assert b"draw:text-box" in parts(output)["content.xml"]
