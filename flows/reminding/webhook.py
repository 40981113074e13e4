"""Send reminders to an address of the office: a group robot, a message bus, a portal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.reminding.notice import LOOPBACK, Notice, UnsentError
from review.errors import WrongUsageError

if TYPE_CHECKING:
    import httpx

_SECONDS = 10
_TRIES = 3
_BAD_URL = (
    "提醒的推送地址 REVIEW_WEBHOOK_URL 请写成 https:// 开头的完整网址；只有本机可以用 http://。"
)


class _BusyError(Exception):
    """An answer that says "later"."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Hold the address that gets each reminder as JSON; it may bear a key, so it is never shown.

    Beside the fields of the reminder the JSON is the text message that the robots of 企业微信 and
    钉钉 take.
    """

    url: str = field(repr=False)
    pause: float = 1.0
    name: str = "webhook"

    def reaches(self, notice: Notice) -> bool:
        return True

    def send(self, notice: Notice) -> None:
        """Post a notice; raises ``UnsentError`` with a code, never with an answer's text."""
        import httpx

        text = {"msgtype": "text", "text": {"content": f"{notice.subject}\n{notice.text}"}}
        try:
            answer = self._post({**notice.fields, **text})
        except _BusyError as busy:
            raise UnsentError(str(busy)) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnsentError(type(error).__name__) from None
        if not answer.is_success:
            raise UnsentError(f"HTTP {answer.status_code}")
        if code := _refusal(answer):
            raise UnsentError(f"errcode {code}")

    def _post(self, body: dict[str, object]) -> httpx.Response:
        """Post, and again where surely nothing was taken: not reached, or told to come later."""
        import httpx
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

        def once() -> httpx.Response:
            answer = client.post(self.url, json=body)
            if answer.status_code in (429, 502, 503):
                raise _BusyError(f"HTTP {answer.status_code}")
            return answer

        retrying = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_exponential(multiplier=self.pause),
            retry=retry_if_exception_type((_BusyError, httpx.ConnectError, httpx.ConnectTimeout)),
            reraise=True,
        )
        with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
            return retrying(once)


def _refusal(answer: httpx.Response) -> int:
    """Read the error code that robots hide in an answer that says 200; 0 is none."""
    try:
        told = answer.json()
    except ValueError:
        return 0
    code = told.get("errcode", 0) if isinstance(told, dict) else 0
    return code if isinstance(code, int) else 0


def read_webhook(url: str) -> Webhook:
    """Read the address of a webhook; raises ``WrongUsageError`` where it is none."""
    try:
        parts = urlsplit(url)
        local = parts.hostname in LOOPBACK
        known = parts.scheme == "https" or (parts.scheme == "http" and local)
        _ = parts.port
    except ValueError:
        raise WrongUsageError(_BAD_URL) from None
    if not known or not parts.hostname:
        raise WrongUsageError(_BAD_URL)
    return Webhook(url)
