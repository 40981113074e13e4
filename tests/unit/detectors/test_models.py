"""A model of the office's own joins what we find; one that is not there is an error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from detectors import models
from detectors.base import Passage
from detectors.engine import Engine, ModelRecognizer
from detectors.names.names import NameRecognizer
from detectors.run import build_detector
from review.document import plain_document
from review.errors import PolicyInvalidError, UnsafeOutputError
from review.finding import Entity, Role
from review.policy import AllowList, Nlp, NlpEngine

PATTERNS = [
    {"label": "PER", "pattern": "冰凌花"},
    {"label": "PERSON", "pattern": "陈志"},
    {"label": "PERSON", "pattern": "某"},
    {"label": "PERSON", "pattern": "张某某"},
    {"label": "LOC", "pattern": "江门市"},
    {"label": "GPE", "pattern": "云水谣7栋"},
    {"label": "ORG", "pattern": "县民政局"},
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Nlp:
    """Save a small pipeline that knows a few words by heart."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(PATTERNS)  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("models") / "small"
    nlp.to_disk(folder)
    return Nlp(NlpEngine.SPACY, str(folder))


def told(nlp: Nlp, text: str) -> list[tuple[str, Entity, str]]:
    hits = ModelRecognizer(nlp).find(Passage(text))
    return [(text[h.start : h.end], h.entity, h.reason) for h in hits]


def test_the_model_finds_what_the_built_in_recognisers_cannot_know(model: Nlp) -> None:
    document = plain_document(["经查，冰凌花住云水谣7栋，向县民政局反映。"])
    without = build_detector((), AllowList()).detect(document)
    assert [f for f in without if f.entity is Entity.PERSON] == []
    found = build_detector((), AllowList(), model).detect(document)
    (person,) = (f for f in found if f.entity is Entity.PERSON)
    assert document.value(person.span) == "冰凌花"
    assert (person.detector, person.reason, person.person) == ("model", "模型识别", "P1")


def test_only_people_and_places_that_lead_to_a_door_take_part(model: Nlp) -> None:
    text = "冰凌花住江门市云水谣7栋，某向县民政局反映"
    assert told(model, text) == [
        ("冰凌花", Entity.PERSON, "模型识别"),
        ("云水谣7栋", Entity.CN_ADDRESS, "模型识别"),
    ]


def test_a_name_that_we_read_longer_is_not_cut_by_the_model(model: Nlp) -> None:
    found = Engine([NameRecognizer(), ModelRecognizer(model)]).find(Passage("当事人：陈志远，男"))
    assert [(d.detector, d.hit.start, d.hit.end) for d in found] == [("names", 4, 7)]


def test_a_mask_that_the_model_takes_for_a_name_stays_a_mask(model: Nlp) -> None:
    found = build_detector((), AllowList(), model).detect(plain_document(["原告张某某到庭"]))
    assert [(f.detector, f.role) for f in found] == [("masked_names", Role.MASKED)]


def test_what_the_model_finds_points_into_the_text_as_it_was_written(model: Nlp) -> None:
    document = plain_document(["\ufeff經查，冰凌\u200b花到場。"])
    found = build_detector((), AllowList(), model).detect(document)
    assert [document.value(f.span) for f in found] == ["冰凌\u200b花"]


def test_a_model_that_breaks_on_a_text_fails_the_scan_and_quotes_nothing(model: Nlp) -> None:
    recognizer = ModelRecognizer(model)

    def broken(_text: str, _language: str) -> Iterator[None]:
        raise ValueError("冰凌花的电话")

    recognizer._nlp.process_text = broken
    with pytest.raises(UnsafeOutputError) as caught:
        list(Engine([recognizer]).find(Passage("冰凌花的电话")))
    assert "model" in caught.value.message
    assert "冰凌花" not in caught.value.message


@pytest.mark.parametrize(
    "nlp",
    [
        Nlp(NlpEngine.SPACY, "zh_no_such_model"),
        Nlp(NlpEngine.SPACY, "/no/such/folder"),
        Nlp(NlpEngine.SPACY, "../models"),
        Nlp(NlpEngine.SPACY, "pytest\n"),
    ],
)
def test_a_model_that_is_not_there_is_an_error_that_says_what_to_do(nlp: Nlp) -> None:
    with pytest.raises(PolicyInvalidError) as caught:
        build_detector((), AllowList(), nlp)
    assert caught.value.exit_code == 8
    assert "不会自行下载" in caught.value.message


def test_a_folder_that_is_no_model_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalidError, match="无法用 spacy 加载"):
        build_detector((), AllowList(), Nlp(NlpEngine.SPACY, str(tmp_path)))


def test_a_package_that_is_no_model_is_an_error_too() -> None:
    with pytest.raises(PolicyInvalidError, match="无法用 spacy 加载"):
        build_detector((), AllowList(), Nlp(NlpEngine.SPACY, "pytest"))


@pytest.mark.skipif(models.find_spec("torch") is not None, reason="torch is installed here")
def test_without_its_packages_transformers_says_how_to_install_them(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalidError) as caught:
        build_detector((), AllowList(), Nlp(NlpEngine.TRANSFORMERS, str(tmp_path)))
    assert "torch" in caught.value.message
    assert "pip install 'prepublication-review[transformers]'" in caught.value.message


def test_a_model_of_transformers_must_be_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "find_spec", lambda _name: object())
    with pytest.raises(PolicyInvalidError, match="不会自行下载"):
        models.require(Nlp(NlpEngine.TRANSFORMERS, "someone/some-model"))


def test_the_built_in_engine_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(models, "find_spec", asked.append)
    models.require(Nlp())
    assert asked == []


OFFLINE = """
import socket, sys, subprocess
def refuse(*_, **__):
    raise AssertionError("network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
subprocess.Popen = refuse  # spaCy downloads through pip in a process of its own
from detectors.engine import ModelRecognizer
from detectors import models
from review.errors import PolicyInvalidError
from review.policy import Nlp, NlpEngine
models.require = lambda nlp: None  # even without our own look, nothing is fetched
try:
    ModelRecognizer(Nlp(NlpEngine.SPACY, "zh_core_web_sm"))
except PolicyInvalidError:
    sys.exit(0)
sys.exit("a model came from somewhere")
"""


def test_no_model_is_ever_fetched() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE],
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
