from __future__ import annotations

from detectors.text.occurrences import apart, everywhere


def test_of_words_that_begin_together_the_longest_is_found():
    assert list(apart({"欧阳", "欧", "阳"}, "欧阳锋与欧某")) == [(0, 2), (4, 5)]


def test_words_found_apart_do_not_overlap():
    assert list(apart({"王建", "建国"}, "王建国与建国")) == [(0, 2), (4, 6)]


def test_words_found_everywhere_may_overlap():
    assert list(everywhere({"王建", "建国"}, "王建国")) == [(0, 2), (1, 3)]


def test_offsets_count_characters_of_every_plane():
    assert list(apart({"王伟"}, "\U00020000á王伟")) == [(2, 4)]


def test_nothing_is_found_of_no_words_or_in_no_text():
    assert not list(apart((), "王伟"))
    assert not list(everywhere((), "王伟"))
    assert not list(apart({"王伟"}, ""))
