"""Pictures that tell where they lie: read back however a renderer cuts, turns and compresses."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps

from redact.pictures.file import paper_size
from redact.preview.picture_code import MOST, read, written


def coded(number: int = 3) -> Image.Image:
    return Image.open(BytesIO(written(number, (8.0, 4.0)))).convert("RGB")


def compressed(image: Image.Image) -> Image.Image:
    output = BytesIO()
    image.save(output, "JPEG", quality=85)
    return Image.open(BytesIO(output.getvalue()))


CHANGES: dict[str, tuple[Callable[[Image.Image], Image.Image], tuple[float, float]]] = {
    "as it is": (lambda i: i, (0.25, 0.75)),
    "cut": (lambda i: i.crop((32, 64, 96, 128)), (0.0, 0.5)),
    "turned": (lambda i: i.transpose(Image.Transpose.ROTATE_90), (0.75, 0.75)),
    "mirrored": (ImageOps.mirror, (0.75, 0.75)),
    "enlarged": (lambda i: i.resize((700, 300)), (0.25, 0.75)),
    "compressed": (lambda i: compressed(i.resize((500, 500))), (0.25, 0.75)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_point_is_found_again_whatever_was_done_to_the_picture(name: str) -> None:
    change, expected = CHANGES[name]
    found = read(np.asarray(change(coded())))
    assert found is not None
    number, shown = found
    assert number == 3
    assert shown.point(0.25, 0.75) == pytest.approx(expected, abs=0.01)


def test_a_slanted_picture_on_white_is_found() -> None:
    slanted = coded().rotate(-15, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    found = read(np.asarray(slanted))
    assert found is not None
    assert found[1].point(0.5, 0.5) == pytest.approx((0.5, 0.5), abs=0.01)


@pytest.mark.parametrize("number", [0, 1, MOST // 2, MOST - 1])
def test_pictures_are_told_apart(number: int) -> None:
    found = read(np.asarray(compressed(coded(number))))
    assert found is not None
    assert found[0] == number


@pytest.mark.parametrize("colour", ["white", "black", (120, 90, 13)])
def test_a_picture_of_anything_else_is_not_read(colour: str | tuple[int, int, int]) -> None:
    plain = Image.new("RGB", (300, 200), colour)
    assert read(np.asarray(plain)) is None
    noise = np.random.default_rng(7).integers(0, 255, (200, 300, 3)).astype(np.uint8)
    assert read(noise) is None


def test_a_picture_that_is_shown_too_small_to_be_read_is_not_read() -> None:
    assert read(np.asarray(coded().resize((6, 6)))) is None


def test_it_is_as_large_on_paper_as_what_it_stands_for() -> None:
    assert paper_size(written(0, (8.0, 4.0))) == pytest.approx((8.0, 4.0), rel=0.01)


@pytest.mark.parametrize("size", [(2e-8, 2e-8), (1e-9, 5.0)])
def test_it_is_written_for_a_picture_that_claims_to_be_of_no_size(
    size: tuple[float, float],
) -> None:
    assert read(np.asarray(Image.open(BytesIO(written(3, size))).convert("RGB"))) is not None
