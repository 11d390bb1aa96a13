"""Överenskommelser: who registers them, and what ends with them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.overenskommelse import andra_overenskommelse, registrera_overenskommelse
from behorigheter.models import Handelse, Overenskommelse
from behorigheter.roller import Roll
from organisations.models import Organisation
from sus.core.formatering import datum
from sus.core.regelbrott import Regelbrott
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory, OverenskommelseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gunilla(inloggad):
    return inloggad(Roll.FK_ADMINISTRATOR, arbetsgivare=Organisation.objects.get(typ="fk"))


def formularet(**kwargs):
    return {"fran": "2011-01-01", "till": "", "referens": "FK 2011/7", "version": 0} | kwargs


def test_the_fk_administrator_registers_an_overenskommelse(gunilla):
    organisation = OrganisationFactory()

    svar = gunilla.post(reverse("behorigheter:overenskommelse_ny"), formularet(organisation=organisation.pk))

    rad = Overenskommelse.objects.get(organisation=organisation)
    assert svar.headers["Location"] == rad.get_absolute_url()
    assert (rad.fran, rad.till, rad.referens) == (date(2011, 1, 1), None, "FK 2011/7")
    handelse = Handelse.objects.get(typ="overenskommelse_skapad")
    assert handelse.anvandare_id == gunilla.anvandare.pk


def test_only_those_who_may_have_sus_can_be_chosen(gunilla):
    ovrig = OrganisationFactory(typ="ovrig")

    svar = gunilla.post(reverse("behorigheter:overenskommelse_ny"), formularet(organisation=ovrig.pk))

    assert "organisation" in svar.context["form"].errors


@pytest.mark.parametrize(
    ("fran", "till"),
    [("2012-06-01", ""), ("2009-01-01", "2012-01-01"), ("2012-02-01", "2012-03-01")],
)
def test_two_overenskommelser_never_overlap(gunilla, fran, till):
    rad = OverenskommelseFactory(fran=date(2012, 1, 1), till=date(2012, 12, 31))

    svar = gunilla.post(reverse("behorigheter:overenskommelse_ny"), formularet(organisation=rad.organisation_id, fran=fran, till=till))

    assert "redan en överenskommelse" in svar.content.decode()
    assert rad.organisation.overenskommelser.count() == 1


def test_it_cannot_end_before_it_begins():
    with pytest.raises(Regelbrott) as brott:
        registrera_overenskommelse(
            organisation=OrganisationFactory(), fran=date(2012, 1, 2), till=date(2012, 1, 1), referens="x", by=AnvandareFactory()
        )

    assert brott.value.falt == "till"


def test_when_it_ends_nobody_there_holds_a_behorighet(gunilla, inloggad):
    anvandare = inloggad(Roll.RAPPORT)
    rad = anvandare.anvandare.arbetsgivare.overenskommelser.get()
    igar = timezone.localdate() - timedelta(days=1)
    data = formularet(fran=str(rad.fran), till=str(igar), referens=rad.referens, version=rad.version)

    varnad = gunilla.post(reverse("behorigheter:overenskommelse_andra", args=[rad.pk]), data)
    assert "1 användare har behörighet" in varnad.content.decode()
    assert anvandare.get(reverse("insatser:list")).status_code == 200
    gunilla.post(reverse("behorigheter:overenskommelse_andra", args=[rad.pk]), data | {"bekraftade": "SLUT"})

    assert anvandare.get(reverse("insatser:list")).status_code == 403


def test_a_first_day_to_come_warns_of_the_days_without_behorighet(gunilla, inloggad):
    anvandare = inloggad(Roll.RAPPORT)
    rad = anvandare.anvandare.arbetsgivare.overenskommelser.get()
    om_en_vecka = timezone.localdate() + timedelta(days=7)
    data = formularet(fran=str(om_en_vecka), till="", referens=rad.referens, version=rad.version)

    varnad = gunilla.post(reverse("behorigheter:overenskommelse_andra", args=[rad.pk]), data)

    assert f"Den gäller inte före {datum(om_en_vecka)}." in varnad.content.decode()
    assert anvandare.get(reverse("insatser:list")).status_code == 200


def test_a_later_last_day_warns_of_nothing(gunilla, inloggad):
    rad = inloggad(Roll.RAPPORT).anvandare.arbetsgivare.overenskommelser.get()
    slut = timezone.localdate() + timedelta(days=30)
    Overenskommelse.objects.filter(pk=rad.pk).update(till=slut)
    senare = slut + timedelta(days=365)
    data = formularet(fran=str(rad.fran), till=str(senare), referens=rad.referens, version=rad.version)

    gunilla.post(reverse("behorigheter:overenskommelse_andra", args=[rad.pk]), data)

    rad.refresh_from_db()
    assert rad.till == senare


def test_forsakringskassans_own_always_holds(gunilla):
    rad = Overenskommelse.objects.get(organisation__typ="fk")

    with pytest.raises(Regelbrott, match="äger SUS"):
        andra_overenskommelse(overenskommelse=rad, fran=rad.fran, till=timezone.localdate(), referens=rad.referens, by=gunilla.anvandare)
    gunilla.post(
        reverse("behorigheter:overenskommelse_andra", args=[rad.pk]),
        formularet(fran="2020-01-01", till="2020-01-02", referens="Ny referens", version=rad.version),
    )

    rad.refresh_from_db()
    assert (rad.fran, rad.till, rad.referens) == (date(2003, 1, 1), None, "Ny referens")


def test_the_list_finds_by_part_of_the_name_and_by_state(gunilla):
    OverenskommelseFactory(organisation__namn="Alfa provkommun")
    OverenskommelseFactory(organisation__namn="Alfred provkommun", till=date(2010, 1, 1))

    def namn(**urval):
        rader = gunilla.get(reverse("behorigheter:overenskommelser"), urval).context["page_obj"]
        return [rad.organisation.namn for rad in rader]

    assert namn(organisation="Alf*") == ["Alfa provkommun", "Alfred provkommun"]
    assert namn(organisation="Alf*", lage="avslutade") == ["Alfred provkommun"]
    assert namn(organisation="Alf*", lage="påhittat") == []


def test_its_status_is_said_in_the_words_of_every_other_period(gunilla):
    idag, dag = timezone.localdate(), timedelta(days=1)
    for fran, till in ((idag, idag), (idag + dag, None), (date(2009, 1, 1), idag - dag)):
        OverenskommelseFactory(organisation__namn=f"Alfa {fran}", fran=fran, till=till)

    rader = gunilla.get(reverse("behorigheter:overenskommelser"), {"organisation": "Alfa*"}).context["page_obj"]

    assert [rad.lage for rad in rader] == ["Avslutad", "Gäller", "Kommande"]


def test_the_page_names_the_bestallare(gunilla):
    rad = OverenskommelseFactory()
    bestallare = BehorighetFactory(anvandare__arbetsgivare=rad.organisation, roll=Roll.BESTALLARE).anvandare

    text = gunilla.get(rad.get_absolute_url()).content.decode()

    assert str(bestallare) in text


def test_what_somebody_else_saved_meanwhile_is_shown_beside_ones_own(gunilla):
    rad = OverenskommelseFactory()
    andra_overenskommelse(overenskommelse=rad, fran=rad.fran, till=rad.till, referens="Den andras", by=gunilla.anvandare)

    svar = gunilla.post(reverse("behorigheter:overenskommelse_andra", args=[rad.pk]), formularet(referens="Min egen", version=1))

    assert svar.status_code == 409
    text = svar.content.decode()
    assert "andras" in text
    assert "egen" in text


def test_the_list_asks_no_more_questions_for_more_rows(gunilla, antal_fragor):
    OverenskommelseFactory()
    adress = reverse("behorigheter:overenskommelser")
    fore = antal_fragor(lambda: gunilla.get(adress))
    OverenskommelseFactory.create_batch(20)

    assert antal_fragor(lambda: gunilla.get(adress)) == fore
