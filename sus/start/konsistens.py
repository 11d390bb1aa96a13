"""Checks of what must hold between rows, which no single constraint can see. Run by `kontrollera`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db import connection
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from behorigheter import handelselogg
from deltagare.koder import Avslutningsanledning
from deltagare.models import AnonymPost, Deltagande, Felregistreringsbegaran, Mattillfalle, Rattelse, Samtycke, Svar
from insatser.models import Deltagarregistrering, Insats, InsatsBudget, Malgrupp, VolymPost
from organisations.models import AdministrativKostnad, Finansiering, Samverkansorganisation
from sus.start import personkontroller

LOPANDE = """
SELECT DISTINCT insats_id, ar FROM (
  SELECT insats_id, ar, sum(antal) OVER (PARTITION BY insats_id, ar, kon, slag ORDER BY id) AS summa FROM deltagare_anonympost
  UNION ALL
  SELECT insats_id, ar, sum(antal) OVER (PARTITION BY insats_id, ar ORDER BY id) FROM insatser_volympost
) AS journal WHERE summa < 0 ORDER BY insats_id, ar
"""


@dataclass(frozen=True)
class Kontroll:
    """`brister` gives the rows that break the rule: model, key and nothing about a person."""

    kod: str
    mening: str
    brister: Callable[[], Iterable[str]]


def _rader(fraga) -> list[str]:
    return [f"{rad._meta.label} {rad.pk}" for rad in fraga.order_by("pk")]


def negativa_summor():
    """At no moment of the journals, not only in the end."""
    with connection.cursor() as c:
        c.execute(LOPANDE)
        return [f"insatser.Insats {insats}, {ar}" for insats, ar in c.fetchall()]


def finansiering_fran_annan():
    fel_organisation = ~Q(part__samverkansorganisation=F("budgetar__samverkansorganisation"))
    return _rader(Finansiering.objects.filter(fel_organisation | Q(part__finansiar=False)))


def administration_utanfor_finsam():
    return _rader(AdministrativKostnad.objects.exclude(budgetar__samverkansorganisation__samverkansform=Samverkansorganisation.Form.FINSAM))


def budget_fore_start():
    startar = ExtractYear("budgetar__samverkansorganisation__startdatum")
    return [
        rad
        for modell in (Finansiering, AdministrativKostnad)
        for rad in _rader(modell.objects.annotate(startar=startar).filter(budgetar__ar__lt=F("startar")))
    ]


def insatsbudget_i_annan():
    return _rader(
        InsatsBudget.objects.filter(part__isnull=False).exclude(part__samverkansorganisation=F("insatsar__insats__samverkansorganisation"))
    )


def malgrupper_som_inte_gar_ihop():
    ej = Malgrupp.objects.filter(insatser=OuterRef("pk"), kod=Malgrupp.EJ_TILLAMPLIGA)
    return _rader(Insats.objects.annotate(antal=Count("malgrupper")).filter(Q(antal=0) | Q(Exists(ej), antal__gt=1)))


def fel_slags_deltagare():
    """Persons or anonyma in a volyminsats, or a volym in an insats with personuppgifter."""
    personer = Exists(Deltagande.objects.filter(insats=OuterRef("pk"))) | Exists(AnonymPost.objects.filter(insats=OuterRef("pk")))
    volym = Exists(VolymPost.objects.filter(insats=OuterRef("pk")))
    med_volym = Q(deltagarregistrering=Deltagarregistrering.VOLYM)
    return _rader(Insats.objects.filter((med_volym & personer) | (~med_volym & volym)))


def deltagande_utanfor_insatsen():
    sista = Coalesce("slutdatum", "startdatum")
    return _rader(
        Deltagande.objects.annotate(sista=sista).filter(Q(startdatum__lt=F("insats__startdatum")) | Q(sista__gt=F("insats__slutdatum")))
    )


def mattillfallen_som_saknas_eller_ar_for_manga():
    """In always; ut when it has ended, but not for Utskrivning – utan mätning."""
    matt = Mattillfalle.objects.filter(deltagande=OuterRef("pk"))
    ska_ha_ut = Q(slutdatum__isnull=False) & ~Q(avslutningsanledning=Avslutningsanledning.UTAN_MATNING)
    vantat = Case(When(ska_ha_ut, then=Value(1)), default=Value(0), output_field=IntegerField())
    har_ut = Case(When(Exists(matt.filter(typ="ut")), then=Value(1)), default=Value(0), output_field=IntegerField())
    fraga = Deltagande.objects.annotate(vantat=vantat, har_ut=har_ut)
    return _rader(fraga.filter(~Exists(matt.filter(typ="in")) | ~Q(vantat=F("har_ut"))))


def utan_samtycke():
    return _rader(Deltagande.objects.filter(samtycke=None))


def fel_insats():
    modeller = (Mattillfalle, Samtycke, Svar, Rattelse, Felregistreringsbegaran)
    return [rad for modell in modeller for rad in _rader(modell.objects.exclude(insats=F("deltagande__insats")))]


KONTROLLER = [
    # First: the check of the chain comes before K13, whose look at the identities is linked when the command ends.
    Kontroll("K15", "Händelseloggen är ändrad i efterhand.", handelselogg.brister),
    Kontroll("K01", "Statistikens rader är inte desamma som deltagandena.", personkontroller.fakta_som_inte_ar_kallrader),
    Kontroll("K02", "Ett registrerat antal är mindre än noll.", negativa_summor),
    Kontroll("K03", "Pengarna kommer från en organisation som inte är finansiär här.", finansiering_fran_annan),
    Kontroll("K04", "Administrativa kostnader finns bara i Finsam.", administration_utanfor_finsam),
    Kontroll("K05", "Budgeten gäller ett år före samverkansorganisationens start.", budget_fore_start),
    Kontroll("K06", "Insatsens budgetrad hör till en organisation i en annan samverkansorganisation.", insatsbudget_i_annan),
    Kontroll("K07", "Insatsen saknar målgrupp, eller Ej tillämpliga står tillsammans med andra.", malgrupper_som_inte_gar_ihop),
    Kontroll("K08", "Deltagarna är registrerade på ett sätt som insatsen inte har.", fel_slags_deltagare),
    Kontroll("K09", "Deltagandet ligger utanför insatsens period.", deltagande_utanfor_insatsen),
    Kontroll("K10", "Ett mättillfälle saknas, eller finns fast det inte ska finnas.", mattillfallen_som_saknas_eller_ar_for_manga),
    Kontroll("K11", "Deltagandet saknar samtycke.", utan_samtycke),
    Kontroll("K12", "Det som hör till deltagandet står i en annan insats.", fel_insats),
    Kontroll("K13", "Kön eller ålder stämmer inte med personnumret.", personkontroller.kon_och_alder_som_inte_stammer),
    Kontroll("K17", "Ett krypterat värde går inte att läsa med någon av nycklarna.", personkontroller.varden_som_inte_gar_att_lasa),
    Kontroll("K18", "Uppslagsvärdet hör inte till personnumret.", personkontroller.uppslag_som_inte_stammer),
    Kontroll("K19", "En person finns kvar utan deltagande.", personkontroller.personer_utan_deltagande),
]


def med_ankare(fil: str) -> list[Kontroll]:
    """Every check; with an anchor also that the event log still holds what was anchored."""
    ankare = Kontroll("K16", "Händelseloggen stämmer inte med ankaret.", partial(handelselogg.ankarbrister, fil))
    return [*KONTROLLER, ankare] if fil else KONTROLLER
