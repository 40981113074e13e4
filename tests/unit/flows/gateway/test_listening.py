"""Where the gateway listens: never in clear beyond this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.gateway.listening import require_safe
from flows.settings import read_settings
from review.errors import NotAllowedError, ReviewError, WrongUsageError


@pytest.fixture
def tls(tmp_path: Path) -> dict[str, str]:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).touch()
    return {
        "REVIEW_TLS_CERT": str(tmp_path / "cert.pem"),
        "REVIEW_TLS_KEY": str(tmp_path / "key.pem"),
    }


def judge(**environment: str) -> ReviewError | None:
    try:
        require_safe(read_settings({"REVIEW_HOME": "/nowhere", **environment}))
    except ReviewError as error:
        return error
    return None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_alone_needs_no_certificate(host: str) -> None:
    assert judge(REVIEW_API_URL=f"http://{host}:4200/api") is None


@pytest.mark.parametrize("host", ["0.0.0.0", "10.1.2.3", "review.example.gov.cn", "[::]"])
def test_other_machines_need_tls_or_a_proxy_that_has_it(host: str, tls: dict[str, str]) -> None:
    address = f"http://{host}:4200/api"
    assert isinstance(judge(REVIEW_API_URL=address), NotAllowedError)
    assert judge(REVIEW_API_URL=address, REVIEW_BEHIND_PROXY="1") is None
    assert judge(REVIEW_API_URL=address.replace("http", "https", 1), **tls) is None


def test_settings_that_contradict_one_another_are_told(tls: dict[str, str]) -> None:
    plain, secure = "http://127.0.0.1:4200/api", "https://127.0.0.1:4200/api"
    half = {"REVIEW_TLS_CERT": tls["REVIEW_TLS_CERT"]}
    lost = tls | {"REVIEW_TLS_KEY": "/nowhere/key.pem"}
    for environment in (
        {"REVIEW_API_URL": secure},
        {"REVIEW_API_URL": plain, **tls},
        {"REVIEW_API_URL": secure, **half},
        {"REVIEW_API_URL": secure, **lost},
    ):
        assert isinstance(judge(**environment), WrongUsageError)
