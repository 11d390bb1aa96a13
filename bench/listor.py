"""What the lists cost with a whole country in them: ./run bench listor [requests per page, 60 unless said].

80 samverkansorganisationer with 50 insatser each. The pages are first asked for with a tenth of them: the number of questions to the
database must be the same, since what a list costs follows from what it shows and not from what there is.
"""

import gc
import itertools
import os
import statistics
import sys
import time
from datetime import date

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sus.settings.test"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from behorigheter.roller import Roll  # noqa: E402
from insatser.models import (  # noqa: E402
    HOR_TILL,
    Deltagarregistrering,
    Inriktning,
    Insats,
    InsatsAr,
    InsatsBudget,
    Malgrupp,
    VolymPost,
)
from organisations.models import (  # noqa: E402
    AdministrativKostnad,
    Budgetar,
    Budgettyp,
    Finansiering,
    IngaendeOrganisation,
    Organisation,
    Samverkansorganisation,
)
from tests.factories import UppdragFactory  # noqa: E402

KRAV_MS = 150
FORBUND, FORST, INSATSER_VAR, FINANSIARER, MED_BUDGET = 80, 8, 50, 12, 30
UPPVARMNING = 5
DELTAGANDEN_VAR = 5
AR = timezone.localdate().year
LAN = ["01", "03", "05", "06", "08", "12", "14", "17", "20", "25"]
ANDRA = """
WITH person AS (
  INSERT INTO deltagare_person (id, logg_id, uppslag, personnummer, namn, fodelsear)
  SELECT gen_random_uuid(), gen_random_uuid(), sha256(convert_to(gen_random_uuid()::text, 'UTF8')), '\\x00', '\\x00', 1980
  FROM generate_series(1, %(antal)s) RETURNING id
)
INSERT INTO deltagare_deltagande (id, version, insats_id, person_id, kommun_id, startdatum, kon, alder_vid_start, utbildning,
                                  tid_forsorjning, inregistrerad)
SELECT gen_random_uuid(), 1, (%(insatser)s::bigint[])[1 + mod(row_number() OVER (), cardinality(%(insatser)s::bigint[]))], id, '1488',
       date '2011-01-10', 1, 30, 2, 2, now() FROM person
"""


def fyll_pa(fran, till):
    """The samverkansorganisationer with these numbers, with everything that their lists show."""
    forbund = Samverkansorganisation.objects.bulk_create(
        Samverkansorganisation(
            namn=f"Provbygden {nr:02}",
            samverkansform="finsam",
            startdatum=date(2009, 1, 1),
            lan_id=LAN[nr % len(LAN)],
            beskrivning="Prov. " * 60,
        )
        for nr in range(fran, till)
    )
    for rad in forbund:
        _budget(rad, _parter(rad))
        _insatser(rad)


def _parter(forbund):
    organisationer = Organisation.objects.bulk_create(
        Organisation(namn=f"Provkommunen {forbund.pk}:{nr:02}", typ="kommun") for nr in range(FINANSIARER)
    )
    return IngaendeOrganisation.objects.bulk_create(
        IngaendeOrganisation(samverkansorganisation=forbund, organisation=organisation, medlem=True, finansiar=True)
        for organisation in organisationer
    )


def _budget(forbund, parter):
    budgetar = Budgetar.objects.bulk_create(Budgetar(samverkansorganisation=forbund, ar=ar) for ar in (AR - 1, AR))
    Finansiering.objects.bulk_create(
        Finansiering(budgetar=ar, part=part, belopp=100_000 + part.pk) for ar, part in itertools.product(budgetar, parter)
    )
    AdministrativKostnad.objects.bulk_create(
        AdministrativKostnad(budgetar=ar, kostnadstyp=typ, budget=50_000, utfall=40_000)
        for ar, typ in itertools.product(budgetar, ("kring", "personal"))
    )


def _insatser(forbund):
    inriktningar = [(inriktning, preciserad) for inriktning, alla in HOR_TILL.items() for preciserad in alla]
    insatser = Insats.objects.bulk_create(
        Insats(
            samverkansorganisation=forbund,
            namn=f"Provinsatsen {nr:02} för {['arbete', 'studier', 'hälsa', 'samverkan'][nr % 4]}",
            beskrivning="Stöd till den som vill närma sig arbete. " * 20,
            startdatum=date(2010 + nr % 5, 1, 1),
            slutdatum=date(2018, 12, 31) if nr % 3 == 0 else None,
            inriktning=inriktningar[nr % len(inriktningar)][0],
            preciserad_inriktning=inriktningar[nr % len(inriktningar)][1],
            deltagarregistrering=_registrering(inriktningar[nr % len(inriktningar)][0]),
        )
        for nr in range(INSATSER_VAR)
    )
    malgrupper = list(Malgrupp.objects.exclude(pk=Malgrupp.EJ_TILLAMPLIGA)[:3])
    koppling = Insats.malgrupper.through
    koppling.objects.bulk_create(koppling(insats=insats, malgrupp=malgrupp) for insats, malgrupp in itertools.product(insatser, malgrupper))
    ar = InsatsAr.objects.bulk_create(
        InsatsAr(insats=insats, ar=ar, planerat_antal=40) for insats, ar in itertools.product(insatser[:MED_BUDGET], (AR - 1, AR))
    )
    InsatsBudget.objects.bulk_create(
        InsatsBudget(insatsar=rad, budgettyp=typ, budget=500_000, utfall=400_000) for rad, typ in itertools.product(ar, Budgettyp.values)
    )
    VolymPost.objects.bulk_create(VolymPost(insats=insats, ar=AR - 1, antal=7) for insats in insatser if insats.ar_volyminsats)
    med_personer = [insats.pk for insats in insatser if not insats.ar_volyminsats]
    with connection.cursor() as c:
        c.execute(ANDRA, {"antal": DELTAGANDEN_VAR * len(med_personer), "insatser": med_personer})


