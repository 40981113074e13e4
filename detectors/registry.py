"""All recognisers in force: a new one is one file and one line here."""

from __future__ import annotations

from detectors.address import AddressRecognizer
from detectors.bank_card import BankCardRecognizer
from detectors.base import Recognizer
from detectors.birth_date import BirthDateRecognizer
from detectors.email import EmailRecognizer
from detectors.id_card import IdCardRecognizer
from detectors.ip import IpRecognizer
from detectors.license_plate import LicensePlateRecognizer
from detectors.masked_names import MaskedNameRecognizer
from detectors.military_id import MilitaryIdRecognizer
from detectors.minor_school import MinorSchoolRecognizer
from detectors.names import NameRecognizer
from detectors.passport import PassportRecognizer
from detectors.personal_matters import PersonalMattersRecognizer
from detectors.phone import PhoneRecognizer
from detectors.property_cert import PropertyCertRecognizer
from detectors.qq import QqRecognizer
from detectors.secrecy_doubt import SecrecyDoubtRecognizer
from detectors.secrecy_mark import SecrecyMarkRecognizer
from detectors.sensitive import SensitiveRecognizer
from detectors.social_security import SocialSecurityRecognizer
from detectors.travel_permit import TravelPermitRecognizer
from detectors.uscc import UsccRecognizer
from detectors.wechat import WechatRecognizer


def recognizers() -> tuple[Recognizer, ...]:
    """Make one of each recogniser."""
    return (
        SecrecyMarkRecognizer(),
        SecrecyDoubtRecognizer(),
        NameRecognizer(),
        MaskedNameRecognizer(),
        AddressRecognizer(),
        IdCardRecognizer(),
        PassportRecognizer(),
        TravelPermitRecognizer(),
        MilitaryIdRecognizer(),
        SocialSecurityRecognizer(),
        BankCardRecognizer(),
        PhoneRecognizer(),
        EmailRecognizer(),
        WechatRecognizer(),
        QqRecognizer(),
        IpRecognizer(),
        LicensePlateRecognizer(),
        PropertyCertRecognizer(),
        UsccRecognizer(),
        BirthDateRecognizer(),
        SensitiveRecognizer(),
        MinorSchoolRecognizer(),
        PersonalMattersRecognizer(),
    )
