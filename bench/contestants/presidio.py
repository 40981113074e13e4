"""Presidio with its stock recognisers and jieba's part-of-speech tagger as the language model.

What jieba tags ``nr`` is a PERSON. The public-suffix list comes from the snapshot that ships with
the package: nothing is fetched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from bench.contestants import Detect, Span

TITLE = "Presidio + jieba"
_ENTITIES = {
    "PERSON": "PERSON",
    "PHONE_NUMBER": "PHONE_NUMBER",
    "EMAIL_ADDRESS": "EMAIL_ADDRESS",
    "IP_ADDRESS": "IP_ADDRESS",
    "CREDIT_CARD": "CN_BANK_CARD",
}


@dataclass(frozen=True)
class _Entity:
    """Stand in for spaCy's span: what Presidio's own recogniser asks of an entity."""

    label_: str
    start_char: int
    end_char: int
    text: str


def load() -> tuple[str, Detect]:
    """Build the analyser; telephones are looked for as Chinese ones."""
    import jieba
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry(supported_languages=["zh"])
    engine = _nlp_engine()
    registry.load_predefined_recognizers(languages=["zh"], nlp_engine=engine)
    registry.remove_recognizer("PhoneRecognizer")
    registry.add_recognizer(PhoneRecognizer(supported_language="zh", supported_regions=("CN",)))
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])

    def detect(text: str) -> list[Span]:
        results = analyzer.analyze(text, "zh")
        return [
            (r.start, r.end, _ENTITIES[r.entity_type])
            for r in results
            if r.entity_type in _ENTITIES
        ]

    return version("presidio-analyzer"), detect


def _nlp_engine() -> Any:
    import jieba.posseg
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    class JiebaEngine(NlpEngine):
        def load(self) -> None:
            """Load nothing: jieba was set up before."""

        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> Any:
            words, places, people, at = [], [], [], 0
            for pair in jieba.posseg.cut(text):
                words.append(pair.word)
                places.append(at)
                end = at + len(pair.word)
                if pair.flag == "nr":
                    people.append(_Entity("PERSON", at, end, pair.word))
                at = end
            return NlpArtifacts(people, words, places, words, self, language)

        def process_batch(self, texts: Iterable[str], language: str, **_: Any) -> Iterator[Any]:
            for text in texts:
                yield text, self.process_text(text, language)

        def is_stopword(self, word: str, language: str) -> bool:
            return False

        def is_punct(self, word: str, language: str) -> bool:
            return not any(char.isalnum() for char in word)

        def get_supported_entities(self) -> list[str]:
            return ["PERSON"]

        def get_supported_languages(self) -> list[str]:
            return ["zh"]

    return JiebaEngine()
