"""The pages of a file as pictures in its review copy: original and published side by side."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import escape

from redact.preview.pictures import MOST_RENDERED, PagePair, PagePairs, PagePicture, Place
from review.plan import Ruling

_OTHERWISE = "（公开件中没有这张图片，或与此处理不同，请打开公开件核对）"
_MOST_NAMED = 40
"""Findings without a frame that are named; a list of more is read by nobody."""


def pages_section(pairs: PagePairs | str, rulings: Sequence[Ruling], before: int) -> Iterator[str]:
    """Show the pages of a file, its findings framed under their numbers.

    ``pairs`` says why where there are none; ``before`` counts the findings of the files before.
    """
    yield "<h3>页面对照</h3>"
    if isinstance(pairs, str):
        yield f'<p class="note">{escape(pairs)}</p>'
        return
    actions = {n: ruling.rule.action.value for n, ruling in enumerate(rulings, before + 1)}
    yield from (f'<p class="note">{told}</p>' for told in _told(pairs, actions.keys()))
    named: set[int] = set()
    for pair in pairs.shown:
        uneven = pair.number in pairs.uneven
        framed = _whole(pair.pictures) + _spots(pair.places, actions, named)
        spots = _spots(pair.placed, actions)
        yield (
            f'<div class="pair sheet"><div>{_page(pair, pair.before, "原件", framed, uneven)}</div>'
            f"<div>{_page(pair, pair.after, '公开后', spots)}</div></div>"
        )
    for sheet in pairs.sheets:
        name = f"图片{sheet.number}" if sheet.number else "嵌入文件中的图片"
        framed, spots = _spots(sheet.places, actions, named), _spots(sheet.placed, actions)
        yield (
            f'<div class="pair sheet"><div>{_shown(name, sheet.before, "原件", framed)}</div>'
            f"<div>{_shown(name, sheet.after, '公开后', spots, _OTHERWISE)}</div></div>"
        )


def _told(pairs: PagePairs, numbers: AbstractSet[int]) -> Iterator[str]:
    yield "图片只供核对版面，文字以上面的对照为准。框的颜色同图例，点序号看依据。"
    if pairs.sheets:
        yield (
            "页面上没有框出的图片，在页面之后逐张列出。"
            if pairs.shown
            else "只列有检出内容的图片。"
        )
    if any(pair.pictures for pair in pairs.shown):
        yield "灰框是文件中的图片，编号与“［图片1］”等相同；只标“图”的没有识别，不带入公开件。"
    if pairs.sketched:
        yield "这是按文件中的文字、线条和图片画的示意图，字体统一，不含印章。"
    if pairs.uneven:
        pages = "、".join(map(str, pairs.uneven))
        yield f"第 {pages} 页除已列处理外，版式还有变化（如图片、表格、换行），请逐页核对。"
    if pairs.after and pairs.after != pairs.total and not pairs.cut:
        yield f"处理前 {pairs.total} 页，处理后 {pairs.after} 页。"
    if pairs.cut:
        yield f"文件较长，只画了前 {MOST_RENDERED} 页。"
    if missing := pairs.total - len(pairs.shown):
        yield f"先列有检出内容的页，另有 {missing} 页没有显示，请取出文件核对。"
    every = (*pairs.shown, *pairs.sheets)
    framed = {place.number for pair in every for place in pair.places}
    if left := sorted(numbers - framed):
        named = "、".join(map(str, left[:_MOST_NAMED])) + ("等" if len(left) > _MOST_NAMED else "")
        yield (
            f"有 {len(left)} 处检出内容没有画框（序号 {named}；不在所列页面上，或位置不能确定），"
            "请看文字和列表。"
        )


def _page(
    pair: PagePair,
    picture: PagePicture | None,
    side: str,
    spots: str = "",
    uneven: bool = False,
) -> str:
    changed = "（版式有变化）" if uneven else ""
    return _shown(f"第{pair.number}页", picture, side, spots, changed=changed)


def _shown(
    name: str,
    picture: PagePicture | None,
    side: str,
    spots: str,
    missing: str = "（没有公开件）",
    changed: str = "",
) -> str:
    place = f'<span class="place">{name}{changed}</span>'
    if picture is None:
        return f'{place}<span class="gone">{missing}</span>'
    source = f"data:image/{picture.kind};base64,{b64encode(picture.data).decode()}"
    return f'{place}<div class="page"><img alt="{side}{name}" src="{source}">{spots}</div>'


def _spots(places: Sequence[Place], actions: dict[int, str], named: set[int] | None = None) -> str:
    """Frame findings; one that is none of the file's is never drawn.

    The first frame of each on this picture bears its number: on every further line of it the
    number would hide what stands there. The first in the draft, not yet ``named``, is a target.
    """
    numbered: set[int] = set()
    spots: list[str] = []
    for place in places:
        number = place.number
        if number not in actions:
            continue
        target = named is not None and number not in named
        if named is not None:
            named.add(number)
        spots.append(_spot(place, actions[number], target=target, first=number not in numbered))
        numbered.add(number)
    return "".join(spots)


def _whole(pictures: Sequence[Place]) -> str:
    """Outline the pictures that a page shows, each under the number that people name it by."""
    return "".join(
        f'<span class="pic" style="{_style(place)}"><b>图{place.number or ""}</b></span>'
        for place in pictures
    )


def _spot(place: Place, action: str, *, target: bool, first: bool) -> str:
    name = f' id="p{place.number}"' if target else ""
    told = f"<b>{place.number}</b>" if first else ""
    where = f'href="#f{place.number}" style="{_style(place)}"{name}'
    return f'<a class="spot {action}" {where}>{told}</a>'


def _style(place: Place) -> str:
    shares = zip(("left", "top", "width", "height"), place[1:], strict=True)
    return ";".join(f"{name}:{100 * share:.2f}%" for name, share in shares)
