"""Small OpenDocument packages built by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from redact.odf.package import (
    DRAW,
    FIELD,
    FO,
    LOEXT,
    MANIFEST,
    NUMBER,
    OFFICE,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
)

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
NS = (
    f'xmlns:office="{OFFICE}" xmlns:style="{STYLE}" xmlns:text="{TEXT}" xmlns:table="{TABLE}" '
    f'xmlns:draw="{DRAW}" xmlns:fo="{FO}" xmlns:svg="{SVG}" xmlns:xlink="{XLINK}" '
    f'xmlns:number="{NUMBER}" xmlns:loext="{LOEXT}" xmlns:field="{FIELD}" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
    'xmlns:math="http://www.w3.org/1998/Math/MathML" '
    'xmlns:dr3d="urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:zz="urn:unknown"'
)


def content(body: str, styles: str = "", fonts: str = "", before: str = "") -> str:
    """Write a content part."""
    return (
        f'<office:document-content {NS} office:version="1.3">{before}<office:font-face-decls>'
        f"{fonts}</office:font-face-decls><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def styles(common: str = "", automatic: str = "", masters: str = "") -> str:
    """Write a styles part."""
    return (
        f'<office:document-styles {NS} office:version="1.3"><office:styles>{common}'
        f"</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def manifest(entries: str = "") -> str:
    """Write a manifest."""
    return (
        f'<manifest:manifest xmlns:manifest="{MANIFEST}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
        f"{entries}</manifest:manifest>"
    )


def package(parts: Mapping[str, str | bytes], comment: str = "") -> bytes:
    """Zip parts behind the media type; a manifest and styles of no interest are added."""
    whole = {
        "mimetype": MEDIA_TYPE,
        "META-INF/manifest.xml": manifest(),
        "styles.xml": styles(),
    } | dict(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, stored)
        archive.comment = comment.encode()
    return buffer.getvalue()


def ods(sheets: str, automatic: str = "", masters: str = "", common: str = "") -> bytes:
    """Build a spreadsheet from the markup of its sheets."""
    whole = content("", automatic).replace(
        "<office:text></office:text>", f"<office:spreadsheet>{sheets}</office:spreadsheet>"
    )
    return package(
        {"mimetype": SHEETS, "content.xml": whole, "styles.xml": styles(common, "", masters)}
    )


def odt(body: str, automatic: str = "") -> bytes:
    """Build a text document from the markup of its body."""
    return package({"content.xml": content(body, automatic)})
