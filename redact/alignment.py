"""Find one text in another that says nearly the same: certain places only, whatever their order."""

from __future__ import annotations

from collections.abc import Collection, Iterator

NOWHERE = -1
_WIDTHS = (16, 8, 4, 3)


def aligned(left: str, right: str, breaks: Collection[int] = ()) -> list[int]:
    """Give for each character of ``left`` its position in ``right``, ``NOWHERE`` in doubt.

    A stretch that either text holds twice tells nothing by itself; it counts where it goes on from
    one that both hold once. Nothing goes on over ``breaks``, positions of ``left`` at which another
    piece of text begins. Linear in both texts.
    """
    places = [NOWHERE] * len(left)
    taken = [False] * len(right)
    for width in _WIDTHS:
        for here, there in _unique(left, right, width):
            for step in range(width):
                _put(places, taken, here + step, there + step)
    _go_on(left, right, places, taken, frozenset(breaks))
    return places


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


def _put(places: list[int], taken: list[bool], here: int, there: int) -> None:
    if places[here] == NOWHERE and not taken[there]:
        places[here] = there
        taken[there] = True


def _go_on(
    left: str, right: str, places: list[int], taken: list[bool], breaks: Collection[int]
) -> None:
    """Let certain places grow to both sides as long as the texts agree."""
    for here in range(1, len(left)):
        there = places[here - 1] + 1
        if here not in breaks and 0 < there < len(right) and left[here] == right[there]:
            _put(places, taken, here, there)
    for here in range(len(left) - 2, -1, -1):
        there = places[here + 1] - 1
        if here + 1 not in breaks and there >= 0 and left[here] == right[there]:
            _put(places, taken, here, there)