def _registrering(inriktning):
    return Deltagarregistrering.PERSONUPPGIFTER if inriktning == Inriktning.INDIVIDINRIKTAD else Deltagarregistrering.VOLYM


def sidor(forbund):
    organisationer, insatser = reverse("organisations:list"), reverse("insatser:list")
    return {
        "startsidan": reverse("start:start"),
        "samverkansorganisationer": organisationer,
        "samverkansorganisationer, sökta": f"{organisationer}?namn=Prov*0*&status=pagaende",
        "en samverkansorganisation": forbund.get_absolute_url(),
        "dess budget": f"{reverse('organisations:budget', args=[forbund.pk])}?ar={AR}",
        "sök insatser": insatser,
        "sök insatser, sist i listan": f"{insatser}?sida=10&sortera=-samverkansorganisation",
        "sök insatser, alla urval": f"{insatser}?text=arbet*&lan=14&inriktning=individinriktad&malgrupp=unga&status=pagaende&ar={AR}",
        "sök insatser, kort": f"{insatser}?vy=kort",
        "sök insatser, kort med urval": f"{insatser}?vy=kort&text=studier&ar={AR}",
    }


def analysera():
    with connection.cursor() as c:
        c.execute("ANALYZE")


def antal_fragor(klient, adress):
    """The fewest of three: now and then a request also notes that its user is still there."""
    svar = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as fragor:
            hamta(klient, adress)
        svar.append(len(fragor))
    return min(svar)


def hamta(klient, adress):
    svar = klient.get(adress)
    assert svar.status_code == 200, (adress, svar.status_code)


def tider(klient, adress, antal):
    gc.collect()
    gc.freeze()  # as sus/wsgi.py
    gc.disable()
    matta = [_tid(lambda: hamta(klient, adress)) for _ in range(antal + UPPVARMNING)]
    gc.enable()
    return matta[UPPVARMNING:]


def _tid(gor):
    start = time.perf_counter()
    gor()
    return (time.perf_counter() - start) * 1000


def main():
    antal = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    call_command("migrate", verbosity=0)
    fyll_pa(0, FORST)
    analysera()
    forbund = Samverkansorganisation.objects.order_by("pk")[3]
    administrator = UppdragFactory(roll=Roll.SAMVERKANSADMINISTRATOR, samverkansorganisation=forbund).anvandare
    klient = Client()
    klient.force_login(administrator)
    fore = {namn: antal_fragor(klient, adress) for namn, adress in sidor(forbund).items()}
    fyll_pa(FORST, FORBUND)
    analysera()
    brister = []
    with connection.cursor() as c:
        tom = statistics.median(_tid(lambda: c.execute("SELECT 1")) for _ in range(500))
    print(f"En tom fråga tar {tom:.3f} ms här: så fort är datorn just nu.")
    print(f"{Insats.objects.count()} insatser i {Samverkansorganisation.objects.count()} samverkansorganisationer.")
    print(f"{'sida':<34}{'frågor':>8}{'var':>6}{'median, ms':>13}{'95:e percentilen':>19}")
    for namn, adress in sidor(forbund).items():
        fragor, matta = antal_fragor(klient, adress), tider(klient, adress, antal)
        p95 = statistics.quantiles(matta, n=20)[-1]
        print(f"{namn:<34}{fragor:>8}{fore[namn]:>6}{statistics.median(matta):>13.1f}{p95:>19.1f}")
        brister += [f"{namn}: {p95:.0f} ms"] if p95 > KRAV_MS else []
        brister += [f"{namn}: {fragor} frågor, {fore[namn]} med en tiondel"] if fragor != fore[namn] else []
    svar = f"inte uppfyllt, {'; '.join(brister)}" if brister else "uppfyllt"
    print(f"Kravet är {KRAV_MS} ms och lika många frågor: {svar}.")
    sys.exit(bool(brister))


if __name__ == "__main__":
    main()
