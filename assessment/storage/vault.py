"""Personal text is kept encrypted; an e-mail is found again by a keyed hash."""

import base64
import hashlib
import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assessment.errors import AssessmentError


class Vault:
    """Seals and opens text. Of several secrets, the first seals and all open, so that they can be changed."""

    def __init__(self, *secrets: str) -> None:
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(s, "seal"))) for s in secrets])
        self._hash_key = _derive(secrets[-1], "hash")

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        try:
            return self._fernet.decrypt(bytes(sealed)).decode()
        except InvalidToken:
            raise AssessmentError(
                "personal data cannot be read with this key; start with the CAREFIT_SECRET_KEY it was sealed under"
            ) from None

    def hash(self, text: str) -> str:
        """Keyed SHA-256 of text that is already in its plain form, for instance a trimmed, case-folded e-mail."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()


def secret_beside(path: Path) -> str:
    """The secret in a file that only its owner can read; made at first use."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(Fernet.generate_key().decode())
    return path.read_text().strip()


def token_hash(token: str) -> str:
    """What is kept of a random token: SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(secret: str, use: str) -> bytes:
    return hmac.new(secret.encode(), f"carefit:{use}".encode(), hashlib.sha256).digest()
