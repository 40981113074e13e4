"""Find one text in another that says nearly the same: certain places only, whatever their order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

NOWHERE = -1
_DISPUTED = -2
_WIDTHS = (16, 8, 4, 3)


def aligned(
    left: str, right: str, breaks: Collection[int] = (), widths: Sequence[int] = _WIDTHS
) -> list[int]:
    """Give for each character of ``left`` its position in ``right``, ``NOWHERE`` in doubt.

    A stretch that either text holds twice tells nothing by itself; it counts where it goes on from
    one that both hold once. Nothing goes on over ``breaks``, positions of ``left`` at which another
    piece of text begins. A longer stretch goes before a shorter one; what two of one length claim
    belongs to neither. ``widths`` are the lengths of the stretches, longest first. Linear in both
    texts.
    """
    found = _Alignment(left, right)
    for width in widths:
        for here, there in _unique(left, right, width):
            for step in range(width):
                found.claim(here + step, there + step, width)
    found.go_on(frozenset(breaks))
    return [max(place, NOWHERE) for place in found.places]


def _unique(left: str, right: str, width: int) -> Iterator[tuple[int, int]]:
    """Find the stretches of a width that stand once in either text."""
    there: dict[str, int] = {}
    for position in range(len(right) - width + 1):
        stretch = right[position : position + width]
        there[stretch] = NOWHERE if stretch in there else position
    here: dict[str, int] = {}
    for position in range(len(left) - width + 1):
        stretch = left[position : position + width]
        if stretch in there:
            here[stretch] = NOWHERE if stretch in here else position
    for stretch, position in here.items():
        if position != NOWHERE and there[stretch] != NOWHERE:
            yield position, there[stretch]


class _Alignment:
    """Keep who claims what: ``places`` by positions of the left text, ``owners`` of the right."""

    def __init__(self, left: str, right: str) -> None:
        self._left, self._right = left, right
        self.places = [NOWHERE] * len(left)
        self._owners = [NOWHERE] * len(right)
        self._widths = [0] * len(left), [0] * len(right)

    def claim(self, here: int, there: int, width: int) -> None:
        """Put two positions together unless a stretch as long claims either: then both are lost."""
        place, owner = self.places[here], self._owners[there]
        if (place, owner) == (NOWHERE, NOWHERE):
            self.places[here], self._owners[there] = there, here
            self._widths[0][here] = self._widths[1][there] = width
        elif (place, owner) != (there, here) and width >= max(
            self._widths[0][here], self._widths[1][there]
        ):
            self._lose(here, place)
            self._lose(owner, there)

    def _lose(self, here: int, there: int) -> None:
        if here >= 0:
            self.places[here] = _DISPUTED
        if there >= 0:
            self._owners[there] = _DISPUTED

    def go_on(self, breaks: Collection[int]) -> None:
        """Let certain places grow to both sides as long as the texts agree."""
        for here in range(1, len(self._left)):
            if here not in breaks and self.places[here - 1] >= 0:
                self._grow(here, self.places[here - 1] + 1)
        for here in range(len(self._left) - 2, -1, -1):
            if here + 1 not in breaks and self.places[here + 1] >= 0:
                self._grow(here, self.places[here + 1] - 1)

    def _grow(self, here: int, there: int) -> None:
        if not 0 <= there < len(self._right) or self._left[here] != self._right[there]:
            return
        if self.places[here] == self._owners[there] == NOWHERE:
            self.claim(here, there, 1)
