"""What a page of an OFD output is made of: texts sign by sign, and plain lines and areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from redact.ofd.geometry import Matrix, Rect, spread
from redact.pictures.store import Picture

FontKey = tuple[int, str]
"""Number of the document and ID of the font in it."""

_HALF = 0.5


class Colour(NamedTuple):
    """Hold red, green, blue and opacity, 0 to 255 each."""

    red: int = 0
    green: int = 0
    blue: int = 0
    alpha: int = 255


BLACK = Colour()
_FRAME = Colour(166, 166, 166)


class Char(NamedTuple):
    """Hold one sign: where its base line begins in the object's space, and its glyph if named.

    ``code`` is the number of the ``TextCode`` it stands in.
    """

    text: str
    x: float
    y: float
    glyph: int | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """Hold how a text is set; ``upright`` is the direction of writing: False across, True down."""

    font: FontKey | None
    size: float
    stretch: float = 1.0
    weight: int = 400
    italic: bool = False
    upright: bool = False
    turn: int = 0
    fill: Colour | None = BLACK
    stroke: Colour | None = None
    line: float = 0.353

    def advance(self, character: str) -> float:
        """Estimate how far a sign reaches along the line, in the object's space."""
        if self.upright:
            return self.size
        return self.size * self.stretch * (_HALF if character < "\u0250" else 1.0)


@dataclass(frozen=True, slots=True)
class TextItem:
    """Hold one text object; ``natural`` numbers the codes that give no distances of their own.

    ``matrix`` leads from the object's space to the page; beyond ``boundary`` readers show nothing.
    """

    style: Style
    matrix: Matrix
    boundary: Rect
    chars: tuple[Char, ...]
    natural: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PathItem:
    """Hold straight lines and plain areas; ``outlines`` are lists of points, closed or open."""

    matrix: Matrix
    boundary: Rect
    outlines: tuple[tuple[tuple[tuple[float, float], ...], bool], ...]
    fill: Colour | None
    stroke: Colour | None
    line: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureItem:
    """Hold a picture; ``matrix`` leads to the page from a square of one millimetre, which it fills.

    ``alpha`` is the opacity of the whole, 0 to 255.
    """

    matrix: Matrix
    boundary: Rect
    picture: Picture
    alpha: int = 255

    @property
    def box(self) -> Rect:
        """Give the smallest upright box around the picture."""
        return spread(Rect(0, 0, 1, 1), self.matrix)

    @property
    def hides(self) -> bool:
        """Tell whether nothing that lies under the picture is seen."""
        solid = self.alpha == 255 and self.picture.image.mode == "RGB"
        return solid and self.matrix.upright


Item = TextItem | PathItem | PictureItem


def frame(box: Rect) -> PathItem:
    """Give the empty frame that takes the place of a picture."""
    corners = (0.0, 0.0), (box.width, 0.0), (box.width, box.height), (0.0, box.height)
    matrix = Matrix().moved(box.x, box.y)
    return PathItem(matrix, box, ((corners, True),), None, _FRAME, 0.2, (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class OfdPage:
    """Hold one page as it may be written: size in mm, items in the order of painting."""

    number: int
    width: float
    height: float
    items: tuple[Item, ...]

    @property
    def box(self) -> Rect:
        """Give the whole page."""
        return Rect(0, 0, self.width, self.height)
