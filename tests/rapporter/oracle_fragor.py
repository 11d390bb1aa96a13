"""The answers to kompletterande frågor counted a second time: plain Python over plain rows, as in oracle.py."""

from dataclasses import dataclass, field
from datetime import date

from tests.rapporter.oracle import UTAN_MATNING, hel_procent, uppdelad

NAR = {"in": "Vid inregistrering", "ut": "Vid utregistrering"}


@dataclass
class Fraga:
    namn: str
    flera: bool
    mattillfallen: tuple[str, ...]
    fran: date
    till: date | None
    alternativ: tuple[str, ...]
    id: int = 0
    svar: dict = field(default_factory=dict)  # (place of the post, mättillfälle): the alternatives chosen

    def stalls(self, dag):
        return self.fran <= dag and (self.till is None or dag <= self.till)

    def stalldes(self, fran, till, poster):
        """In its own period, or by an answer."""
        dagar = [dag(poster[nr], typ) for nr, typ in self.svar if nr in poster]
        return (self.fran <= till and (self.till is None or fran <= self.till)) or any(fran <= d <= till for d in dagar)


def dag(post, typ):
    """The day of the mättillfälle, or None when there was none."""
    if typ == "in":
        return post.start
    return post.slut if post.slut and post.anledning != UTAN_MATNING else None


def tabeller(fragor, poster, fran, till, typer=("in", "ut"), i_insatserna=None):
    """Svarsfrekvens and one table per question and mättillfälle. `poster`: {place: post} of those in the selection, and `i_insatserna`
    of all in its insatser, when the selection has a filter on persons.
    """
    frekvens, per_fraga = [], []
    for fraga in fragor:
        if not fraga.stalldes(fran, till, i_insatserna or poster):
            continue
        for typ in (typ for typ in fraga.mattillfallen if typ in typer):
            i_tid = {nr: post for nr, post in poster.items() if (d := dag(post, typ)) and fran <= d <= till}
            fick = [nr for nr, post in i_tid.items() if fraga.stalls(dag(post, typ)) or fraga.svar.get((nr, typ))]
            svarade = [nr for nr in fick if fraga.svar.get((nr, typ))]
            frekvens.append([fraga.namn, NAR[typ], len(fick), len(svarade), hel_procent(len(svarade), len(fick))])
            rader = [_rad(text, [nr for nr in svarade if text in fraga.svar[nr, typ]], svarade, poster) for text in fraga.alternativ]
            per_fraga.append([*rader, _rad("Har svarat", svarade, svarade, poster)])
    return [frekvens, *per_fraga]


def _rad(text, valde, svarade, poster):
    return [text, *uppdelad([poster[nr] for nr in valde]), hel_procent(len(valde), len(svarade))]
