"""The published figures of 2011 as rows, straight from the import files: the reports' known answers must not rest on the importers."""

import csv
from datetime import date
from pathlib import Path

from deltagare.koder import Arbetstyp, Forsorjning, Kon, TidForsorjning, Utbildning
from deltagare.models import AnonymPost, Deltagande, Mattillfalle
from insatser.models import Insats, InsatsAr, InsatsBudget, Malgrupp
from organisations.models import (
    AdministrativKostnad,
    Budgetar,
    Finansiering,
    IngaendeOrganisation,
    Kommun,
    Organisation,
    Samverkansorganisation,
)
from tests.factories import PersonFactory

DATA = Path(__file__).parents[2] / "sus" / "start" / "demo" / "data" / "trollhattan-2011"
NAMN = "Trollhättan, Lilla Edet och Grästorp"


def las(slag):
    with (DATA / f"{slag}.csv").open(encoding="utf-8-sig", newline="") as fil:
        return list(csv.DictReader(fil, delimiter=";"))


def heltal(text):
    return int(text) if text else None


def lagg_upp():
    """The samverkansorganisation with everything that is known of it."""
    organisation = Samverkansorganisation.objects.create(
        namn=NAMN, samverkansform="finsam", startdatum=date(2009, 1, 1), lan=Kommun.objects.get(kod="1488").lan
    )
    parter = {}
    for rad in las("parter"):
        typ = Organisation.Typ(rad["typ"])
        part, _ = Organisation.objects.get_or_create(namn=rad["organisation"], defaults={"typ": typ})
        ja = {namn: rad[namn] == "ja" for namn in ("medlem", "finansiar", "konsument")}
        parter[rad["organisation"]] = IngaendeOrganisation.objects.create(samverkansorganisation=organisation, organisation=part, **ja)
    budgetar = Budgetar.objects.create(samverkansorganisation=organisation, ar=2011)
    for rad in las("finansiering"):
        Finansiering.objects.create(
            budgetar=budgetar, part=parter[rad["finansiar"]], belopp=int(rad["belopp"]), beskrivning=rad["beskrivning"]
        )
    for rad in las("adminkostnader"):
        AdministrativKostnad.objects.create(
            budgetar=budgetar, kostnadstyp=rad["kostnadstyp"], budget=int(rad["budget"]), utfall=heltal(rad["utfall"])
        )
    insatser = _insatser(organisation)
    _deltaganden(insatser)
    return organisation


def _insatser(organisation):
    insatser = {}
    for rad in las("insatser"):
        falt = ("inriktning", "preciserad_inriktning", "deltagarregistrering")
        insats = Insats.objects.create(
            samverkansorganisation=organisation,
            namn=rad["insats"],
            startdatum=date.fromisoformat(rad["startdatum"]),
            **{namn: rad[namn] for namn in falt},
        )
        insats.malgrupper.set(Malgrupp.objects.filter(kod__in=rad["malgrupper"].split(",")))
        insatser[rad["insats"]] = insats
    for rad in las("insatsbudget"):
        insatsar = InsatsAr.objects.create(insats=insatser[rad["insats"]], ar=int(rad["ar"]), planerat_antal=heltal(rad["planerat_antal"]))
        InsatsBudget.objects.create(insatsar=insatsar, budgettyp=rad["budgettyp"], budget=int(rad["budget"]), utfall=heltal(rad["utfall"]))
    for rad in las("anonyma"):
        for kon, antal in ((Kon.KVINNA, int(rad["kvinnor"])), (Kon.MAN, int(rad["man"]))):
            if antal:
                AnonymPost.objects.create(insats=insatser[rad["insats"]], ar=int(rad["ar"]), kon=kon, slag="anonym", antal=antal)
    return insatser


def _deltaganden(insatser):
    personer, deltaganden, matningar = {}, [], []
    for rad in las("deltaganden"):
        nummer = rad["personnummer"]
        if nummer not in personer:
            personer[nummer] = PersonFactory(personnummer_klartext=nummer)
        deltagande = _deltagande(rad, insatser[rad["insats"]], personer[nummer])
        deltaganden.append(deltagande)
        matningar.append(_mattillfalle(rad, deltagande, "in", "fore"))
        if rad["forsorjning_efter"]:
            matningar.append(_mattillfalle(rad, deltagande, "ut", "efter"))
    Deltagande.objects.bulk_create(deltaganden)
    Mattillfalle.objects.bulk_create(matningar)


def _deltagande(rad, insats, person):
    start, nummer = date.fromisoformat(rad["startdatum"]), rad["personnummer"]
    fodd = date(int(nummer[:4]), int(nummer[4:6]), int(nummer[6:8]) % 60 or 60)
    return Deltagande(
        insats=insats,
        person=person,
        kommun_id=rad["kommun"],
        startdatum=start,
        slutdatum=date.fromisoformat(rad["avslutningsdatum"]) if rad["avslutningsdatum"] else None,
        avslutningsanledning=heltal(rad["avslutningsanledning"]),
        kon=Kon.MAN if int(nummer[10]) % 2 else Kon.KVINNA,
        alder_vid_start=start.year - fodd.year - ((start.month, start.day) < (fodd.month, fodd.day)),
        utbildning=Utbildning.fran_slug(rad["utbildning"]),
        tid_forsorjning=TidForsorjning.fran_slug(rad["tid_forsorjning"]),
    )


def _mattillfalle(rad, deltagande, typ, nar):
    arbetstyp = rad[f"arbetstyp_{nar}"]
    return Mattillfalle(
        deltagande=deltagande,
        insats=deltagande.insats,
        typ=typ,
        forsorjning=sum(Forsorjning.fran_slug(slug) for slug in rad[f"forsorjning_{nar}"].split(",")),
        arbetssokande=rad[f"af_{nar}"] == "ja",
        arbete_procent=heltal(rad[f"arbete_{nar}"]),
        arbetstyp=Arbetstyp.fran_slug(arbetstyp) if arbetstyp else None,
        studier_procent=heltal(rad[f"studier_{nar}"]),
    )
