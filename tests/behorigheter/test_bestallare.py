"""Beställare: appointed by the FK-administratör, for an organisation with an överenskommelse, never oneself."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from behorigheter.actions.bestallare import utse_bestallare
from behorigheter.models import Anvandare, Handelse, om_tva_ar
from behorigheter.roller import Roll
from organisations.models import Organisation
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory, OverenskommelseFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db


@pytest.fixture
def gunilla(inloggad):
    return inloggad(Roll.FK_ADMINISTRATOR, arbetsgivare=Organisation.objects.get(typ="fk"))


def person(nr):
    return tolka(provpersonnummer(nr), idag=timezone.localdate())


def anstalld(organisation, nr):
    anvandare = AnvandareFactory.build(arbetsgivare=organisation)
    anvandare.satt_personnummer(person(nr))
    anvandare.save()
    return anvandare


def utsedd(organisation, by, nr=1, **kwargs):
    idag = timezone.localdate()
    varden = {
        "uppgifter": {"fornamn": "Ulf", "efternamn": "Wik", "epost": "ulf@example.com", "telefon": "070-000 00 00"},
        "personnummer": person(nr),
        "fran": idag,
        "till": om_tva_ar(idag),
    }
    return utse_bestallare(organisation=organisation, **varden | kwargs, by=by)


def formularet(overenskommelse, **kwargs):
    idag = timezone.localdate()
    return {
        "overenskommelse": overenskommelse.pk,
        "personnummer": provpersonnummer(1),
        "fornamn": "Ulf",
        "efternamn": "Wik",
        "epost": "ulf@example.com",
        "telefon": "070-000 00 00",
        "fran": str(idag),
        "till": str(idag + timedelta(days=365)),
        "version": 0,
    } | kwargs


def test_the_fk_administrator_appoints_on_the_page_and_the_person_is_told(gunilla, django_capture_on_commit_callbacks):
    overenskommelse = OverenskommelseFactory()

    with django_capture_on_commit_callbacks(execute=True):
        svar = gunilla.post(reverse("behorigheter:bestallare_utse"), formularet(overenskommelse))

    assert svar.status_code == 302
    ulf = Anvandare.objects.get(efternamn="Wik")
    assert (ulf.arbetsgivare, ulf.gallande_roller) == (overenskommelse.organisation, {Roll.BESTALLARE})
    assert ulf.klartext == person(1)
    assert [rad.to for rad in mail.outbox] == [["ulf@example.com"]]
    assert Handelse.objects.filter(typ="bestallare_utsedd", anvandare_id=gunilla.anvandare.pk).exists()


def test_an_organisation_without_a_valid_overenskommelse_cannot_be_chosen(gunilla):
    slut = OverenskommelseFactory(till=timezone.localdate() - timedelta(days=1))

    svar = gunilla.post(reverse("behorigheter:bestallare_utse"), formularet(slut))

    assert "overenskommelse" in svar.context["form"].errors
    with pytest.raises(Regelbrott, match="ingen gällande"):
        utsedd(slut.organisation, gunilla.anvandare)


def test_nobody_appoints_oneself(gunilla):
    gunilla.anvandare.satt_personnummer(person(2))
    gunilla.anvandare.save()

    with pytest.raises(Regelbrott, match="dig själv"):
        utsedd(gunilla.anvandare.arbetsgivare, gunilla.anvandare, nr=2)


def test_a_deltagaransvarig_is_never_appointed(gunilla):
    organisation = OverenskommelseFactory().organisation
    karin = anstalld(organisation, 3)
    BehorighetFactory(anvandare=karin, roll=Roll.DELTAGARANSVARIG)

    with pytest.raises(Regelbrott, match="inte heller vara deltagaransvarig"):
        utsedd(organisation, gunilla.anvandare, nr=3)

    assert karin.gallande_roller == {Roll.DELTAGARANSVARIG}


def test_more_than_two_years_are_refused_at_the_field(gunilla):
    idag = timezone.localdate()

    with pytest.raises(Regelbrott, match="högst två år") as brott:
        utsedd(OverenskommelseFactory().organisation, gunilla.anvandare, fran=idag, till=om_tva_ar(idag) + timedelta(days=1))

    assert brott.value.falt == "till"


def test_somebody_employed_elsewhere_is_not_appointed_before_leaving(gunilla):
    annan = OrganisationFactory()
    anstalld(annan, 4)

    with pytest.raises(Regelbrott, match=str(annan)) as brott:
        utsedd(OverenskommelseFactory().organisation, gunilla.anvandare, nr=4)

    assert brott.value.falt == "personnummer"


def test_what_is_said_of_a_person_whom_SUS_knows_speaks_of_no_order(gunilla, django_capture_on_commit_callbacks):
    organisation = OverenskommelseFactory().organisation
    avstangd = anstalld(organisation, 6)
    Anvandare.objects.filter(pk=avstangd.pk).update(is_active=False)
    anstalld(organisation, 5)

    with pytest.raises(Regelbrott) as brott:
        utsedd(organisation, gunilla.anvandare, nr=6)
    with django_capture_on_commit_callbacks(execute=True):
        utsedd(organisation, gunilla.anvandare, nr=5)

    ny_epost = next(brev for brev in mail.outbox if brev.subject == "Din e-postadress i SUS är ändrad")
    assert "konto är avstängt" in brott.value.text
    assert "beställning" not in brott.value.text + ny_epost.body.partition("Har du inte")[0]


def test_who_is_appointed_again_goes_on_without_a_gap(gunilla):
    organisation = OverenskommelseFactory().organisation
    idag = timezone.localdate()
    forst = utsedd(organisation, gunilla.anvandare, till=idag + timedelta(days=20))

    sedan = utsedd(organisation, gunilla.anvandare)

    assert sedan.anvandare == forst.anvandare
    assert sedan.giltig_fran == forst.giltig_till + timedelta(days=1)
    with pytest.raises(Regelbrott, match="redan beställare"):
        utsedd(organisation, gunilla.anvandare, till=idag + timedelta(days=10))


def test_the_list_shows_each_organisation_s_bestallare_and_no_others(gunilla):
    ulf = BehorighetFactory(roll=Roll.BESTALLARE)
    BehorighetFactory(roll=Roll.RAPPORT)
    BehorighetFactory(roll=Roll.BESTALLARE, giltig_till=timezone.localdate() - timedelta(days=1))
    adress = reverse("behorigheter:bestallare")

    assert list(gunilla.get(adress).context["page_obj"]) == [ulf]
    assert gunilla.get(adress, {"visa": "alla"}).context["paginator"].count == 2
    assert gunilla.get(adress, {"visa": "snart"}).context["paginator"].count == 0
    assert gunilla.get(adress, {"organisation": "finns inte"}).context["paginator"].count == 0


def test_who_has_been_appointed_again_no_longer_ends_soon(gunilla):
    organisation, slut = OverenskommelseFactory().organisation, timezone.localdate() + timedelta(days=20)
    forst = utsedd(organisation, gunilla.anvandare, till=slut)

    def slutar_snart():
        return list(gunilla.get(reverse("behorigheter:bestallare"), {"visa": "snart"}).context["page_obj"])

    assert slutar_snart() == [forst]
    utsedd(organisation, gunilla.anvandare)
    assert slutar_snart() == []


def test_the_list_asks_no_more_questions_for_more_rows(gunilla, antal_fragor):
    BehorighetFactory(roll=Roll.BESTALLARE)
    adress = reverse("behorigheter:bestallare")
    fore = antal_fragor(lambda: gunilla.get(adress))
    for _ in range(10):
        BehorighetFactory(roll=Roll.BESTALLARE)

    assert antal_fragor(lambda: gunilla.get(adress)) == fore
