"""All recognisers in force: a new one is one file and one line here."""

from __future__ import annotations

from detectors.addresses.address import AddressRecognizer
from detectors.base import Recognizer
from detectors.names.masked_names import MaskedNameRecognizer
from detectors.names.names import NameRecognizer
from detectors.numbers.bank_card import BankCardRecognizer
from detectors.numbers.birth_date import BirthDateRecognizer
from detectors.numbers.email import EmailRecognizer
from detectors.numbers.id_card import IdCardRecognizer
from detectors.numbers.ip import IpRecognizer
from detectors.numbers.license_plate import LicensePlateRecognizer
from detectors.numbers.military_id import MilitaryIdRecognizer
from detectors.numbers.passport import PassportRecognizer
from detectors.numbers.phone import PhoneRecognizer
from detectors.numbers.property_cert import PropertyCertRecognizer
from detectors.numbers.qq import QqRecognizer
from detectors.numbers.social_security import SocialSecurityRecognizer
from detectors.numbers.travel_permit import TravelPermitRecognizer
from detectors.numbers.uscc import UsccRecognizer
from detectors.numbers.wechat import WechatRecognizer
from detectors.secrecy.doubt import SecrecyDoubtRecognizer
from detectors.secrecy.mark import SecrecyMarkRecognizer
from detectors.sensitive.minor_school import MinorSchoolRecognizer
from detectors.sensitive.personal_matters import PersonalMattersRecognizer
from detectors.sensitive.sensitive import SensitiveRecognizer


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
