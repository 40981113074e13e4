"""What ``sslmode`` asks for is what the driver is given; no network is needed to see it."""

from __future__ import annotations

import ssl
from datetime import datetime
from pathlib import Path

import pg8000
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from flows.store.store import CaseStore
from review.errors import UnavailableError, WrongUsageError


class RefusedError(OSError):
    """Stand for a server that is not there."""


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Return what the driver's ``connect`` gets for the end of a URL."""

    def connect_with(query: str, host: str = "db.example") -> dict[str, object]:
        calls: list[dict[str, object]] = []

        def connect(*_: object, **arguments: object) -> None:
            calls.append(arguments)
            raise RefusedError

        monkeypatch.setattr(pg8000, "connect", connect)
        store = CaseStore(f"postgresql://u:p@{host}/review{query}", tmp_path / "anchor")
        with pytest.raises(UnavailableError):
            store.head()
        (arguments,) = calls
        return arguments

    return connect_with


def test_verify_full_checks_certificate_and_host_name(given):
    context = given("?sslmode=verify-full")["ssl_context"]
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert given("?sslmode=verify-full")["host"] == "db.example"


def test_verify_ca_checks_the_certificate_alone(given):
    context = given("?sslmode=verify-ca")["ssl_context"]
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert not context.check_hostname


def test_disable_asks_for_no_encryption(given):
    assert given("?sslmode=disable")["ssl_context"] is False


def test_without_a_mode_the_driver_takes_what_another_machine_offers(given):
    assert "ssl_context" not in given("")


@pytest.mark.parametrize(
    ("host", "query"),
    [("localhost", ""), ("127.0.0.1:5433", ""), ("[::1]", ""), ("", "?unix_sock=/run/x")],
)
def test_on_this_machine_nothing_is_encrypted_unless_asked_for(given, host: str, query: str):
    assert given(query, host)["ssl_context"] is False
    asked = f"{query}&sslmode=verify-full" if query else "?sslmode=verify-full"
    assert isinstance(given(asked, host)["ssl_context"], ssl.SSLContext)


@pytest.mark.parametrize(
    "query", ["require", "prefer", "allow", "on", "VERIFY-FULL", "verify-full&sslmode=disable"]
)
def test_a_mode_that_checks_nothing_is_refused_in_words(tmp_path: Path, query: str):
    url = f"postgresql://u:geheim@db.example/review?sslmode={query}"
    with pytest.raises(WrongUsageError, match="verify-full（加密") as caught:
        CaseStore(url, tmp_path / "anchor")
    assert "require、prefer、allow 不核对证书" in caught.value.message
    assert "geheim" not in caught.value.message


def authority(name: str, noon: datetime) -> bytes:
    """Make the certificate of an authority that nobody else knows."""
    key = Ed25519PrivateKey.generate()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, noon, noon)
    made = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return made.sign(key, None).public_bytes(Encoding.PEM)


def test_the_office_may_bring_its_own_authority(monkeypatch, tmp_path: Path, given, noon):
    (tmp_path / "office.pem").write_bytes(authority("office", noon))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "office.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    context = given("?sslmode=verify-full")["ssl_context"]
    assert isinstance(context, ssl.SSLContext)
    assert [found["subject"] for found in context.get_ca_certs()] == [
        ((("commonName", "office"),),)
    ]
