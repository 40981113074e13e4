"""Picture files with a value in every corner that a picture file has beside its pixels."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

FLAT = (60, 6)
"""Too low for writing, so that nothing is recognised in it and tests stay quick."""


def plain(size: tuple[int, int] = FLAT, colour: str = "red") -> Image.Image:
    return Image.new("RGB", size, colour)


def png(value: str, picture: Image.Image | None = None) -> bytes:
    told = PngInfo()
    told.add_text("Author", value.encode("utf-8").decode("latin-1"))
    told.add_itxt("Title", value)
    told.add(b"prVt", value.encode())
    exif = Image.Exif()
    exif[0x9286] = value.encode()
    data = io.BytesIO()
    (picture or plain()).save(data, "PNG", pnginfo=told, exif=exif, icc_profile=value.encode())
    return data.getvalue() + value.encode()


def jpeg(value: str, picture: Image.Image | None = None) -> bytes:
    exif = Image.Exif()
    exif[0x9286] = value.encode()
    data = io.BytesIO()
    (picture or plain()).save(
        data, "JPEG", exif=exif, comment=value.encode(), icc_profile=value.encode()
    )
    body = value.encode()
    aside = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    written = data.getvalue()
    return written[:2] + aside + written[2:] + body


def gif(value: str) -> bytes:
    data = io.BytesIO()
    second = plain(colour="blue")
    plain().save(data, "GIF", comment=value.encode(), save_all=True, append_images=[second])
    return data.getvalue() + value.encode()


def bmp(value: str) -> bytes:
    data = io.BytesIO()
    plain().save(data, "BMP")
    return data.getvalue() + value.encode()


def tiff(value: str) -> bytes:
    data = io.BytesIO()
    plain().save(data, "TIFF", tiffinfo={270: value, 315: value})
    return data.getvalue() + value.encode()


HIDING_PLACES = {"png": png, "jpeg": jpeg, "gif": gif, "bmp": bmp, "tiff": tiff}
"""How each kind of file is made with a value beside its pixels."""


def secret_margin() -> Image.Image:
    """Draw a picture whose left half, which its users cut away, is of a colour of its own."""
    picture = plain((80, 6), "white")
    picture.paste((1, 2, 3), (0, 0, 40, 6))
    return picture


def hidden_colours() -> Image.Image:
    """Draw a picture that is transparent throughout, with a colour nobody sees."""
    return Image.new("RGBA", FLAT, (9, 8, 7, 0))


def png_chunks(data: bytes) -> list[bytes]:
    """Name the chunks of a png."""
    position, found = 8, []
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        found.append(kind)
        position += 12 + length
    return found


def with_stowaway(data: bytes, value: str) -> bytes:
    """Put a value into a png behind its pixels, as a text chunk."""
    body = b"Comment\0" + value.encode()
    chunk = struct.pack(">I4s", len(body), b"tEXt") + body
    chunk += struct.pack(">I", zlib.crc32(b"tEXt" + body))
    return data[:-12] + chunk + data[-12:]
