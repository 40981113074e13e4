"""What a package links to outside itself is taken out before a program sees it."""

from __future__ import annotations

import pytest
from lxml import etree

from redact.package import build_package, open_package
from redact.unlinked import unlinked
from review.errors import EncryptedInputError

OUTSIDE = (
    "http://127.0.0.1/seal.png",
    "file:///srv/seal.png",
    "/srv/seal.png",
    "\\\\server\\seal.png",
    "../seal.png",
    "Pictures/../../seal.png",
)
WITHIN = ("Pictures/seal.png", "./Object 1", "#section", "vnd.sun.star.Package:Pictures/a.png")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def slides(address: str) -> bytes:
    """Write a package whose only picture lies at ``address``."""
    link = f'xmlns:x="http://www.w3.org/1999/xlink" x:href="{address}"'
    return build_package({"content.xml": f"<a><image {link}/>13876502341</a>".encode()})


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_picture_elsewhere_is_linked_no_more(address: str) -> None:
    content = etree.fromstring(open_package(unlinked(slides(address)))["content.xml"])
    assert (content[0].attrib, content[0].tail) == ({}, "13876502341")


@pytest.mark.parametrize("address", WITHIN)
def test_what_lies_within_keeps_the_package_as_it_is(address: str) -> None:
    assert unlinked(slides(address)) == slides(address)


def test_of_relations_those_that_load_from_elsewhere_go_and_hyperlinks_stay() -> None:
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="a" TargetMode="{mode}"/>'
        for kind, mode in (("image", "External"), ("hyperlink", "External"), ("chart", "Internal"))
    )
    data = build_package({"word/_rels/document.xml.rels": f"<R>{relations}</R>".encode()})
    (part,) = open_package(unlinked(data)).values()
    assert [each.get("Id") for each in etree.fromstring(part)] == ["hyperlink", "chart"]


def test_a_field_of_rich_text_loads_no_picture_and_its_text_stays() -> None:
    text = rb"{\rtf1 INCLUDEPICTURE {\field{\*\fldinst INCLUDEPICTURE %s}{\fldrslt 1}}}"
    named = rb'"file:///srv/seal.png"'
    assert unlinked(text % named).count(b"INCLUDEPICTURE") == 1
    assert unlinked(text % named).startswith(rb"{\rtf1 INCLUDEPICTURE")


def test_other_files_stay_as_they_are() -> None:
    assert unlinked(b"INCLUDEPICTURE 13876502341") == b"INCLUDEPICTURE 13876502341"


def test_of_an_encrypted_package_its_password_is_told() -> None:
    manifest = b"<manifest><encryption-data/></manifest>"
    data = build_package({"META-INF/manifest.xml": manifest, "content.xml": b"\x07\x1f"})
    with pytest.raises(EncryptedInputError):
        unlinked(data)
