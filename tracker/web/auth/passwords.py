"""Passwords: how they are hashed, and which ones are refused.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from wtforms import Field
from wtforms.validators import ValidationError

MIN_LENGTH = 8
MAX_LENGTH = 128

# OWASP's figures for Argon2id: 19 MiB, two passes; a page of sign-ins must not starve a small machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())
_NOBODYS = _hasher.hash("a password that nobody has")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long without a hash, so that the time an answer takes
    does not tell whether an account exists."""
    try:
        fits = _hasher.verify(password_hash or _NOBODYS, password)
    except (Argon2Error, InvalidHashError):
        return False
    return fits and password_hash is not None


def keyed_hash(secret_key: str, purpose: str, value: str) -> str:
    """A value that can be compared but not read back without the installation's secret."""
    message = f"{purpose}:{value}".encode("utf-8", "surrogatepass")
    return hmac.new(secret_key.encode(), message, hashlib.sha256).hexdigest()


class GoodPassword:
    """8 to 128 characters, and not one of the common passwords."""

    field_flags = {"minlength": MIN_LENGTH, "maxlength": MAX_LENGTH}  # noqa: RUF012 - WTForms' own name

    def __call__(self, form: object, field: Field) -> None:
        password = field.data or ""
        if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
            raise ValidationError(f"Use {MIN_LENGTH} to {MAX_LENGTH} characters.")
        if password.casefold() in _COMMON:
            raise ValidationError("This password is too common. Choose a different one.")
