"""The page of the parties: proposed, added from the register and by name, and kept when in use."""

import pytest

from organisations.models import IngaendeOrganisation, Organisation
from tests.factories import FinansieringFactory, IngaendeOrganisationFactory, SamverkansorganisationFactory
from tests.organisations.conftest import SA, adress, fel, post

pytestmark = pytest.mark.django_db


def test_the_proposed_parties_are_saved_with_the_roles_of_the_law(inloggad):
    rad = SamverkansorganisationFactory()
    rad.omraden.create(kommun_id="1488")
    client = inloggad(SA, rad)

    form = client.get(adress("parter", rad.pk)).context["form"]
    data = {f"{r.nyckel}-{roll}": "on" for r in form.rader() for falt, roll in r.falt if falt.value()}
    post(client, adress("parter", rad.pk), rad=[r.nyckel for r in form.rader()], **data)

    assert [(str(p), p.medlem, p.finansiar, p.konsument) for p in rad.parter.i_ordning()] == [
        ("Försäkringskassan", True, True, False),
        ("Arbetsförmedlingen", True, False, False),
        ("Västra Götalandsregionen", True, True, False),
        ("Trollhättans kommun", True, True, False),
    ]


def test_an_organisation_is_added_from_the_register_and_a_new_one_by_name(inloggad):
    rad = SamverkansorganisationFactory()
    esf = Organisation.objects.get(typ="esf")
    client = inloggad(SA, rad)

    svar = client.post(adress("parter", rad.pk), {"sok_namn": "*ESF*", "sok": ""})
    assert svar.context["form"].fields["traffar"].choices == [(esf.pk, "Svenska ESF-rådet")]
    svar = client.post(adress("parter", rad.pk), {"traffar": [esf.pk], "lagg_till": ""})
    assert [(r.nyckel, [roll for falt, roll in r.falt if falt.value()]) for r in svar.context["form"].rader()] == [
        (f"o{esf.pk}", ["finansiar"])
    ]
    svar = client.post(adress("parter", rad.pk), {"rad": f"o{esf.pk}", "ny_namn": "Arenan AB", "ny_typ": "ovrig", "lagg_till_ny": ""})
    assert not Organisation.objects.filter(namn="Arenan AB").exists()
    post(
        client, adress("parter", rad.pk), rad=[f"o{esf.pk}", "ny1"],
        **{f"o{esf.pk}-finansiar": "on", "ny1-namn": "Arenan AB", "ny1-typ": "ovrig", "ny1-finansiar": "on"},
    )  # fmt: skip

    assert [str(p) for p in rad.parter.i_ordning()] == ["Svenska ESF-rådet", "Arenan AB"]


def test_what_is_typed_or_ticked_but_not_added_is_not_lost_by_saving(inloggad):
    part = IngaendeOrganisationFactory()
    nyckel = f"o{part.organisation_id}"
    client, url = inloggad(SA, part.samverkansorganisation), adress("parter", part.samverkansorganisation_id)
    rad = {"rad": nyckel, f"{nyckel}-medlem": "on", f"{nyckel}-finansiar": "on"}
    esf = Organisation.objects.get(typ="esf")

    assert post(client, url, **rad, sok_namn="*ESF*").context["form"].har_sokt
    assert list(fel(post(client, url, **rad, sok_namn="*ESF*", sokt="*ESF*", traffar=[esf.pk]))) == ["__all__"]
    assert list(fel(post(client, url, **rad, ny_namn="Arenan AB"))) == ["ny_namn"]


def test_a_search_goes_past_a_character_that_no_name_has_until_it_is_saved(inloggad):
    part = IngaendeOrganisationFactory()
    client, url = inloggad(SA, part.samverkansorganisation), adress("parter", part.samverkansorganisation_id)

    svar = client.post(url, {"sok_namn": "*ESF*\0", "sok": ""})
    assert [text for _, text in svar.context["form"].fields["traffar"].choices] == ["Svenska ESF-rådet"]
    assert "sok_namn" in fel(post(client, url, rad=f"o{part.organisation_id}", sok_namn="*ESF*\0", sokt="*ESF*\0"))


def test_a_role_in_use_is_kept_and_the_page_says_why(inloggad):
    part = FinansieringFactory().part
    nyckel = f"o{part.organisation_id}"

    svar = post(
        inloggad(SA, part.samverkansorganisation),
        adress("parter", part.samverkansorganisation_id),
        rad=nyckel,
        **{f"{nyckel}-medlem": "on"},
    )

    assert f"{part} har registrerade belopp och kan inte tas bort som finansiär." in svar.text
    assert IngaendeOrganisation.objects.get().finansiar


def test_a_row_without_a_role_is_refused_at_the_row(inloggad):
    part = IngaendeOrganisationFactory()
    nyckel = f"o{part.organisation_id}"

    svar = post(inloggad(SA, part.samverkansorganisation), adress("parter", part.samverkansorganisation_id), rad=nyckel)

    assert fel(svar) == {f"{nyckel}-medlem": ["Kryssa för minst en av medlem, finansiär och konsument."]}
