"""Run our recognisers inside Presidio's analyser; the only module that knows Presidio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from detectors.base import Hit, Passage, Recognizer
from detectors.nlp import words
from review.errors import ReviewError, UnsafeOutputError

LANGUAGE = "zh"
_HIT = "hit"


@dataclass(frozen=True, slots=True)
class Detected:
    """Join a hit with the name of the recogniser that made it."""

    detector: str
    hit: Hit


class Engine:
    """Find everything in a passage with the given recognisers and nothing of Presidio's own."""

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        registry = RecognizerRegistry(
            recognizers=[_Adapter(r) for r in recognizers], supported_languages=[LANGUAGE]
        )
        self._nlp = JiebaNlpEngine()
        self._analyzer = _Analyzer(
            registry=registry,
            nlp_engine=self._nlp,
            supported_languages=[LANGUAGE],
        )

    def find(self, passage: Passage) -> Iterator[Detected]:
        """Yield hits in any order.

        Raises ``UnsafeOutputError`` when a recogniser fails: what it would have found is unknown.
        """
        artifacts = PassageArtifacts(passage, self._nlp)
        # A threshold that is given is not looked up again for every result.
        results = self._analyzer.analyze(
            passage.text, LANGUAGE, nlp_artifacts=artifacts, score_threshold=0.0
        )
        for result in results:
            yield result.recognition_metadata[_HIT]


class PassageArtifacts(NlpArtifacts):
    """Carry the passage to the recognisers; words are cut only when somebody asks for them."""

    def __init__(self, passage: Passage, nlp_engine: NlpEngine) -> None:
        # The base class computes keywords from all words at once: nobody of ours needs them.
        self.passage = passage
        self.nlp_engine = nlp_engine
        self.language = LANGUAGE
        self.entities: list[Any] = []
        self.scores: list[float] = []
        self.keywords: list[str] = []

    def __getattr__(self, name: str) -> list[Any]:
        """Cut the words at the first look at ``tokens``, ``lemmas`` or ``tokens_indices``."""
        if name not in {"tokens", "lemmas", "tokens_indices"}:
            raise AttributeError(name)
        cut = list(words(self.passage.text))
        return [word.start if name == "tokens_indices" else word.text for word in cut]


class JiebaNlpEngine(NlpEngine):
    """Give Presidio Chinese words from jieba instead of a spaCy model."""

    def load(self) -> None:
        """Load nothing: the dictionary is read when the first word is asked for."""

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> PassageArtifacts:
        return PassageArtifacts(Passage(text), self)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,
        n_process: int = 1,
        **_: Any,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return not any(char.isalnum() for char in word)

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return [LANGUAGE]


class _Adapter(EntityRecognizer):
    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        super().__init__(
            supported_entities=[entity.value for entity in recognizer.entities],
            name=recognizer.name,
            supported_language=LANGUAGE,
        )

    def load(self) -> None:
        """Load nothing: recognisers are ready when they are made."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        assert isinstance(nlp_artifacts, PassageArtifacts)
        try:
            return [self._result(hit) for hit in self._recognizer.find(nlp_artifacts.passage)]
        except ReviewError:
            raise
        except Exception as error:
            # Not chained: the message of the cause may quote the document.
            raise UnsafeOutputError(
                f"识别器“{self._recognizer.name}”运行出错（{type(error).__name__}），"
                "不能确认本件是否安全，请转人工审查并告知系统管理员。"
            ) from None

    def _result(self, hit: Hit) -> RecognizerResult:
        return RecognizerResult(
            entity_type=hit.entity.value,
            start=hit.start,
            end=hit.end,
            score=hit.score,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self._recognizer.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                _HIT: Detected(self._recognizer.name, hit),
            },
        )


class _Analyzer(AnalyzerEngine):
    """Leave scores alone: our recognisers weigh the context themselves.

    Presidio's own way looks 5 words back and none ahead, and sorts all results anew for every
    recogniser.
    """

    def _enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        return raw_results
