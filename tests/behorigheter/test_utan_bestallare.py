"""Orders at an employer where nobody can sign: what the user is told, and where Försäkringskassan sees that they wait."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Bestallning
from behorigheter.roller import Roll
from sus.start.att_gora import uppgifter
from tests.behorigheter.bestallningar import bestallare_i, kommun
from tests.factories import AnvandareFactory, BehorighetFactory, BestallningFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

EGEN = reverse("behorigheter:bestallning_egen")
INGEN = "Din organisation har ingen beställare som kan signera"
SUPPORTEN = reverse("start:hjalp") + "#kontakt"


def bestallare_till_i_gar(organisation):
    behorighet = bestallare_i(organisation).behorigheter.get()
    behorighet.giltig_till = timezone.localdate() - timedelta(days=1)
    behorighet.save()
    return behorighet.anvandare


def bestall(client):
    idag = timezone.localdate()
    data = {"epost": "nils@example.com", "telefon": "070-000 00 00", "roller": ["rapport"], "version": 0}
    return client.post(EGEN, data | {"fran": str(idag), "till": str(idag + timedelta(days=30))}, follow=True)


def test_the_page_for_who_has_no_behorighet_says_that_nobody_can_sign(inloggad):
    organisation = kommun()
    client = inloggad(arbetsgivare=organisation)
    bestallare_till_i_gar(organisation)

    sidor = [client.get("/").text, client.get(EGEN).text]

    for sida in sidor:
        assert INGEN in sida
        assert f'href="{SUPPORTEN}"' in sida
        assert "Skicka beställningen" in sida or EGEN in sida
    bestallare_i(organisation)
    for sida in [client.get("/").text, client.get(EGEN).text]:
        assert INGEN not in sida


def test_who_has_another_role_is_told_whom_to_ask_and_not_to_order(inloggad):
    client = inloggad(Roll.RAPPORT, arbetsgivare=kommun())
    utan = client.get(reverse("behorigheter:utan_uppdrag")).text
    ulf = bestallare_i(client.anvandare.arbetsgivare)

    med = client.get(reverse("behorigheter:utan_uppdrag")).text

    assert INGEN in utan
    assert "Be din organisations beställare om en behörighet som ger tillgång till sidan." in med
    assert ulf.epost in med
    assert "knappen nedan" not in utan + med


def test_the_receipt_says_whether_there_is_somebody_to_sign(inloggad, mailoutbox, django_capture_on_commit_callbacks):
    organisation = kommun()
    forst, sist = (inloggad(arbetsgivare=organisation) for _ in range(2))
    bestallare_till_i_gar(organisation)
    with django_capture_on_commit_callbacks(execute=True):
        utan = bestall(forst).text
    assert mailoutbox == []
    ulf = bestallare_i(organisation)

    with django_capture_on_commit_callbacks(execute=True):
        med = bestall(sist).text

    assert "Den väntar tills Försäkringskassan har utsett en beställare i din organisation." in utan
    assert "skickad till din organisations beställare" not in utan
    assert "Beställningen är skickad till din organisations beställare." in med
    assert [brev.to for brev in mailoutbox] == [[ulf.epost]]
    assert Bestallning.objects.filter(status="ifylld").count() == 2


def test_who_is_the_only_bestallare_cannot_sign_the_own_order(inloggad):
    ulf = inloggad(Roll.BESTALLARE, arbetsgivare=kommun())

    assert "Den väntar tills Försäkringskassan har utsett en beställare" in bestall(ulf).text
    assert list(Bestallning.objects.utan_bestallare()) == list(Bestallning.objects.all())


def test_without_an_overenskommelse_nothing_can_be_ordered_and_the_pages_say_so(inloggad):
    client = inloggad(arbetsgivare=OrganisationFactory(namn="Provköpings kommun"))

    nekad, egen = client.get("/").text, client.get(EGEN).text

    for sida in (nekad, egen):
        assert "Provköpings kommun har ingen gällande behörighetsöverenskommelse med Försäkringskassan." in sida
        assert INGEN not in sida
    assert EGEN not in nekad
    assert "Skicka beställningen" not in egen


def test_forsakringskassan_sees_the_orders_that_nobody_can_sign(fk):
    utan, med = kommun(namn="Ödeköpings kommun"), kommun()
    ulf = bestallare_i(med)
    bestallare_till_i_gar(utan)
    vantar = [BestallningFactory(organisation=utan, anvandare=person) for person in (None, AnvandareFactory(arbetsgivare=utan))]
    BestallningFactory(organisation=med)
    BestallningFactory(organisation=med, anvandare=AnvandareFactory(arbetsgivare=med))
    BestallningFactory(organisation=utan, status="signerad", signerad_av=AnvandareFactory(), signerad_tid=timezone.now())
    om_ulf = BestallningFactory(organisation=med, anvandare=ulf)

    (uppgift,) = (rad for rad in uppgifter(fk.anvandare, timezone.localdate()) if "saknar beställare" in rad.text)
    start, svar = fk.get("/").text, fk.get(uppgift.url)

    assert uppgift.text in start
    assert (uppgift.antal, uppgift.text) == (3, "beställningar saknar beställare som kan signera")
    assert uppgift.forklaring == f"{med} och Ödeköpings kommun. Utse en beställare där."
    assert list(svar.context["page_obj"]) == [*vantar, om_ulf]
    assert reverse("behorigheter:bestallare_utse") in svar.text


def test_only_who_appoints_bestallare_is_told(inloggad):
    organisation = kommun()
    BestallningFactory(organisation=organisation)
    adress = reverse("behorigheter:bestallningar") + "?visa=utan_bestallare"
    utfardare = inloggad(Roll.UTFARDARE, arbetsgivare=OrganisationFactory(typ="fk"))

    assert not [rad for rad in uppgifter(utfardare.anvandare, timezone.localdate()) if "saknar beställare" in rad.text]
    svar = utfardare.get(adress)
    assert list(svar.context["page_obj"]) == []
    assert reverse("behorigheter:bestallare_utse") not in svar.text


def test_who_is_about_to_lose_a_behorighet_is_told_to_ask_for_a_bestallare_where_there_is_none():
    behorighet = BehorighetFactory(giltig_till=timezone.localdate() + timedelta(days=20))

    (uppgift,) = uppgifter(behorighet.anvandare, timezone.localdate())

    assert uppgift.forklaring.endswith("Be Försäkringskassan att utse en beställare för organisationen, som sedan kan förnya.")
