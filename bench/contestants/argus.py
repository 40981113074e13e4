"""argus-redact in its fast mode: patterns and surnames in Rust, no model."""

from __future__ import annotations

from importlib.metadata import version

from bench.contestants import Detect, Span

TITLE = "argus-redact（fast）"
# Its other kinds (organisation, age, occupation …) have no counterpart here and are left out.
_ENTITIES = {
    "person": "PERSON",
    "phone": "PHONE_NUMBER",
    "phone_landline": "PHONE_NUMBER",
    "email": "EMAIL_ADDRESS",
    "ip_address": "IP_ADDRESS",
    "id_number": "CN_ID_CARD",
    "passport": "CN_PASSPORT",
    "eep": "CN_TRAVEL_PERMIT",
    "hrp": "CN_TRAVEL_PERMIT",
    "military_id": "CN_MILITARY_ID",
    "social_security": "CN_SOCIAL_SECURITY",
    "bank_card": "CN_BANK_CARD",
    "license_plate": "CN_LICENSE_PLATE",
    "address": "CN_ADDRESS",
    "date_of_birth": "BIRTH_DATE",
    "wechat": "WECHAT_ID",
    "qq": "QQ_NUMBER",
    "medical": "HEALTH",
    "religion": "RELIGION",
    "ethnicity": "ETHNICITY",
    "credit_code": "CN_USCC",
}


def load() -> tuple[str, Detect]:
    """Import the engine; it reads its patterns at the first text."""
    from argus_redact import redact

    def detect(text: str) -> list[Span]:
        report = redact(text, mode="fast", lang="zh", report=True)
        return [
            (found["start"], found["end"], _ENTITIES[found["type"]])
            for found in report.entities
            if found["type"] in _ENTITIES
        ]

    return version("argus-redact"), detect
