"""The second sign-in step: codes that change every 30 seconds (RFC 6238), and codes on paper."""

import secrets
from datetime import datetime

import pyotp
import segno

STEP = 30  # seconds
DRIFT = 1  # steps a phone's clock may be ahead or behind
DIGITS = 6

RECOVERY_CODES = 10
_RECOVERY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike on paper
_RECOVERY_LENGTH = 12  # letters; 59 random bits


def new_secret() -> str:
    """Make a key of 160 random bits, as authenticator apps read it (base 32)."""
    return pyotp.random_base32()


def address_for_app(secret: str, *, account: str, issuer: str) -> str:
    """Give the otpauth:// address that an authenticator app reads from the QR code."""
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    return totp.provisioning_uri(name=account, issuer_name=issuer)


def picture_of(address: str) -> str:
    """Draw the QR code of an address as an inline SVG: ink on white in every theme."""
    code = segno.make(address, error="m")
    return str(code.svg_inline(scale=5, border=3, dark="#1a2238", light="#fff", lineclass=None))


def matching_step(secret: str, code: str, moment: datetime, *, after: int) -> int | None:
    """Find the time step whose code this is, later than the step `after`; None when there is none.

    The caller keeps the step it was given, so that a code works once (RFC 6238 §5.2).
    """
    typed = "".join(code.split())
    now = int(moment.timestamp()) // STEP
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Make the codes for paper, in groups of four letters."""
    return [_grouped(_random_letters()) for _ in range(RECOVERY_CODES)]


def bare(recovery_code: str) -> str:
    """The code's letters alone, however it was typed."""
    return "".join(c for c in recovery_code.lower() if c.isalnum())


def _random_letters() -> str:
    return "".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_LENGTH))


def _grouped(code: str) -> str:
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
