from __future__ import annotations

from bench.negative_list import _automaton, _bare_automaton, _tree, _union, terms


def test_the_same_seed_draws_the_same_terms() -> None:
    assert terms(200) == terms(200)
    assert len(set(terms(200))) == 200


def test_all_ways_find_the_same_terms() -> None:
    listed = terms(100)
    text = "的".join(listed[:5])
    assert {len(_automaton(listed)(text)), len(_bare_automaton(listed)(text))} == {5}  # type: ignore[arg-type]
    assert {_tree(listed)(text), _union(listed)(text)} == {5}
