"""What stands in the way of an end, and what no longer changes after it (docs/regler.md 3.2)."""

from dataclasses import dataclass

from django.urls import reverse

from behorigheter.lagen import deltaganden_utanfor, oppna_deltaganden
from sus.core.formatering import antal_i_ord
from sus.core.regelbrott import Regelbrott


@dataclass(frozen=True)
class Hinder:
    """One thing that must be done first, and the page where it is done."""

    text: str
    lank: str


class SlutHindras(Regelbrott):
    """The end is refused; `hinder` names every insats and year that is in the way."""

    def __init__(self, text: str, hinder: list[Hinder], falt: str = "slutdatum") -> None:
        super().__init__(text, falt=falt)
        self.hinder = hinder


def krav_pa_pagaende(samverkansorganisation, by):
    """Refuse a change of what has ended. The system (by None) may load what happened before SUS knew of it."""
    if by is not None and samverkansorganisation.ar_avslutad:
        raise Regelbrott(f"{samverkansorganisation} avslutades {samverkansorganisation.slutdatum} och kan inte ändras.")


def inte_utregistrerade(antal: int) -> str:
    return antal_i_ord(antal, "deltagare är inte utregistrerad", "deltagare är inte utregistrerade")


def text_om_oppna(antal: int, vad: str) -> str:
    """V38, of an insats that is to end or of its whole samverkansorganisation."""
    return f"{inte_utregistrerade(antal)}. Registrera ut {'deltagaren' if antal == 1 else 'dem'} innan {vad} avslutas."


def krav_pa_slut(samverkansorganisation, slutdatum):
    """A samverkansorganisation ends after its insatser, with nobody left in them and no later budget. Raises SlutHindras."""
    delar = [
        _insatser_som_pagar(samverkansorganisation, slutdatum),
        _oppna_deltaganden(samverkansorganisation),
        _senare_budget(samverkansorganisation, slutdatum),
    ]
    meningar = [mening for mening, hinder in delar if hinder]
    if meningar:
        raise SlutHindras(" ".join(meningar), [rad for _, hinder in delar for rad in hinder])


def _insatser_som_pagar(samverkansorganisation, slutdatum):
    insatser = samverkansorganisation.insatser.exclude(slutdatum__lte=slutdatum)
    hinder = [
        Hinder(f"{insats}: {f'slutdatum är {insats.slutdatum}' if insats.slutdatum else 'slutdatum saknas'}", insats.get_absolute_url())
        for insats in insatser
    ]
    return f"{antal_i_ord(len(hinder), 'insats', 'insatser')} pågår efter {slutdatum}. Ange slutdatum för dem först.", hinder


def _oppna_deltaganden(samverkansorganisation):
    insatser = samverkansorganisation.insatser.in_bulk()
    if not deltaganden_utanfor(list(insatser)).oppna:
        return "", []
    per_insats = oppna_deltaganden(list(insatser))
    hinder = [Hinder(f"{insatser[pk]}: {inte_utregistrerade(antal)}", insatser[pk].get_absolute_url()) for pk, antal in per_insats.items()]
    return text_om_oppna(sum(per_insats.values()), "samverkansorganisationen"), hinder


def _senare_budget(samverkansorganisation, slutdatum):
    adress = reverse("organisations:budget", args=[samverkansorganisation.pk])
    senare = samverkansorganisation.budgetar.filter(ar__gt=slutdatum.year).order_by("ar").values_list("ar", flat=True)
    hinder = [Hinder(f"Budget för {ar}", f"{adress}?ar={ar}") for ar in senare]
    return f"Det finns budget registrerad efter {slutdatum.year}. Ta bort den först.", hinder
