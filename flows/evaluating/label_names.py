"""What labels of public sets are called with us."""

from __future__ import annotations

from collections.abc import Mapping

from review.finding import Entity

_SYNONYMS = {
    "PHONE": Entity.PHONE_NUMBER,
    "EMAIL": Entity.EMAIL_ADDRESS,
    "IP": Entity.IP_ADDRESS,
    "ID_CARD": Entity.CN_ID_CARD,
    "ID_NUMBER": Entity.CN_ID_CARD,
    "PASSPORT": Entity.CN_PASSPORT,
    "TRAVEL_PERMIT": Entity.CN_TRAVEL_PERMIT,
    "MILITARY_ID": Entity.CN_MILITARY_ID,
    "SOCIAL_SECURITY": Entity.CN_SOCIAL_SECURITY,
    "BANK_CARD": Entity.CN_BANK_CARD,
    "CREDIT_CARD": Entity.CN_BANK_CARD,
    "PLATE": Entity.CN_LICENSE_PLATE,
    "LICENSE_PLATE": Entity.CN_LICENSE_PLATE,
    "ADDRESS": Entity.CN_ADDRESS,
    "DATE_OF_BIRTH": Entity.BIRTH_DATE,
    "WECHAT": Entity.WECHAT_ID,
    "QQ": Entity.QQ_NUMBER,
    "MEDICAL": Entity.HEALTH,
    "USCC": Entity.CN_USCC,
    "CREDIT_CODE": Entity.CN_USCC,
}
ENTITIES: Mapping[str, Entity] = {entity.value: entity for entity in Entity} | _SYNONYMS
OPTIONAL: Mapping[str, Entity] = {
    "PERSON_MASKED": Entity.PERSON,
    "PUBLIC_FIGURE": Entity.PERSON,
    "PUBLIC_PHONE": Entity.PHONE_NUMBER,
}
"""What may be found or not: names given in part, leaders in set phrases, hotlines."""
_OTHERS = """
    ORG ORGANIZATION WORKPLACE LOCATION SCENE POSITION JOB_TITLE OCCUPATION EDUCATION MAJOR SCHOOL
    NATIONALITY GENDER AGE DATE TIME INCOME SALARY BOOK MOVIE GAME URL URL_TOKEN MAC_ADDRESS IMEI
    USERNAME PASSWORD API_KEY SECRET FINANCIAL BIOMETRIC CRIMINAL_RECORD POLITICAL
    SEXUAL_ORIENTATION SELF_REFERENCE MY_NUMBER SSN ITIN IBAN RRN CPF AADHAAR NINO TAX_ID
"""
_UNMEASURED = frozenset(_OTHERS.split())


def unmeasured(label: str) -> bool:
    """Say whether a label of public sets is no entity of ours (a part of an address is none)."""
    return label in _UNMEASURED or label.startswith("ADDR_")
