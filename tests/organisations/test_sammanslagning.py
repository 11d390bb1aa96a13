"""Slå ihop: several samverkansorganisationer become a new one; the old ones keep what they had."""

import uuid
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from organisations.models import Organisation, Samverkansorganisation, Stadsdel
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    BehorighetFactory,
    DeltagandeFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db

FK = Roll.FK_ADMINISTRATOR
SLA_IHOP = "/samverkansorganisation/sla-ihop/"


def skicka(client, gamla, bekraftade="sla-ihop", **andring):
    data = {
        "nyckel": str(uuid.uuid4()), "version": 0, "spara": "", "bekraftade": bekraftade,
        "slas_ihop": [rad.pk for rad in gamla], "sista_dag": "2018-12-31",
        "namn": "Älv och Kust", "organisationsnummer": "202100-5521",
        "bestallare_namn": "Beda Best", "bestallare_epost": "beda@example.com",
    }  # fmt: skip
    if "administrator" not in andring:
        data["administrator"] = BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR).anvandare.pk
    return client.post(SLA_IHOP, data | andring)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def part(rad, organisation, **roller):
    return IngaendeOrganisationFactory(
        samverkansorganisation=rad, organisation=organisation, **{"medlem": False, "finansiar": False} | roller
    )


@pytest.fixture
def gamla():
    return [SamverkansorganisationFactory(namn=namn, lan_id="14") for namn in ("Älven", "Kusten")]


def test_the_new_one_begins_the_day_after_and_the_old_ones_point_at_it(inloggad, gamla, django_capture_on_commit_callbacks):
    administrator = BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR).anvandare
    with django_capture_on_commit_callbacks(execute=True):
        svar = skicka(inloggad(FK), gamla, administrator=administrator.pk)

    ny = Samverkansorganisation.objects.get(namn="Älv och Kust")
    assert svar.url == ny.get_absolute_url()
    assert (ny.startdatum, ny.slutdatum, ny.samverkansform, ny.lan_id) == (date(2019, 1, 1), None, "finsam", "14")
    assert {(rad.namn, rad.slutdatum) for rad in ny.foregangare.all()} == {("Älven", date(2018, 12, 31)), ("Kusten", date(2018, 12, 31))}
    assert Uppdrag.objects.get(samverkansorganisation=ny).anvandare == administrator
    assert [brev.to for brev in mail.outbox] == [["beda@example.com"], [administrator.epost]]
    handelse = Handelse.objects.get(typ="samverkansorganisation_sammanslagen")
    assert handelse.objekt == f"organisations.Samverkansorganisation:{ny.pk}"
    assert handelse.detaljer == {"sammanslagna": ["Älven", "Kusten"], "sista_dag": "2018-12-31"}


def test_the_pages_lead_both_ways(inloggad, gamla):
    client = inloggad(FK)
    skicka(client, gamla)
    ny = Samverkansorganisation.objects.get(namn="Älv och Kust")

    gammal, sidan = (client.get(rad.get_absolute_url()).text for rad in (gamla[0], ny))

    assert f'Uppgick i <a class="anchor" href="{ny.get_absolute_url()}">Älv och Kust</a>' in gammal
    assert "Bildad av" in sidan
    for rad in gamla:
        assert f'<a class="anchor" href="{rad.get_absolute_url()}">{rad}</a>, till och med 2018-12-31' in sidan


