"""Presidio runs our recognisers, offline, without a model, and never swallows an error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors.base import Hit, Passage
from detectors.engine import Engine, JiebaNlpEngine
from review.errors import UnsafeOutputError
from review.finding import Entity, Role


class Fixed:
    """Find the whole passage under every header, or break."""

    name = "fixed"
    entities = (Entity.PERSON,)

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def find(self, passage: Passage) -> Iterator[Hit]:
        if self.error:
            raise self.error
        for start, end, header in passage.headers:
            yield Hit(Entity.PERSON, start, end, 0.5, header, Role.WITNESS)


def test_a_passage_reaches_the_recogniser_with_its_headers_and_comes_back_with_its_role():
    (found,) = Engine([Fixed()]).find(Passage("张三", ((0, 2, "姓名"),)))
    assert found.detector == "fixed"
    assert found.hit == Hit(Entity.PERSON, 0, 2, 0.5, "姓名", Role.WITNESS)


def test_no_stock_recogniser_takes_part():
    text = "zhang@test.com 4111111111111111 192.168.1.1 http://a.cn"
    assert list(Engine([Fixed()]).find(Passage(text))) == []


def test_a_recogniser_that_fails_fails_the_scan_without_quoting_the_text():
    with pytest.raises(UnsafeOutputError) as caught:
        list(Engine([Fixed(KeyError("张三的电话"))]).find(Passage("张三的电话")))
    assert "fixed" in caught.value.message
    assert "张三" not in caught.value.message
    assert caught.value.__cause__ is None


def test_words_come_from_jieba_only_when_asked_for():
    artifacts = JiebaNlpEngine().process_text("江门市人民政府发布", "zh")
    assert "人民政府" in artifacts.tokens
    assert artifacts.tokens_indices[0] == 0
    assert len(artifacts.lemmas) == len(artifacts.tokens_indices)
    with pytest.raises(AttributeError):
        artifacts.nothing  # noqa: B018


OFFLINE = """
import socket, sys
def refuse(*_):
    raise AssertionError("network")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from detectors.run import build_detector
from review.document import plain_document
from review.policy import AllowList
detector = build_detector((), AllowList())
text = "张三的电话13800138000，邮箱zhang@test.com，江门市人民政府"
found = detector.detect(plain_document([text]))
assert {"PHONE_NUMBER", "EMAIL_ADDRESS"} <= {f.entity.value for f in found}
import spacy.util
assert not spacy.util.get_installed_models()
from detectors.text.nlp import words
assert [w.text for w in words("江门市人民政府")] == ["江门市", "人民政府"]
"""


def test_first_use_needs_no_network_no_model_and_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path,
):
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE],
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_importing_the_way_in_does_not_load_presidio():
    code = "import sys, detectors.run; sys.exit('presidio_analyzer' in sys.modules)"
    env = {"PYTHONPATH": str(Path(__file__).parents[3])}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0
