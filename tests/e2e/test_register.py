"""The registers in a browser: empty, filled, with errors, a warning and a conflict; axe and the widths."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from behorigheter.roller import Roll
from insatser.models import Malgrupp
from organisations.models import Organisation
from tests.conftest import med_riktiga_transaktioner
from tests.factories import AnvandareFactory, BehorighetFactory, IngaendeOrganisationFactory, InsatsFactory, OrganisationFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]


def adress(sida, *argument, **fraga):
    return reverse(f"register:{sida}", args=argument, query=fraga or None)


@pytest.fixture
def fk(fonster):
    return fonster(BehorighetFactory(roll=Roll.FK_ADMINISTRATOR, anvandare__fornamn="Gunilla", anvandare__efternamn="Åkesson").anvandare)


def test_an_organisation_is_added_changed_and_made_inactive(fk):
    OrganisationFactory(namn="Norrängens kommun", organisationsnummer="212000-1215")
    fk.oppna(adress("organisationer"))
    fk.granska("register-organisationer")
    fk.oppna(adress("organisationer", namn="finns inte"))
    fk.granska("register-organisationer-tom")

    fk.oppna(adress("organisation_ny"))
    fk.granska("register-organisation-ny")
    fk.hand.enter()
    fk.granska_fel("register-organisation-fel", "Fyll i namn.", "Välj typ.")
    fk.hand.fyll("Namn", "Norrängens vuxenskola")
    fk.hand.fyll("Organisationsnummer", "2120001215")
    fk.hand.valj("Typ", "Övrig organisation")
    fk.hand.tryck("Spara")
    fk.granska("register-organisation-varning")
    expect(fk.sida.locator("main")).to_contain_text("Norrängens kommun har redan organisationsnumret", use_inner_text=True)
    fk.hand.tryck("Spara ändå")
    fk.har_kvittot("Organisationen är tillagd.")
    fk.granska("register-organisation")

    part = IngaendeOrganisationFactory(organisation=Organisation.objects.get(namn="Norrängens vuxenskola"))
    AnvandareFactory(arbetsgivare=part.organisation)
    fk.hand.tryck("Ändra")
    fk.hand.kryssa("Aktiv")
    fk.hand.tryck("Spara")
    fk.granska("register-organisation-inaktiv")
    fk.hand.tryck("Spara ändå")
    fk.har_kvittot("Organisationen är ändrad.")
    fk.granska("register-organisation-anvand")


def test_a_malgrupp_is_added_moved_and_renamed(fk):
    InsatsFactory.create_batch(3, malgrupper=["unga"])
    fk.oppna(adress("malgrupper"))
    fk.granska("register-malgrupper")
    fk.oppna(adress("malgrupp_ny"))
    fk.granska("register-malgrupp-ny")
    fk.hand.fyll("Namn", "Personer med långvarig smärta")
    fk.hand.valj("Plats i listan", "Efter Nyanlända och utrikes födda")
    fk.hand.tryck("Spara")
    fk.har_kvittot("Målgruppen är tillagd.")
    assert "Personer med långvarig smärta" in [rad[0] for rad in fk.tabell("12 målgrupper")]

    fk.oppna(adress("malgrupp_andra", "unga"))
    fk.hand.fyll("Namn", "Unga vuxna")
    fk.hand.tryck("Spara")
    fk.granska("register-malgrupp-varning")
    Malgrupp.objects.filter(pk="unga").update(giltig_till=date(2030, 1, 1))
    fk.hand.tryck("Spara ändå")
    fk.granska("register-malgrupp-konflikt")
    fk.oppna(adress("malgrupp_andra", Malgrupp.EJ_TILLAMPLIGA))
    fk.granska("register-malgrupp-ej-tillampliga")


def test_a_stadsdel_gets_a_new_name(fk):
    fk.oppna(adress("stadsdelar"))
    fk.granska("register-stadsdelar")
    fk.oppna(adress("stadsdel_ny"))
    fk.granska("register-stadsdel-ny")
    fk.hand.valj("Kommun", "Göteborg")
    fk.hand.fyll("Namn", "Provstaden")
    fk.hand.fyll("Första dag", "2012-01-01")
    fk.hand.tryck("Spara")
    fk.har_kvittot("Stadsdelen är tillagd.")
    fk.hand.tryck("Provstaden")
    fk.hand.fyll("Sista dag", "2011-01-01")
    fk.hand.tryck("Spara")
    fk.granska_fel("register-stadsdel-fel", "Sista dagen kan inte vara tidigare än första dagen.")
    fk.hand.fyll("Sista dag", "2013-06-30")
    fk.hand.fyll("Nytt namn", "Nya Provstaden")
    fk.hand.tryck("Spara")
    fk.har_kvittot("Stadsdelen är ändrad.")
    assert ["Nya Provstaden", "2013-07-01", "Tills vidare", "Gäller", "0"] in fk.tabell("16 stadsdelar")
