"""Where the gateway may listen: passwords cross no network in clear."""

from __future__ import annotations

from urllib.parse import urlsplit

from flows.settings import Settings
from review.errors import NotAllowedError, WrongUsageError


def require_safe(settings: Settings) -> None:
    """Make sure that what the browser sends is encrypted wherever it leaves this machine.

    Raises ``NotAllowedError`` where it is not and ``WrongUsageError`` where the settings
    contradict one another.
    """
    encrypted = urlsplit(settings.api_url).scheme == "https"
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise WrongUsageError("REVIEW_TLS_CERT 和 REVIEW_TLS_KEY 要一起设置。")
    if encrypted != (settings.tls_cert is not None):
        raise WrongUsageError(
            "用 TLS 时 REVIEW_API_URL 要以 https:// 开头，并设置 REVIEW_TLS_CERT 和 "
            "REVIEW_TLS_KEY；不用 TLS 时三者都不要设置。"
        )
    for file in (settings.tls_cert, settings.tls_key):
        if file is not None and not file.is_file():
            raise WrongUsageError("REVIEW_TLS_CERT 或 REVIEW_TLS_KEY 所指的文件不存在，请核对。")
    if not (settings.is_local or encrypted or settings.behind_proxy):
        raise NotAllowedError(
            "网页不只对本机开放，必须加密：请设置 REVIEW_TLS_CERT 和 REVIEW_TLS_KEY；"
            "前面已有加密的代理时，设置 REVIEW_BEHIND_PROXY=1。"
        )
