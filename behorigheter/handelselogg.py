"""The event log's chain: checked here, and anchored in a file that other people keep (docs/beslut/handelseloggen.md)."""

import hmac
import os
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse, Handelselank

# Each link is compared with what the row and the link before it give: one faulty place is one finding, not all that come after.
KEDJAN = """
WITH kedja AS (
  SELECT l.lopnr, l.handelse_id, l.hash, h.id AS rad, lag(l.lopnr, 1, 0::bigint) OVER bakat AS forra,
         vagg.lankhash(lag(l.hash) OVER bakat, h) AS ratt
  FROM behorigheter_handelselank l LEFT JOIN behorigheter_handelse h ON h.id = l.handelse_id
  WINDOW bakat AS (ORDER BY l.lopnr)
)
SELECT lopnr, handelse_id, CASE WHEN rad IS NULL THEN 'borttagen' WHEN lopnr <> forra + 1 THEN 'lucka' ELSE 'andrad' END
FROM kedja WHERE rad IS NULL OR lopnr <> forra + 1 OR ratt <> hash
UNION ALL
SELECT NULL, h.id, 'utan_lank' FROM behorigheter_handelse h
WHERE NOT EXISTS (SELECT FROM behorigheter_handelselank l WHERE l.handelse_id = h.id)
ORDER BY 1, 2
"""
MENINGAR = {
    "borttagen": "Händelse {handelse} är borttagen (länk {lopnr}).",
    "lucka": "En länk före {lopnr} är borttagen.",
    "andrad": "Händelse {handelse} är ändrad eller flyttad (länk {lopnr}).",
    "utan_lank": "Händelse {handelse} saknar länk.",
}


@dataclass(frozen=True)
class Ankare:
    """The chain's last link at a point in time, signed. What has been anchored cannot be cut off or written anew unseen."""

    tid: str
    lopnr: int
    hash: str

    @property
    def signatur(self) -> str:
        text = f"ankare|{self.tid}|{self.lopnr}|{self.hash}"
        return hmac.new(settings.LOGGANKARE_NYCKEL, text.encode(), "sha256").hexdigest()

    def __str__(self):
        return f"{self.tid} {self.lopnr} {self.hash} {self.signatur}"


def brister() -> list[str]:
    """What is wrong in the chain, in Swedish. Sees the rows of its own transaction as rows without a link: ask before writing."""
    with connection.cursor() as c:
        c.execute(KEDJAN)
        return [MENINGAR[slag].format(handelse=handelse, lopnr=lopnr) for lopnr, handelse, slag in c.fetchall()]


def ankra(fil: str = "") -> Ankare | None:
    """Write the chain's last link at the end of the file, LOGGANKARE if none is named. None when there is no file or no event."""
    fil = fil or settings.LOGGANKARE
    sista = Handelselank.objects.order_by("-lopnr").first() if fil else None
    if sista is None:
        return None
    ankare = Ankare(tid=timezone.now().isoformat(timespec="seconds"), lopnr=sista.lopnr, hash=bytes(sista.hash).hex())
    with open(fil, "a", encoding="ascii") as oppen:
        oppen.write(f"{ankare}\n")
        oppen.flush()
        os.fsync(oppen.fileno())
    logga(Handelse.Typ.LOGG_ANKRAD, by=None, lopnr=ankare.lopnr)
    return ankare


def ankarbrister(fil: str) -> list[str]:
    """Anchors that are not what the chain says. A missing file is an error too: somebody has pointed at it."""
    try:
        with open(fil, encoding="ascii") as oppen:
            rader = oppen.read().splitlines()
    except (OSError, UnicodeDecodeError) as fel:
        return [f"Ankaret kan inte läsas: {fil} ({type(fel).__name__})."]
    if not rader:
        return [f"Ankaret är tomt: {fil}."]
    lasta = [_last(rad) for rad in rader]
    lankar = Handelselank.objects.in_bulk({ankare.lopnr for ankare in lasta if ankare})
    return [mening for nr, ankare in enumerate(lasta, start=1) if (mening := _brist(nr, ankare, lankar))]


def _last(rad: str) -> Ankare | None:
    """The anchor of a line, or None when the line is not as it was written."""
    try:
        tid, lopnr, hash_, signatur = rad.split(" ")
        ankare = Ankare(tid, int(lopnr), hash_)
    except ValueError:
        return None
    return ankare if hmac.compare_digest(ankare.signatur, signatur) else None


def _brist(nr: int, ankare: Ankare | None, lankar: dict) -> str:
    if ankare is None:
        return f"Ankarets rad {nr} är ändrad."
    if ankare.lopnr not in lankar:
        return f"Loggen slutar före länk {ankare.lopnr}, som fanns {ankare.tid}."
    if bytes(lankar[ankare.lopnr].hash).hex() != ankare.hash:
        return f"Länk {ankare.lopnr} är inte den som fanns {ankare.tid}."
    return ""
