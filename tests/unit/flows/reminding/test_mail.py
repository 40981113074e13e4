from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace

import pytest

from flows.reminding.mail import Mail, read_mail
from flows.reminding.notice import Notice, UnsentError
from review.errors import WrongUsageError
from tests.fakes.mail_server import Mailbox, mail_server

NOTICE = Notice(
    "【信息公开审查】案件 2026-0001 即将到期",
    "案件 2026-0001《关于苗某某的公告》正等待“审核”环节办理。\n",
    ("lin@office.example", "guo@office.example"),
    {},
)
SENDER = "review@office.example"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


def test_a_notice_reaches_all_its_addresses_as_one_chinese_message(box: Mailbox) -> None:
    read_mail(f"smtp://127.0.0.1:{box.port}", SENDER).send(NOTICE)
    (message,) = [email.message_from_bytes(m, policy=email.policy.default) for m in box.messages]
    assert box.recipients == [list(NOTICE.addresses)]
    assert message["Subject"] == NOTICE.subject
    assert message["From"] == SENDER
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content() == NOTICE.text


def test_user_and_password_of_the_url_log_in(box: Mailbox) -> None:
    read_mail(f"smtp://r%40b:p%2Fw@127.0.0.1:{box.port}", SENDER).send(NOTICE)
    assert box.logins == ["\0r@b\0p/w"]


def test_a_server_that_refuses_leaves_a_code_and_no_address(box: Mailbox) -> None:
    box.refuse = "550 no such user lin@office.example"
    with pytest.raises(UnsentError) as refused:
        read_mail(f"smtp://127.0.0.1:{box.port}", SENDER).send(NOTICE)
    assert str(refused.value) == "SMTPRecipientsRefused"
    assert box.messages == []


def test_a_server_that_is_not_there_leaves_a_code() -> None:
    with mail_server() as gone:
        url = f"smtp://127.0.0.1:{gone.port}"
    with pytest.raises(UnsentError, match=r"^ConnectionRefusedError$"):
        read_mail(url, SENDER).send(NOTICE)


def test_a_server_that_offers_no_encryption_gets_neither_password_nor_message(
    box: Mailbox,
) -> None:
    off_this_machine = replace(
        read_mail(f"smtp://user:word@127.0.0.1:{box.port}", SENDER), starttls=True
    )
    with pytest.raises(UnsentError, match=r"^SMTPNotSupportedError$"):
        off_this_machine.send(NOTICE)
    assert box.messages == []
    assert box.logins == []
    assert not {"MAIL", "AUTH"} & set(box.commands)


def test_a_server_without_a_certificate_is_refused_where_tls_is_asked_for(box: Mailbox) -> None:
    with pytest.raises(UnsentError, match=r"^SSLError$"):
        read_mail(f"smtps://localhost:{box.port}", SENDER).send(NOTICE)


@pytest.mark.parametrize(
    ("url", "starttls", "implicit", "port"),
    [
        ("smtp://mail.office.example", True, False, 587),
        ("smtp://mail.office.example:25", True, False, 25),
        ("smtps://mail.office.example", False, True, 465),
        ("smtp://localhost:2525", False, False, 2525),
        ("smtp://127.0.0.1.office.example", True, False, 587),
    ],
)
def test_only_this_machine_is_reached_without_encryption(
    url: str, starttls: bool, implicit: bool, port: int
) -> None:
    mail = read_mail(url, SENDER)
    assert (mail.starttls, mail.implicit_tls, mail.port) == (starttls, implicit, port)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.office.example", SENDER),
        ("http://mail.office.example", SENDER),
        ("smtp://", SENDER),
        ("smtp://mail.office.example:port", SENDER),
        ("smtp://mail.office.example:99999", SENDER),
        ("smtp://mail.office.example/box", SENDER),
        ("smtp://[mail", SENDER),
        ("smtp://mail.office.example", ""),
        ("smtp://mail.office.example", "review"),
        ("smtp://mail.office.example", "a@b\nBcc: c@d"),
    ],
)
def test_settings_that_cannot_work_are_refused_without_repeating_them(
    url: str, sender: str
) -> None:
    with pytest.raises(WrongUsageError) as refused:
        read_mail(url, sender)
    assert "REVIEW_" in refused.value.message
    assert "office" not in refused.value.message


def test_the_password_does_not_show() -> None:
    assert "geheim" not in repr(read_mail("smtps://user:geheim@mail.office.example", SENDER))


def test_a_notice_for_nobody_with_an_address_is_not_for_mail() -> None:
    mail: Mail = read_mail("smtps://mail.office.example", SENDER)
    assert mail.reaches(NOTICE)
    assert not mail.reaches(replace(NOTICE, addresses=()))
