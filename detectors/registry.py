"""All recognisers in force: a new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Sequence

from detectors.address import AddressRecognizer
from detectors.bank_card import BankCardRecognizer
from detectors.base import Recognizer
from detectors.email import EmailRecognizer
from detectors.id_card import IdCardRecognizer
from detectors.names import NameRecognizer
from detectors.phone import PhoneRecognizer
from review.policy import Term


def recognizers(terms: Sequence[Term]) -> tuple[Recognizer, ...]:
    """Make one of each recogniser; ``terms`` is the negative list in force."""
    return (
        NameRecognizer(),
        AddressRecognizer(),
        IdCardRecognizer(),
        PhoneRecognizer(),
        BankCardRecognizer(),
        EmailRecognizer(),
    )
