"""Giving and ending uppdrag."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions import aterkalla_uppdrag, avsluta_uppdrag, ge_flera_uppdrag, ge_uppdrag
from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from sus.core.regelbrott import Regelbrott
from tests.factories import (
    AnvandareFactory,
    BehorighetFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db
SA, IA, DA, STOD, FK = (
    Roll.SAMVERKANSADMINISTRATOR,
    Roll.INSATSANSVARIG,
    Roll.DELTAGARANSVARIG,
    Roll.SUS_STOD,
    Roll.FK_ADMINISTRATOR,
)


def skicka(client, adress, **data):
    return client.post(adress, {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""} | data)


def fel(svar):
    return svar.context["form"].errors


def test_nobody_gives_oneself_an_uppdrag():
    insats = InsatsFactory()
    ansvarig = UppdragFactory(roll=Roll.INSATSANSVARIG, samverkansorganisation=insats.samverkansorganisation).anvandare
    BehorighetFactory(anvandare=ansvarig, roll=Roll.DELTAGARANSVARIG)

    with pytest.raises(Regelbrott, match="dig själv"):
        ge_uppdrag(anvandare=ansvarig, objekt=insats, roll=Roll.DELTAGARANSVARIG, fran=timezone.localdate(), by=ansvarig)

    assert not Uppdrag.objects.filter(insats=insats).exists()


def test_a_manipulated_choice_of_oneself_is_refused_on_the_page(inloggad):
    insats = InsatsFactory()
    client = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)
    BehorighetFactory(anvandare=client.anvandare, roll=Roll.DELTAGARANSVARIG)

    client.post(
        reverse("insatser:uppdrag_ge", args=[insats.pk]),
        {"anvandare": [client.anvandare.pk], "fran": str(timezone.localdate()), "version": 0},
    )

    assert not Uppdrag.objects.filter(insats=insats).exists()


def test_ending_an_uppdrag_never_makes_it_longer():
    idag = timezone.localdate()
    uppdrag = UppdragFactory(till=idag + timedelta(days=10))

    with pytest.raises(Regelbrott, match="slutar redan"):
        avsluta_uppdrag(uppdrag=uppdrag, till=idag + timedelta(days=20), by=None)

    avsluta_uppdrag(uppdrag=uppdrag, till=idag, by=None)
    uppdrag.refresh_from_db()
    assert uppdrag.till == idag


def test_an_uppdrag_that_is_ended_at_once_stops_the_next_request(inloggad):
    insats = InsatsFactory()
    ansvarig = inloggad(IA, insats.samverkansorganisation)
    administrator = inloggad(SA, insats.samverkansorganisation)
    uppdrag = ansvarig.anvandare.uppdrag.get()
    fore = ansvarig.get(reverse("insatser:update", args=[insats.pk]))

    svar = skicka(administrator, reverse("organisations:uppdrag_avsluta", args=[uppdrag.pk]), genast="on", till="")

    assert svar.url == reverse("organisations:uppdrag", args=[insats.samverkansorganisation_id])
    assert (fore.status_code, ansvarig.get(reverse("insatser:update", args=[insats.pk])).status_code) == (200, 404)
    uppdrag.refresh_from_db()
    assert uppdrag.ar_avslutat
    assert Handelse.objects.get(typ="uppdrag_avslutat").detaljer["till"] == "genast"


def test_an_uppdrag_is_ended_once():
    uppdrag = UppdragFactory()
    aterkalla_uppdrag(uppdrag=uppdrag, by=None)

    for avsluta in (
        lambda: aterkalla_uppdrag(uppdrag=uppdrag, by=None),
        lambda: avsluta_uppdrag(uppdrag=uppdrag, till=uppdrag.fran, by=None),
    ):
        with pytest.raises(Regelbrott, match="redan avslutat"):
            avsluta()


def test_an_uppdrag_that_was_ended_at_once_can_be_given_anew_the_same_day():
    gammalt = UppdragFactory()
    aterkalla_uppdrag(uppdrag=gammalt, by=None)

    nytt = ge_uppdrag(
        anvandare=gammalt.anvandare, objekt=gammalt.samverkansorganisation, roll=gammalt.roll, fran=timezone.localdate(), by=None
    )

    assert list(gammalt.anvandare.uppdrag.aktuella()) == [nytt]


def test_without_a_last_day_the_end_is_asked_for(inloggad):
    uppdrag = UppdragFactory()
    client = inloggad(SA, uppdrag.samverkansorganisation)

    svar = skicka(client, reverse("organisations:uppdrag_avsluta", args=[uppdrag.pk]), till="")

    assert fel(svar) == {"till": ["Fyll i sista dag, eller kryssa för Avsluta genast."]}
    uppdrag.refresh_from_db()
    assert not uppdrag.ar_avslutat


def test_who_is_samverkansadministrator_elsewhere_is_told_why_not_deltagaransvarig():
    """The uppdrag lies idle, so that the behörighet as deltagaransvarig is allowed."""
    anvandare = UppdragFactory(roll=SA, behorighet=False).anvandare
    BehorighetFactory(anvandare=anvandare, roll=DA)
    insats = InsatsFactory()

    with pytest.raises(Regelbrott, match=r"kan inte kombineras med deltagaransvarig\..*redan uppdrag som samverkansadministratör") as brott:
        ge_uppdrag(anvandare=anvandare, objekt=insats, roll=DA, fran=timezone.localdate(), by=None)

    assert brott.value.falt == "anvandare"
    with pytest.raises(IntegrityError, match="uppdrag_roller_som_inte_far_forenas"), transaction.atomic():
        Uppdrag.objects.create(anvandare=anvandare, roll=DA, insats=insats, fran=timezone.localdate())


def test_the_roles_may_follow_on_each_other():
    idag = timezone.localdate()
    anvandare = UppdragFactory(roll=SA, behorighet=False, till=idag - timedelta(days=1)).anvandare
    BehorighetFactory(anvandare=anvandare, roll=DA)

    assert ge_uppdrag(anvandare=anvandare, objekt=InsatsFactory(), roll=DA, fran=idag, by=None)


# The warnings


def test_the_last_deltagaransvarig_is_ended_only_after_a_warning(inloggad):
    insats = InsatsFactory(namn="Hjortmossen")
    client = inloggad(IA, insats.samverkansorganisation)
    uppdrag = UppdragFactory(roll=DA, insats=insats)
    adress = reverse("insatser:uppdrag_avsluta", args=[uppdrag.pk])

    varnad = skicka(client, adress, genast="on")
    uppdrag.refresh_from_db()
    assert "Hjortmossen blir utan deltagaransvarig." in varnad.text
    assert not uppdrag.ar_avslutat

    skicka(client, adress, genast="on", bekraftade="utan-deltagaransvarig")
    uppdrag.refresh_from_db()
    assert uppdrag.ar_avslutat


@pytest.mark.parametrize(
    ("kvar", "varnas"),
    [
        ({}, False),
        ({"till": timedelta(days=5)}, False),
        ({"till": timedelta(0)}, True),
        ({"fran": timedelta(days=2)}, True),
        ({"behorighet": False}, True),
    ],
    ids=["another goes on", "another for some days", "another ends the same day", "another begins later", "another lies idle"],
)
def test_an_insats_is_left_empty_when_nobody_who_may_register_remains(kvar, varnas):
    idag = timezone.localdate()
    uppdrag = UppdragFactory(roll=DA, insats=InsatsFactory())
    UppdragFactory(
        roll=DA, insats=uppdrag.insats, **{falt: idag + varde if falt != "behorighet" else varde for falt, varde in kvar.items()}
    )

    tomma = Uppdrag.objects.filter(pk=uppdrag.pk).som_lamnar_insatsen_tom(idag)

    assert tomma.exists() is varnas


def test_an_ended_insats_needs_nobody():
    uppdrag = UppdragFactory(roll=DA, insats=InsatsFactory(slutdatum=timezone.localdate()))

    assert not Uppdrag.objects.filter(pk=uppdrag.pk).som_lamnar_insatsen_tom(timezone.localdate()).exists()


def test_a_deltagaransvarig_from_outside_the_members_is_appointed_only_after_a_warning(inloggad):
    insats = InsatsFactory()
    forbund = insats.samverkansorganisation
    client = inloggad(IA, forbund)
    inne, ute, finansiar = (BehorighetFactory(roll=DA).anvandare for _ in range(3))
    IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation=inne.arbetsgivare)
    IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation=finansiar.arbetsgivare, medlem=False)
    adress, data = reverse("insatser:uppdrag_ge", args=[insats.pk]), {"fran": str(timezone.localdate())}

    varnad = skicka(client, adress, anvandare=[inne.pk, ute.pk, finansiar.pk], **data)
    assert {kod for kod, _ in varnad.context["varningar"]} == {f"inte-medlem-{rad.pk}-{forbund.pk}" for rad in (ute, finansiar)}
    assert f"{ute} är anställd hos {ute.arbetsgivare}, som inte är medlem i {forbund}." in varnad.text
    assert not insats.uppdrag.exists()

    skicka(client, adress, anvandare=[inne.pk], **data)
    skicka(client, adress, anvandare=[ute.pk], bekraftade=f"inte-medlem-{ute.pk}-{forbund.pk}", **data)
    assert {rad.anvandare for rad in insats.uppdrag.all()} == {inne, ute}


# SUS-stödjare, and uppdrag in several places


def test_a_samverkansadministrator_gives_a_sus_stodjare_the_own_forbund_and_sees_it(inloggad):
    forbund = SamverkansorganisationFactory()
    client = inloggad(SA, forbund)
    stod = BehorighetFactory(roll=STOD).anvandare

    skicka(client, reverse("organisations:uppdrag_ge", args=[forbund.pk, STOD]), anvandare=[stod.pk], fran=str(timezone.localdate()))

    assert stod.uppdrag.get().samverkansorganisation == forbund
    assert str(stod) in client.get(reverse("organisations:uppdrag", args=[forbund.pk])).text


def test_a_sus_stodjare_reads_the_uppdrag_of_the_own_forbund_and_changes_nothing(inloggad):
    forbund = SamverkansorganisationFactory()
    uppdrag = UppdragFactory(samverkansorganisation=forbund)
    client = inloggad(STOD, forbund)

    sida = client.get(reverse("organisations:uppdrag", args=[forbund.pk]))

    assert str(uppdrag.anvandare) in sida.text
    assert "Ge uppdrag" not in sida.text
    assert reverse("organisations:uppdrag_avsluta", args=[uppdrag.pk]) not in sida.text
    assert client.get(reverse("organisations:uppdrag_avsluta", args=[uppdrag.pk])).status_code == 403
    assert client.get(reverse("organisations:uppdrag", args=[SamverkansorganisationFactory().pk])).status_code == 404


def test_a_sus_stodjare_gets_several_forbund_and_a_whole_lan_in_one_step(inloggad):
    ett, tva = SamverkansorganisationFactory.create_batch(2, lan_id="14")
    skane = SamverkansorganisationFactory(lan_id="12")
    SamverkansorganisationFactory(lan_id="01")
    avslutad = SamverkansorganisationFactory(lan_id="14", slutdatum=timezone.localdate() - timedelta(days=1))
    behorighet = BehorighetFactory(roll=STOD)
    har_redan = UppdragFactory(anvandare=behorighet.anvandare, roll=STOD, samverkansorganisation=SamverkansorganisationFactory(lan_id="14"))
    client = inloggad(FK)
    adress = reverse("behorigheter:uppdrag_till", args=[behorighet.pk])

    sida = client.get(adress)
    svar = skicka(client, adress, lan=["14"], platser=[skane.pk], fran=str(timezone.localdate()))

    assert str(avslutad) not in sida.text
    assert svar.url == reverse("behorigheter:utan_uppdrag")
    nya = behorighet.anvandare.uppdrag.exclude(pk=har_redan.pk)
    assert {rad.samverkansorganisation for rad in nya} == {ett, tva, skane}
    assert Handelse.objects.filter(typ="uppdrag_givet").count() == 3


def test_nothing_chosen_is_said_at_the_field(inloggad):
    behorighet = BehorighetFactory(roll=STOD)
    SamverkansorganisationFactory(lan_id="12")
    SamverkansorganisationFactory(lan_id="14")
    client = inloggad(FK)

    svar = skicka(client, reverse("behorigheter:uppdrag_till", args=[behorighet.pk]), fran=str(timezone.localdate()))

    assert fel(svar) == {"platser": ["Kryssa för minst en, eller ett helt län."]}


def test_a_choice_of_somebody_elses_forbund_is_refused(inloggad):
    forbund, annans = SamverkansorganisationFactory(), SamverkansorganisationFactory()
    behorighet = BehorighetFactory(roll=IA)
    IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation=behorighet.arbetsgivare)
    client = inloggad(SA, forbund)

    svar = skicka(client, reverse("behorigheter:uppdrag_till", args=[behorighet.pk]), platser=[annans.pk], fran=str(timezone.localdate()))

    assert fel(svar) == {"platser": ["Ett av valen är inte längre möjligt. Välj igen."]}
    assert not behorighet.anvandare.uppdrag.exists()


def test_an_uppdrag_that_ends_can_be_followed_by_another_in_good_time(inloggad):
    insats, slut = InsatsFactory(), timezone.localdate() + timedelta(days=20)
    person = UppdragFactory(roll=DA, insats=insats, till=slut).anvandare
    tills_vidare = UppdragFactory(roll=DA, insats=insats).anvandare
    client = inloggad(IA, insats.samverkansorganisation)
    adress = reverse("insatser:uppdrag_ge", args=[insats.pk])
    data = {"anvandare": [person.pk], "bekraftade": f"inte-medlem-{person.pk}-{insats.samverkansorganisation_id}"}

    sida = client.get(adress).context["form"]
    for_tidigt = skicka(client, adress, **data, fran=str(slut))
    skicka(client, adress, **data, fran=str(slut + timedelta(days=1)))

    assert [pk for pk, _ in sida.fields["anvandare"].choices] == [person.pk]
    assert fel(for_tidigt) == {"anvandare": [f"{person} har redan uppdraget till och med {slut}. Välj en senare första dag."]}
    assert [rad.till for rad in person.uppdrag.order_by("fran")] == [slut, None]
    assert tills_vidare.uppdrag.count() == 1


def test_one_that_begins_later_can_be_preceded_by_another(inloggad):
    insats, start = InsatsFactory(), timezone.localdate() + timedelta(days=20)
    person = UppdragFactory(roll=DA, insats=insats, fran=start).anvandare
    client = inloggad(IA, insats.samverkansorganisation)
    adress = reverse("insatser:uppdrag_ge", args=[insats.pk])
    data = {"anvandare": [person.pk], "bekraftade": f"inte-medlem-{person.pk}-{insats.samverkansorganisation_id}"}
    idag = str(timezone.localdate())

    for_langt = skicka(client, adress, **data, fran=idag)
    skicka(client, adress, **data, fran=idag, till=str(start - timedelta(days=1)))

    assert fel(for_langt) == {"anvandare": [f"{person} har redan uppdraget från {start}. Välj en tidigare sista dag."]}
    assert person.uppdrag.count() == 2


def test_several_uppdrag_are_given_all_or_none():
    behorighet = BehorighetFactory(roll=IA)
    fri, upptagen = SamverkansorganisationFactory(), SamverkansorganisationFactory()
    UppdragFactory(anvandare=behorighet.anvandare, roll=IA, samverkansorganisation=upptagen)

    with pytest.raises(Regelbrott, match="har redan uppdraget"):
        ge_flera_uppdrag(anvandare=behorighet.anvandare, platser=[fri, upptagen], roll=IA, fran=timezone.localdate(), by=None)

    assert behorighet.anvandare.uppdrag.count() == 1


# Who has a behörighet but no uppdrag


def utan_uppdrag(client, **fraga):
    return {rad.anvandare for rad in client.get(reverse("behorigheter:utan_uppdrag"), fraga).context["object_list"]}


def test_each_who_gives_uppdrag_sees_who_waits_for_one(inloggad):
    forbund, annat = SamverkansorganisationFactory(), SamverkansorganisationFactory()
    medlem, utanfor = OrganisationFactory(), OrganisationFactory()
    IngaendeOrganisationFactory(samverkansorganisation=forbund, organisation=medlem)
    IngaendeOrganisationFactory(samverkansorganisation=annat, organisation=medlem)
    ia, da, rapport = (
        BehorighetFactory(anvandare=AnvandareFactory(arbetsgivare=medlem), roll=roll).anvandare for roll in (IA, DA, Roll.RAPPORT)
    )
    langt_bort = BehorighetFactory(anvandare=AnvandareFactory(arbetsgivare=utanfor), roll=IA).anvandare
    UppdragFactory(anvandare=AnvandareFactory(arbetsgivare=medlem), roll=IA)

    assert utan_uppdrag(inloggad(SA, forbund)) == {ia}
    assert utan_uppdrag(inloggad(IA, forbund)) == {da}
    assert utan_uppdrag(inloggad(FK)) == {ia, da, langt_bort}
    assert rapport not in utan_uppdrag(inloggad(FK))


def test_the_list_leads_to_the_page_that_gives_the_uppdrag(inloggad):
    insats = InsatsFactory()
    behorighet = BehorighetFactory(roll=DA)
    IngaendeOrganisationFactory(samverkansorganisation=insats.samverkansorganisation, organisation=behorighet.arbetsgivare)
    client, fk = inloggad(IA, insats.samverkansorganisation), inloggad(FK)
    adress = reverse("behorigheter:uppdrag_till", args=[behorighet.pk])

    assert adress in client.get(reverse("behorigheter:utan_uppdrag")).text
    assert adress not in fk.get(reverse("behorigheter:utan_uppdrag")).text
    skicka(client, adress, platser=[insats.pk], fran=str(timezone.localdate()))

    assert behorighet.anvandare.uppdrag.get().insats == insats
    assert not utan_uppdrag(client)


def test_the_search_finds_by_name_with_wildcard(inloggad):
    karin = BehorighetFactory(anvandare__efternamn="Karlsson", roll=IA).anvandare
    BehorighetFactory(anvandare__efternamn="Berg", roll=IA)
    client = inloggad(FK)

    assert utan_uppdrag(client, efternamn="Karl*") == {karin}
    assert utan_uppdrag(client, efternamn="Finns inte") == set()
    assert "Ta bort något urval" in client.get(reverse("behorigheter:utan_uppdrag"), {"efternamn": "Finns inte"}).text
