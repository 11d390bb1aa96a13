"""Årsredogörelser: saved, marked as final and opened again, and what stands beside their text."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from behorigheter.logg import logga
from behorigheter.models import Handelse
from insatser.models import Arsredogorelse, Insats, InsatsAr, VolymPost
from insatser.utskrift import FLEST_SIDOR, antal_sidor
from sus.core.formatering import antal, kronor
from sus.core.regelbrott import Regelbrott

AR_KLAR = "Årsredogörelsen är klar. Öppna den igen innan du ändrar den."
KLAR_TAS_INTE_BORT = "Årsredogörelsen är klar och kan inte tas bort. Öppna den igen om du vill ta bort den."


@transaction.atomic
def spara_arsredogorelse(*, insats, ar, rubrik, text, klar=False, by):
    """Save the text of the year as a draft or, with `klar`, as final. The same draft once more changes nothing.

    Raises Regelbrott for a year that the insats has not run, for one that is final already, and when a final text would
    take more than two pages on paper (docs/regler.md 5.6).
    """
    insats = Insats.objects.select_for_update(of=("self",)).select_related("samverkansorganisation").get(pk=insats.pk)
    rad = insats.arsredogorelser.filter(ar=ar).first() or _ny(insats, ar)
    if rad.ar_klar:
        raise Regelbrott(AR_KLAR)
    andrad = (rad.rubrik, rad.text) != (rubrik, text)
    if not andrad and not klar:
        return rad
    rad.rubrik, rad.text = rubrik, text
    _stampla(rad, by)
    if klar:
        rad.klar_tid, rad.klar_av = timezone.now(), by
        _krav_pa_langden(rad)
    rad.save()
    if andrad:
        logga(Handelse.Typ.ARSREDOGORELSE_SPARAD, pa=rad, by=by, ar=ar)
    if klar:
        logga(Handelse.Typ.ARSREDOGORELSE_KLAR, pa=rad, by=by, ar=ar)
    return rad


@transaction.atomic
def oppna_arsredogorelse(*, arsredogorelse, by):
    """Make a final text a draft again. Raises Regelbrott when it is one."""
    rad = Arsredogorelse.objects.select_for_update(of=("self",)).get(pk=arsredogorelse.pk)
    if not rad.ar_klar:
        raise Regelbrott("Årsredogörelsen är redan öppnad.")
    rad.klar_tid = rad.klar_av = None
    _stampla(rad, by)
    rad.save()
    logga(Handelse.Typ.ARSREDOGORELSE_OPPNAD, pa=rad, by=by, ar=rad.ar)
    return rad


@transaction.atomic
def ta_bort_utkast(*, arsredogorelse, by):
    """Throw a draft away. Raises Regelbrott for a final text, which others have read."""
    rad = Arsredogorelse.objects.select_for_update(of=("self",)).get(pk=arsredogorelse.pk)
    if rad.ar_klar:
        raise Regelbrott(KLAR_TAS_INTE_BORT)
    logga(Handelse.Typ.ARSREDOGORELSE_BORTTAGEN, pa=rad.insats, by=by, ar=rad.ar)
    rad.delete()


def _ny(insats, ar):
    if not skrivar(insats):
        raise Regelbrott("Insatsen har inte börjat än. En årsredogörelse kan skrivas från det år då den börjar.")
    if ar not in skrivar(insats):
        raise Regelbrott(f"En årsredogörelse kan inte skrivas för {ar}. Välj ett år då insatsen har pågått.")
    return Arsredogorelse(insats=insats, ar=ar)


def _stampla(rad, by):
    if rad.pk:
        rad.ny_version(by)
    else:
        rad.andrad_tid, rad.andrad_av = timezone.now(), by


def _krav_pa_langden(rad):
    sidor = antal_sidor(rad, arsfakta([rad.insats], rad.ar)[rad.insats_id])
    if sidor > FLEST_SIDOR:
        raise Regelbrott(
            f"Texten tar {sidor} sidor på papper. Korta den till högst {FLEST_SIDOR}. Korta rader och många rubriker tar mest plats.",
            "text",
        )


def arsfakta(insatser, ar) -> dict[int, list[tuple[str, str]]]:
    """(label, value) of the year per insats: what SUS knows, so that the author need not write it. Two questions in all."""
    ider = [insats.pk for insats in insatser]
    budget = {rad.insats_id: rad for rad in InsatsAr.objects.filter(insats__in=ider, ar=ar).with_summor()}
    volym = dict(VolymPost.objects.filter(insats__in=ider, ar=ar).order_by().values_list("insats").annotate(summa=Sum("antal")))
    return {insats.pk: _fakta(insats, budget.get(insats.pk), volym.get(insats.pk)) for insats in insatser}


def _fakta(insats, insatsar, volym):
    rader = [
        ("Planerat antal", antal(insatsar and insatsar.planerat_antal)),
        ("Budget", _i_kronor(insatsar and insatsar.budget)),
        ("Utfall", _i_kronor(insatsar and insatsar.utfall)),
    ]
    if insats.ar_volyminsats:
        rader.append((insats.volymrubrik, antal(volym)))
    return [(etikett, varde or "Inte registrerat") for etikett, varde in rader]


def _i_kronor(belopp):
    return "" if belopp is None else f"{kronor(belopp)} kr"


@dataclass(frozen=True)
class Arslage:
    """How far an insats has come with a year; `arsredogorelse` is None when nothing is written."""

    insats: Insats
    ar: int
    arsredogorelse: Arsredogorelse | None
    kan_lasa: bool

    @property
    def ar_klar(self) -> bool:
        return self.arsredogorelse is not None and self.arsredogorelse.ar_klar

    @property
    def text(self) -> str:
        if self.arsredogorelse is None:
            return "Saknas"
        return "Klar" if self.ar_klar else "Utkast"

    @property
    def bricka(self) -> str:
        """The kind of the badge."""
        return {"Klar": "success-inverted", "Utkast": "info-inverted"}.get(self.text, "default")


def arslagen(samverkansorganisation, ar, kan_andra) -> list[Arslage]:
    """The insatser of a samverkansorganisation that ran in some part of the year or tell of it, by name.

    The text of a draft is open only to those who can change the insatser.
    """
    texter = Arsredogorelse.objects.filter(insats__samverkansorganisation=samverkansorganisation, ar=ar)
    skrivna = {rad.insats_id: rad for rad in texter.select_related("insats__samverkansorganisation")}
    pagick = samverkansorganisation.insatser.som_pagar_nagon_gang(date(ar, 1, 1), date(ar, 12, 31))
    insatser = samverkansorganisation.insatser.filter(Q(pk__in=pagick.values("pk")) | Q(pk__in=list(skrivna)))
    return [_lage(insats, ar, skrivna.get(insats.pk), kan_andra) for insats in insatser]


def insatsens_lagen(insats, kan_andra) -> list[Arslage]:
    """The years of an insats, latest first: every one that can be written for its authors, for others the final ones."""
    skrivna = {rad.ar: rad for rad in (insats.arsredogorelser.all() if kan_andra else insats.arsredogorelser.klara())}
    ar = sorted({*skrivna, *(skrivar(insats) if kan_andra else [])}, reverse=True)
    return [_lage(insats, ett, skrivna.get(ett), kan_andra) for ett in ar]


def _lage(insats, ar, rad, kan_andra):
    return Arslage(insats, ar, rad, kan_lasa=rad is not None and (rad.ar_klar or kan_andra))


def skrivar(insats) -> range:
    """Years that can be told of: those in which the insats has run, which are those that are counted."""
    return insats.volymar


def forvalt_ar(arval) -> int | None:
    """An årsredogörelse is written when the year has ended: last year, else the latest; None without any."""
    ifjol = timezone.localdate().year - 1
    return ifjol if ifjol in arval else max(arval, default=None)
