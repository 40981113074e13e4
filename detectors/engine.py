"""Run our recognisers inside Presidio's analyser; the only module that knows Presidio."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import (
    NlpArtifacts,
    NlpEngine,
    NlpEngineProvider,
    SpacyNlpEngine,
    TransformersNlpEngine,
)
from presidio_analyzer.predefined_recognizers import SpacyRecognizer

from detectors import models
from detectors.base import Hit, Passage, Recognizer, failed
from detectors.text.nlp import words
from review.errors import ReviewError
from review.finding import Entity
from review.policy import Nlp

LANGUAGE = "zh"
_HIT = "hit"

# Presidio warns of every label of a model that we have no use for.
logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)


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
        yield from _joined([result.recognition_metadata[_HIT] for result in results])


def _joined(found: Sequence[Detected]) -> Iterator[Detected]:
    """Leave out what a model found within something of the same kind that we found ourselves."""
    ours: defaultdict[Entity, set[int]] = defaultdict(set)
    if any(each.detector == models.NAME for each in found):
        for each in found:
            if each.detector != models.NAME:
                ours[each.hit.entity].update(range(each.hit.start, each.hit.end))
    for each in found:
        own = each.detector != models.NAME
        if own or not ours[each.hit.entity].issuperset(range(each.hit.start, each.hit.end)):
            yield each


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


class ModelRecognizer:
    """Find names and addresses with the office's own model, through Presidio's configuration.

    Raises ``PolicyInvalidError`` when the model is not on this machine or cannot be loaded.
    """

    name = models.NAME
    entities = (Entity.PERSON, Entity.CN_ADDRESS)

    def __init__(self, nlp: Nlp) -> None:
        models.require(nlp)
        self._recognizer = SpacyRecognizer(LANGUAGE, list(models.LABELS))
        try:
            self._nlp = NlpEngineProvider(
                nlp_engines=(_InstalledSpacy, _InstalledTransformers),
                nlp_configuration=models.configuration(nlp, LANGUAGE),
            ).create_engine()
        except Exception:  # whatever a library says of a model, it cannot be used
            raise models.unusable(nlp) from None

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield what the model names a person, and a place that leads to a door."""
        artifacts = self._nlp.process_text(passage.text, LANGUAGE)
        for found in self._recognizer.analyze(passage.text, list(models.LABELS), artifacts):
            entity = models.entity_of(found.entity_type, passage.text[found.start : found.end])
            if entity is not None:
                yield Hit(entity, found.start, found.end, min(found.score, 1.0), models.REASON)


class _InstalledSpacy(SpacyNlpEngine):
    """Load what is installed; Presidio's own would download what is not."""

    @staticmethod
    def _download_spacy_model_if_needed(model_name: str) -> None:
        """Fetch nothing: ``models.require`` has looked."""


class _InstalledTransformers(TransformersNlpEngine):
    """Load a model from its folder on a blank pipeline, which cuts Chinese by characters."""

    def load(self) -> None:
        import spacy
        from presidio_analyzer.nlp_engine.huggingface_token_pipe import FACTORY_NAME

        model: dict[str, Any] = self.models[0]
        settings = self.ner_model_configuration
        pipeline = spacy.blank(model["lang_code"])
        pipe = {
            "model": model["model_name"]["transformers"],
            "stride": settings.stride,
            "alignment_mode": settings.alignment_mode,
            "aggregation_strategy": settings.aggregation_strategy,
            "spans_key": self.entity_key,
        }
        pipeline.add_pipe(FACTORY_NAME, config=pipe)
        self.nlp = {model["lang_code"]: pipeline}  # type: ignore[assignment]


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
            raise failed(self._recognizer.name, error) from None

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