def test_areas_and_parties_are_those_of_them_all(inloggad, gamla):
    ena, andra = gamla
    goteborg = (
        Organisation.objects.get(namn="Göteborgs Stad") if Organisation.objects.filter(namn="Göteborgs Stad") else OrganisationFactory()
    )
    fk = Organisation.objects.get(typ="fk")
    for rad, kommuner in ((ena, ["1488", "1462"]), (andra, ["1462", "1480"])):
        for kod in kommuner:
            rad.omraden.create(kommun_id=kod)
        part(rad, fk, medlem=True, finansiar=rad is andra)
        part(rad, OrganisationFactory(typ="samordningsforbund"), finansiar=True, konsument=True)
    ena.omraden.create(stadsdel_id=_stadsdel("1480"))
    ena.omraden.create(stadsdel_id=_stadsdel("0180"))
    part(ena, goteborg, medlem=True)

    skicka(inloggad(FK), gamla)

    ny = Samverkansorganisation.objects.get(namn="Älv och Kust")
    omraden = {(omrade.kommun_id, omrade.stadsdel_id) for omrade in ny.omraden.all()}
    assert omraden == {("1488", None), ("1462", None), ("1480", None), (None, _stadsdel("0180"))}
    assert {(str(p), p.medlem, p.finansiar, p.konsument) for p in ny.parter.i_ordning()} == {
        ("Försäkringskassan", True, True, False),
        (str(goteborg), True, False, False),
        ("Samordningsförbundet Älv och Kust", False, True, True),
    }


def _stadsdel(kommun):
    return Stadsdel.objects.filter(kommun=kommun).earliest("pk").pk


def test_insatser_and_budget_stay_where_they_are(inloggad, gamla):
    insats = InsatsFactory(samverkansorganisation=gamla[0], slutdatum=date(2018, 6, 30))
    finansiering = FinansieringFactory(budgetar__samverkansorganisation=gamla[1])

    skicka(inloggad(FK), gamla)

    insats.refresh_from_db()
    finansiering.refresh_from_db()
    ny = Samverkansorganisation.objects.get(namn="Älv och Kust")
    assert (insats.samverkansorganisation, finansiering.budgetar.samverkansorganisation) == (gamla[0], gamla[1])
    assert not ny.insatser.exists()
    assert not ny.budgetar.exists()


def test_what_happens_is_told_before_it_does(inloggad, gamla):
    svar = skicka(inloggad(FK), gamla, bekraftade="")

    assert "Älven och Kusten avslutas 2018-12-31 och uppgår i Älv och Kust." in svar.text.replace("Kusten och Älven", "Älven och Kusten")
    assert Samverkansorganisation.objects.count() == 2


def test_what_is_in_the_way_of_an_end_stops_the_whole_with_links(inloggad, gamla):
    pagaende = InsatsFactory(samverkansorganisation=gamla[0], namn="Trampolin", slutdatum=None)
    oppen = DeltagandeFactory(insats__samverkansorganisation=gamla[1], insats__namn="Ängen", insats__slutdatum=date(2015, 1, 1)).insats

    svar = skicka(inloggad(FK), gamla)

    assert fel(svar) == {
        "sista_dag": [
            "Älven: 1 insats pågår efter 2018-12-31. Ange slutdatum för dem först. "
            "Kusten: 1 deltagare är inte utregistrerad. Registrera ut deltagaren innan samverkansorganisationen avslutas."
        ]
    }
    assert f'href="{pagaende.get_absolute_url()}">Älven: Trampolin: slutdatum saknas</a>' in svar.text
    assert f'href="{oppen.get_absolute_url()}">Kusten: Ängen: 1 deltagare är inte utregistrerad</a>' in svar.text
    assert set(Samverkansorganisation.objects.values_list("namn", "slutdatum")) == {("Älven", None), ("Kusten", None)}


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"slas_ihop": []}, "slas_ihop", "Välj minst två samverkansorganisationer."),
        ({"namn": "ÄLVEN"}, "namn", "Det finns redan en samverkansorganisation med det namnet. Välj ett annat namn."),
        ({"namn": "Finsam Väst"}, "namn", "Skriv namnet utan samverkansform. Formen anges i ett eget fält."),
        ({"namn": "x" * 51}, "namn", "Namnet får vara högst 50 tecken inklusive blanksteg."),
        ({"sista_dag": ""}, "sista_dag", "Fyll i sista dag."),
        ({"sista_dag": "2008-12-31"}, "sista_dag", "Älven börjar 2009-01-01. Välj en sista dag som inte är före dess."),
        ({"bestallare_epost": ""}, "bestallare_epost", "Fyll i beställarens e-post. Dit skickas bekräftelsen."),
        ({"administrator": ""}, "administrator", "Välj samverkansadministratör."),
    ],
)
def test_a_faulty_merger_is_refused_at_the_field(inloggad, gamla, andring, falt, text):
    svar = skicka(inloggad(FK), gamla, **andring)

    assert fel(svar) == {falt: [text]}
    assert Samverkansorganisation.objects.count() == 2


