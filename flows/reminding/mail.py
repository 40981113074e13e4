"""Send reminders by e-mail, encrypted wherever they leave this machine."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from flows.reminding.notice import LOOPBACK, Notice, UnsentError
from review.errors import WrongUsageError

_PORTS = {"smtp": 587, "smtps": 465}
_SECONDS = 20
_BAD_URL = "邮件服务器地址 REVIEW_SMTP_URL 请写成 smtps://用户:密码@主机:端口 或 smtp://主机:端口。"
_NO_SENDER = "设置了 REVIEW_SMTP_URL，还要用 REVIEW_MAIL_FROM 写明发件地址。"


@dataclass(frozen=True, slots=True)
class Mail:
    """Hold a mail server and the address that reminders come from.

    ``implicit_tls`` is that of ``smtps``; ``starttls`` demands it of a plain connection, and a
    server that does not offer it gets neither password nor message.
    """

    host: str
    port: int
    sender: str
    implicit_tls: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)
    name: str = "email"

    def reaches(self, notice: Notice) -> bool:
        return bool(notice.addresses)

    def send(self, notice: Notice) -> None:
        """Send a notice to all its addresses; raises ``UnsentError`` with a code, never a text."""
        message = EmailMessage()
        message["Subject"], message["From"] = notice.subject, self.sender
        message["To"] = ", ".join(notice.addresses)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(notice.text)
        try:
            with self._connect() as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise UnsentError(f"SMTP {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise UnsentError(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        if self.implicit_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=_SECONDS)


def read_mail(url: str, sender: str) -> Mail:
    """Read a mail server from its URL; raises ``WrongUsageError`` where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise WrongUsageError(_BAD_URL) from None
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise WrongUsageError(_BAD_URL)
    if "@" not in sender or any(c.isspace() for c in sender):
        raise WrongUsageError(_NO_SENDER)
    return Mail(
        host=parts.hostname,
        port=port,
        sender=sender,
        implicit_tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and parts.hostname not in LOOPBACK,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
