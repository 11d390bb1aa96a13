"""The receipt of a withdrawn samtycke. Nothing of it is stored: it stands in the address, signed, for its user and for a while."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing

GILTIGT = timedelta(hours=1)
TECKEN = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


@dataclass(frozen=True)
class Aterkallelse:
    """What the participant gets: the number by which the log knows the withdrawal, the form withdrawn, and the day."""

    nummer: str
    blankett: str
    dag: date


def nytt_nummer() -> str:
    """Random; tells nothing of anybody."""
    tecken = "".join(secrets.choice(TECKEN) for _ in range(12))
    return f"{tecken[:4]}-{tecken[4:8]}-{tecken[8:]}"


def skriv_under(aterkallelse: Aterkallelse, anvandare) -> str:
    return signing.dumps([aterkallelse.nummer, aterkallelse.blankett, str(aterkallelse.dag)], salt=_salt(anvandare))


def las(text: str, anvandare) -> Aterkallelse:
    """Raises signing.SignatureExpired when it is too old, BadSignature when it is changed or somebody else's."""
    nummer, blankett, dag = signing.loads(text, salt=_salt(anvandare), max_age=GILTIGT)
    return Aterkallelse(nummer, blankett, date.fromisoformat(dag))


def _salt(anvandare) -> str:
    return f"deltagare.kvitto.{anvandare.pk}"
