"""The real path of a transformers model, where torch is installed: it is no test dependency."""

from __future__ import annotations

from pathlib import Path

import pytest

from detectors.base import Passage
from detectors.engine import ModelRecognizer
from detectors.run import build_detector
from review.document import plain_document
from review.errors import PolicyInvalidError
from review.finding import Entity
from review.policy import AllowList, Nlp, NlpEngine

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

TEXT = "经查，冰凌花符合条件。"
LABELS = ["O", "B-PER", "I-PER"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Nlp:
    """Teach a model of one layer, from random weights, the one name of one sentence."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    folder.mkdir()
    (folder / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(TEXT))])
    )
    tokenizer = transformers.BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=64)
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0, id2label=dict(enumerate(LABELS)),
        label2id={label: place for place, label in enumerate(LABELS)},
    )  # fmt: skip
    tagger = transformers.BertForTokenClassification(config)
    start = TEXT.index("冰凌花") + 1  # behind the sign that opens the sentence
    wanted = torch.zeros(1, len(TEXT) + 2, dtype=torch.long)
    wanted[0, start : start + 3] = torch.tensor([1, 2, 2])
    tokens = tokenizer(TEXT, return_tensors="pt")
    optimizer = torch.optim.Adam(tagger.parameters(), lr=0.02)
    for _ in range(60):
        optimizer.zero_grad()
        tagger(**tokens, labels=wanted).loss.backward()
        optimizer.step()
    tagger.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return Nlp(NlpEngine.TRANSFORMERS, str(folder))


def test_a_model_from_a_folder_finds_its_name(model: Nlp) -> None:
    hits = list(ModelRecognizer(model).find(Passage(TEXT)))
    assert [(TEXT[h.start : h.end], h.entity, h.reason) for h in hits] == [
        ("冰凌花", Entity.PERSON, "模型识别")
    ]


def test_a_text_longer_than_the_model_reads_at_once_is_read_whole(model: Nlp) -> None:
    text = "条件符合。" * 40 + TEXT
    assert any(h.start >= 200 for h in ModelRecognizer(model).find(Passage(text)))


def test_its_findings_join_ours(model: Nlp) -> None:
    document = plain_document([TEXT])
    found = build_detector((), AllowList(), model).detect(document)
    assert [(document.value(f.span), f.detector) for f in found] == [("冰凌花", "model")]


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalidError, match="无法用 transformers 加载"):
        build_detector((), AllowList(), Nlp(NlpEngine.TRANSFORMERS, str(tmp_path)))
