"""THULAC in pure Python: the words that its tagger marks ``np`` are names, it finds no numbers."""

from __future__ import annotations

from importlib.metadata import version

from bench.contestants import Detect, Span

TITLE = "THULAC"


def load() -> tuple[str, Detect]:
    """Load the joint model of words and tags."""
    import thulac

    tagger = thulac.thulac()

    def detect(text: str) -> list[Span]:
        spans: list[Span] = []
        at = 0
        for word, tag in tagger.cut(text):
            # The tagger drops and folds white space: words are looked up behind the last.
            found = text.find(word, at)
            if found < 0:
                continue
            at = found + len(word)
            if tag == "np":
                spans.append((found, at, "PERSON"))
        return spans

    return version("thulac"), detect
