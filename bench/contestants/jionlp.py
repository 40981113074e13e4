"""JioNLP: its extractors of numbers, and the names that its tagger jiojio marks ``nr``."""

from __future__ import annotations

from importlib.metadata import version

from bench.contestants import Detect, Span

TITLE = "JioNLP"
_EXTRACTORS = {
    "extract_phone_number": "PHONE_NUMBER",
    "extract_email": "EMAIL_ADDRESS",
    "extract_id_card": "CN_ID_CARD",
    "extract_ip_address": "IP_ADDRESS",
    "extract_motor_vehicle_licence_plate": "CN_LICENSE_PLATE",
    "extract_qq": "QQ_NUMBER",
    "extract_wechat_id": "WECHAT_ID",
}


def load() -> tuple[str, Detect]:
    """Import the engine and load the tagger's model."""
    import jiojio
    import jionlp

    jiojio.init(pos=True)

    def detect(text: str) -> list[Span]:
        spans: list[Span] = []
        at = 0
        for word, tag in jiojio.cut(text):
            # The tagger folds some characters: its words are looked up from where the last ended.
            found = text.find(word, at)
            if found < 0:
                continue
            at = found + len(word)
            if tag == "nr":
                spans.append((found, at, "PERSON"))
        for name, entity in _EXTRACTORS.items():
            for hit in getattr(jionlp, name)(text, detail=True):
                # What it reports may be wider than the value by the characters around it.
                start = text.find(hit["text"], max(0, hit["offset"][0]))
                if start >= 0:
                    spans.append((start, start + len(hit["text"]), entity))
        return spans

    return version("jionlp"), detect
