"""The box in which one-time-code secrets lie in the database, locked with a key file outside it."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

from flows.keyfile import KeyFile
from review.errors import UnavailableError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_UNUSABLE = "口令密钥文件缺失或与数据库不配套，请从备份取回密钥文件后再试。"


class SecretsBox:
    """Seal and open secrets with AES-256-GCM, each bound to the staff number it belongs to.

    A sealed secret moved to another person's row does not open.
    """

    def __init__(self, key_file: Path) -> None:
        self._key = KeyFile(key_file, _UNUSABLE)

    def seal(self, officer: str, secret: str) -> str:
        """Lock a secret; makes the key file at the first one."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher(self._key.read_or_create()).encrypt(
            nonce, secret.encode(), officer.encode()
        )
        return base64.b64encode(nonce + sealed).decode()

    def open(self, officer: str, sealed: str) -> str:
        """Unlock a secret; raises ``UnavailableError`` where key, officer and box do not fit."""
        from cryptography.exceptions import InvalidTag

        try:
            data = base64.b64decode(sealed, validate=True)
            nonce, locked_part = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
            opened = self._cipher(self._key.read()).decrypt(nonce, locked_part, officer.encode())
        except (InvalidTag, ValueError):
            raise UnavailableError(_UNUSABLE) from None
        return opened.decode()

    def _cipher(self, key: bytes) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(key)
