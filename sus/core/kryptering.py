"""Encryption of single values, and the look-up value by which an encrypted value is found.

AES-256-GCM with a random 96-bit nonce. The place of the value (table, column, row) and the key
version are authenticated with it, so that a ciphertext moved to another row is refused. Stored
form: one byte key version, 12 bytes nonce, ciphertext with its 16 byte tag.

Of both kinds of keys the first makes new values, and all are tried on what is stored: so a key can
be changed while SUS is in use (docs/drift.md 5).
"""

import base64
import binascii
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NYCKELLANGD = 32
NONCELANGD = 12
TAGGLANGD = 16
VERSIONER = range(1, 256)


class Nyckelfel(Exception):
    """A value cannot be decrypted, or a key is missing or unusable."""


def kryptera(text: str, plats: str) -> bytes:
    """Encrypt with the first key. `plats` is "table|column|row" and must be given again to decrypt."""
    version = next(iter(settings.SUS_NYCKLAR))
    nonce = secrets.token_bytes(NONCELANGD)
    return bytes([version]) + nonce + _nyckel(version).encrypt(nonce, text.encode(), _bindning(plats, version))


def dekryptera(data: bytes | memoryview, plats: str) -> str:
    """Decrypt with the key of the version in the value. Raises Nyckelfel for a changed value, another place or an unknown key."""
    data = bytes(data)
    if len(data) < 1 + NONCELANGD + TAGGLANGD:
        raise Nyckelfel("Det krypterade värdet är för kort.")
    version, nonce, krypterat = data[0], data[1 : 1 + NONCELANGD], data[1 + NONCELANGD :]
    try:
        return _nyckel(version).decrypt(nonce, krypterat, _bindning(plats, version)).decode()
    except InvalidTag:
        raise Nyckelfel(
            f"Värdet kan inte dekrypteras för platsen {plats}: det är ändrat, flyttat eller krypterat med en annan nyckel."
        ) from None


def ar_ny(data: bytes | memoryview) -> bool:
    """Whether the value is encrypted with the first key."""
    return bytes(data)[0] == next(iter(settings.SUS_NYCKLAR))


def uppslag(text: str) -> bytes:
    """Keyed fingerprint (HMAC-SHA-256) by which a value is found without being decrypted; with the first key."""
    return uppslagsvarden(text)[0]


def uppslagsvarden(text: str) -> list[bytes]:
    """The fingerprint with each of the keys: under any of them the value may be stored while a key is being changed."""
    return [hmac.digest(nyckel, text.encode(), "sha256") for nyckel in settings.SUS_UPPSLAGSNYCKLAR]


def las_uppslagsnycklar(text: str) -> list[bytes]:
    """Read "base64" or "base64,base64" from the environment."""
    nycklar = [las_nyckel(del_) for del_ in text.split(",")]
    if len(set(nycklar)) < len(nycklar):
        raise Nyckelfel("Samma uppslagsnyckel finns två gånger.")
    return nycklar


def las_nycklar(text: str) -> dict[int, bytes]:
    """Read "1:base64,2:base64" from the environment to {version: key}, in that order."""
    nycklar: dict[int, bytes] = {}
    for del_ in filter(None, (del_.strip() for del_ in text.split(","))):
        version, _, kodad = del_.partition(":")
        if not (version.isascii() and version.isdigit() and int(version) in VERSIONER):
            raise Nyckelfel("Varje nyckel skrivs VERSION:BASE64, där versionen är ett tal mellan 1 och 255.")
        if int(version) in nycklar:
            raise Nyckelfel(f"Nyckelversion {int(version)} finns två gånger.")
        nycklar[int(version)] = las_nyckel(kodad)
    if not nycklar:
        raise Nyckelfel("Minst en nyckel behövs.")
    return nycklar


def las_nyckel(text: str) -> bytes:
    """Read one key of 32 bytes from base64. The exception never repeats the key."""
    try:
        nyckel = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise Nyckelfel("En nyckel är inte giltig base64.") from None
    if len(nyckel) != NYCKELLANGD:
        raise Nyckelfel(f"En nyckel ska vara {NYCKELLANGD} byte men är {len(nyckel)} byte.")
    return nyckel


def _nyckel(version: int) -> AESGCM:
    try:
        return AESGCM(settings.SUS_NYCKLAR[version])
    except KeyError:
        raise Nyckelfel(f"Nyckelversion {version} saknas bland SUS_NYCKLAR.") from None


def _bindning(plats: str, version: int) -> bytes:
    return f"{plats}|{version}".encode()