def test_one_alone_is_no_merger(inloggad, gamla):
    assert fel(skicka(inloggad(FK), gamla[:1])) == {"slas_ihop": ["Välj minst två samverkansorganisationer."]}


def test_finsam_and_tvapartsfinsam_do_not_become_one(inloggad, gamla):
    tvaparts = SamverkansorganisationFactory(samverkansform="tvaparts")

    svar = skicka(inloggad(FK), [gamla[0], tvaparts])

    assert fel(svar) == {"slas_ihop": ["Välj samverkansorganisationer som har samma samverkansform."]}


def test_two_tvaparts_become_one_without_a_samordningsforbund(inloggad):
    gamla = SamverkansorganisationFactory.create_batch(2, samverkansform="tvaparts")

    skicka(inloggad(FK), gamla)

    ny = Samverkansorganisation.objects.get(namn="Älv och Kust")
    assert ny.samverkansform == "tvaparts"
    assert not ny.parter.exists()
    assert not Organisation.objects.filter(namn__contains="Älv och Kust").exists()


def test_what_has_ended_cannot_be_merged(inloggad, gamla):
    slut = SamverkansorganisationFactory(slutdatum=date(2015, 1, 1))
    client = inloggad(FK)

    assert slut.pk not in [val.value for val, _ in client.get(SLA_IHOP).context["form"].fields["slas_ihop"].choices]
    assert list(fel(skicka(client, [gamla[0], slut]))) == ["slas_ihop"]


def test_what_has_been_merged_cannot_be_given_another_end(inloggad, gamla):
    client = inloggad(FK)
    skicka(client, gamla)
    gammal = Samverkansorganisation.objects.get(pk=gamla[0].pk)

    svar = client.post(
        reverse("organisations:grunduppgifter", args=[gammal.pk]),
        {"nyckel": str(uuid.uuid4()), "version": gammal.version, "spara": "", "namn": "Älven", "startdatum": "2009-01-01", "slutdatum": ""},
    )

    assert fel(svar) == {"slutdatum": ["Slutdatum kan inte ändras eftersom Älven har uppgått i Älv och Kust."]}


def test_the_search_for_an_administrator_keeps_what_is_ticked(inloggad, gamla):
    BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR, anvandare__fornamn="Lena")

    svar = inloggad(FK).post(SLA_IHOP, {"slas_ihop": [rad.pk for rad in gamla], "namn": "Älv och Kust", "sok_fornamn": "Le*", "sok": ""})

    form = svar.context["form"]
    assert form["slas_ihop"].value() == [str(rad.pk) for rad in gamla]
    assert (form["namn"].value(), len(form.fields["administrator"].choices)) == ("Älv och Kust", 1)


@med_riktiga_transaktioner
def test_two_who_merge_the_same_ones_at_once_make_one(inloggad, samtidigt):
    gamla = [SamverkansorganisationFactory(namn=namn) for namn in ("Älven", "Kusten")]
    administrator = BehorighetFactory(roll=Roll.SAMVERKANSADMINISTRATOR).anvandare.pk
    klienter = [inloggad(FK), inloggad(FK)]

    svar = samtidigt(lambda nr: skicka(klienter[nr], gamla, administrator=administrator, namn=f"Namn {nr}").status_code, 2)

    assert sorted(svar) == [200, 302]
    assert Samverkansorganisation.objects.count() == 3
