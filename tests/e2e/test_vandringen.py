"""The main job from end to end, by keyboard, as the five people: from an order on 9447 to the printed reports.

Nobody has an uppdrag when it begins, only a behörighet each; what one person has done is what the next one works with.
"""

import pytest

from behorigheter.roller import Roll
from organisations.models import Organisation
from tests.conftest import med_riktiga_transaktioner
from tests.e2e.vandring import deltagaransvarig, fk_administrator, insatsansvarig, rapportlasare, samverkansadministrator
from tests.factories import AnvandareFactory, BehorighetFactory

pytestmark = [pytest.mark.e2e, med_riktiga_transaktioner]

LOSENORD = "grön-kastanj-vid-slussen"
PERSONER = {
    Roll.FK_ADMINISTRATOR: ("Gunilla", "Åkesson"),
    Roll.SAMVERKANSADMINISTRATOR: ("Birgitta", "Lundqvist"),
    Roll.INSATSANSVARIG: ("Anders", "Norén"),
    Roll.DELTAGARANSVARIG: ("Karin", "Berg"),
    Roll.RAPPORT: ("Per", "Sandström"),
}


def given_five_people_with_a_behorighet_each():
    for roll, (fornamn, efternamn) in PERSONER.items():
        arbetsgivare = Organisation.objects.get(namn="Trollhättans kommun")
        person = AnvandareFactory(anvandarnamn=roll.value, fornamn=fornamn, efternamn=efternamn, arbetsgivare=arbetsgivare)
        person.set_password(LOSENORD)
        person.save()
        BehorighetFactory(anvandare=person, roll=roll)


@pytest.fixture
def logga_in(fonster, settings):
    """logga_in(roll) → the person's window, after having logged in by keyboard."""
    settings.KRAV_PA_ANDRA_FAKTOR = False

    def _logga_in(roll):
        webb = fonster()
        webb.oppna("/")
        webb.hand.fyll("Användarnamn", roll.value)
        webb.hand.fyll("Lösenord", LOSENORD)
        webb.hand.enter()
        assert PERSONER[roll][0] in webb.sida.inner_text("main")
        return webb

    return _logga_in


def test_five_people_walk_from_an_order_to_the_printed_reports(logga_in):
    given_five_people_with_a_behorighet_each()

    fk = logga_in(Roll.FK_ADMINISTRATOR)
    forbundet = fk_administrator.creates_the_samverkansorganisation(fk)
    fk.stang()

    sa = logga_in(Roll.SAMVERKANSADMINISTRATOR)
    sa.oppna(forbundet)
    samverkansadministrator.completes_the_address_and_contact(sa)
    samverkansadministrator.chooses_the_kommuner(sa)
    samverkansadministrator.says_who_takes_part_and_how(sa)
    samverkansadministrator.enters_the_money_of_the_year(sa, forbundet)
    samverkansadministrator.appoints_the_insatsansvarig(sa, forbundet)
    sa.stang()

    ia = logga_in(Roll.INSATSANSVARIG)
    insats = insatsansvarig.registers_the_insats(ia)
    insatsansvarig.enters_the_budget_and_planerat_antal(ia, insats)
    insatsansvarig.appoints_the_deltagaransvarig(ia, insats)
    insatsansvarig.counts_heads_in_a_volyminsats(ia)
    ia.stang()

    da = logga_in(Roll.DELTAGARANSVARIG)
    deltagaransvarig.registers_the_first_participant(da)
    deltagaransvarig.registers_the_others(da)
    deltagaransvarig.finds_them_in_sok_deltagare(da)
    deltagaransvarig.registers_the_first_one_out(da)
    deltagaransvarig.takes_out_who_withdrew_and_who_was_a_mistake(da)
    deltagaransvarig.registers_anonyma(da)
    da.stang()

    sa = logga_in(Roll.SAMVERKANSADMINISTRATOR)
    rapportlasare.reads_the_deltagarrapporter(sa)
    rapportlasare.reads_the_insatsrapport_with_chosen_columns(sa, rapportlasare.INSATSER)
    sa.stang()

    lasare = logga_in(Roll.RAPPORT)
    rapportlasare.reads_the_kostnadsrapport(lasare)
    rapportlasare.reads_the_insatsrapport_with_chosen_columns(lasare, rapportlasare.SKYDDADE_INSATSER)
    rapportlasare.reads_the_deltagarrapport_protected(lasare)
