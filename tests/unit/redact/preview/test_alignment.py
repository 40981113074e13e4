"""One text found in another: certain places only."""

from __future__ import annotations

import time

from redact.preview.alignment import NOWHERE, aligned


def found(left: str, right: str, piece: str, breaks: tuple[int, ...] = ()) -> str:
    """Show what stands where a piece of the left text was found, a dot for each doubt."""
    start = left.index(piece)
    places = aligned(left, right, breaks)[start : start + len(piece)]
    return "".join("." if place == NOWHERE else right[place] for place in places)


def test_pieces_are_found_in_any_order() -> None:
    left, right = (
        "申请人赵小满符合条件。身份证号三二九八",
        "身份证号三二九八——申请人赵小满符合条件。",
    )
    places = aligned(left, right)
    assert [right[place] for place in places] == list(left)


def test_what_stands_once_is_found_however_short_its_text_is() -> None:
    assert found("赵小满", "姓名赵小满男", "赵小满") == "赵小满"


def test_what_stands_twice_is_nowhere() -> None:
    assert found("赵小满", "赵小满、赵小满", "赵小满") == "..."
    assert found("赵小满、赵小满", "赵小满", "赵小满") == "..."


def test_what_stands_twice_is_found_where_it_goes_on_from_what_stands_once() -> None:
    left = right = "甲村的赵小满，乙镇的赵小满"
    assert aligned(left, right) == list(range(len(left)))


def test_nothing_goes_on_into_another_piece_of_text() -> None:
    left, right = "一三二九八男", "一三二九八男，二九八男"
    assert aligned(left, right)[-1] == 5
    assert aligned(left, right, (5,))[-1] == NOWHERE


def test_what_two_stretches_claim_belongs_to_neither() -> None:
    number, row = "三二九八二六一九九七一零二五八二", "一五石门乡覃玉秀女家住柳溪镇梨园村"
    left, right = f"{number}一五甲乙丙{row}", f"{number}{row}"
    places = aligned(left, right)
    assert places[14:18] == [14, 15, NOWHERE, NOWHERE]
    assert places[21:25] == [NOWHERE, NOWHERE, 18, 19]


def test_two_places_never_share_one() -> None:
    left, right = "一二三四五一二三四五六七八", "一二三四五六七八一二三"
    places = [place for place in aligned(left, right) if place != NOWHERE]
    assert len(set(places)) == len(places)


def test_empty_texts_are_nowhere() -> None:
    assert aligned("", "甲") == []
    assert aligned("甲乙丙", "") == [NOWHERE] * 3


def test_the_time_grows_with_the_text_alone() -> None:
    def seconds(times: int) -> float:
        text = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(times * 10_000))
        begun = time.process_time()
        aligned(text + "甲" * times * 5_000, "甲" * times * 5_000 + text)
        return time.process_time() - begun

    seconds(1)
    assert seconds(6) < 20 * seconds(1)
