"""Ingående organisationer: the roles they have from the start, the parties that the law asks for, and roles that are in use."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from organisations.forms.parter import ROLLER, roller_fran_borjan
from organisations.models import IngaendeOrganisation, Organisation
from tests.factories import (
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db

SA = Roll.SAMVERKANSADMINISTRATOR


def skicka(client, till, **data):
    return client.post(reverse("organisations:parter", args=[till.pk]), {"nyckel": str(uuid.uuid4()), "version": 1, "spara": ""} | data)


def medlem(rad, typ):
    organisation = Organisation.objects.filter(typ=typ).exclude(lan="09").order_by("pk").first()
    return IngaendeOrganisationFactory(samverkansorganisation=rad, organisation=organisation, finansiar=False)


@pytest.mark.parametrize(
    ("typ", "finsam", "tvaparts"),
    [
        ("fk", "medlem finansiar", "medlem finansiar konsument"),
        ("af", "medlem", None),
        ("region", "medlem finansiar", "medlem finansiar konsument"),
        ("kommun", "medlem finansiar", None),
        ("samordningsforbund", "finansiar konsument", None),
        ("esf", "finansiar", "finansiar"),
        ("ovrig", "finansiar", "finansiar"),
    ],
)
def test_each_kind_of_organisation_has_its_roles_from_the_start(typ, finsam, tvaparts):
    organisation = OrganisationFactory(typ=typ)

    assert " ".join(roller_fran_borjan(organisation, finsam=True)) == finsam
    if tvaparts:
        assert " ".join(roller_fran_borjan(organisation, finsam=False)) == tvaparts


def test_the_administrator_may_choose_other_roles_than_those_from_the_start(inloggad):
    rad = SamverkansorganisationFactory()
    af = Organisation.objects.get(typ="af")

    skicka(inloggad(SA, rad), rad, rad=f"o{af.pk}", **{f"o{af.pk}-medlem": "on", f"o{af.pk}-finansiar": "on"})

    assert IngaendeOrganisation.objects.get().finansiar


@pytest.mark.parametrize(
    ("form", "typer", "text"),
    [
        (
            "finsam",
            [],
            "Enligt lagen (2003:1210) ska fler vara medlemmar: "
            "Försäkringskassan, Arbetsförmedlingen, minst en region och minst en kommun saknas.",
        ),
        ("finsam", ["fk", "af", "region"], "Enligt lagen (2003:1210) ska fler vara medlemmar: minst en kommun saknas."),
        ("finsam", ["fk", "af", "region", "kommun"], ""),
        ("tvaparts", ["fk"], "I Tvåpartsfinsam ska Försäkringskassan och en region vara medlemmar: minst en region saknas."),
        ("tvaparts", ["fk", "region"], ""),
    ],
)
def test_the_page_tells_which_parties_of_the_law_are_missing(inloggad, form, typer, text):
    rad = SamverkansorganisationFactory(samverkansform=form)
    for typ in typer:
        medlem(rad, typ)

    svar = inloggad(Roll.RAPPORT).get(rad.get_absolute_url())

    assert svar.context["saknas"] == text
    assert (text in svar.text) if text else ("saknas." not in svar.text)


def test_who_only_finances_is_not_a_party(inloggad):
    rad = SamverkansorganisationFactory()
    for typ in ("fk", "af", "region"):
        medlem(rad, typ)
    IngaendeOrganisationFactory(samverkansorganisation=rad, medlem=False)

    assert "minst en kommun saknas" in inloggad(Roll.RAPPORT).get(rad.get_absolute_url()).text


def test_gotlands_region_is_its_kommun_too(inloggad):
    rad = SamverkansorganisationFactory(lan_id="09")
    for organisation in Organisation.objects.filter(typ__in=["fk", "af"]) | Organisation.objects.filter(typ="region", lan="09"):
        IngaendeOrganisationFactory(samverkansorganisation=rad, organisation=organisation)

    assert inloggad(Roll.RAPPORT).get(rad.get_absolute_url()).context["saknas"] == ""


def test_who_has_given_money_is_not_removed_and_the_page_says_why(inloggad):
    part = FinansieringFactory().part
    kvar = IngaendeOrganisationFactory(samverkansorganisation=part.samverkansorganisation)
    nyckel = f"o{kvar.organisation_id}"

    svar = skicka(inloggad(SA, part.samverkansorganisation), part.samverkansorganisation, rad=nyckel, **{f"{nyckel}-medlem": "on"})

    assert f"{part} har registrerade belopp och kan inte tas bort." in svar.text
    assert IngaendeOrganisation.objects.filter(pk=part.pk).exists()


def test_who_uses_insats_money_stays_konsument_at_the_page(inloggad):
    part = IngaendeOrganisationFactory(konsument=True, samverkansorganisation__samverkansform="tvaparts", organisation__typ="region")
    rad = part.samverkansorganisation
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)), part=part)
    nyckel = f"o{part.organisation_id}"

    svar = skicka(inloggad(SA, rad), rad, rad=nyckel, **{f"{nyckel}-{roll}": "on" for roll in ROLLER if roll != "konsument"})

    assert f"{part} har registrerade belopp och kan inte tas bort som konsument." in svar.text
    assert IngaendeOrganisation.objects.get().konsument


def test_who_is_no_financier_is_refused_in_the_budget(inloggad):
    part = IngaendeOrganisationFactory(finansiar=False, samverkansorganisation__startdatum=date(2010, 1, 1))
    url = reverse("organisations:budget", args=[part.samverkansorganisation_id], query={"ar": 2011})
    data = {"nyckel": str(uuid.uuid4()), "version": 0, "spara": "", "fin-0-part": part.pk, "fin-0-belopp": "1", "fin-0-beskrivning": ""}

    svar = inloggad(SA, part.samverkansorganisation).post(url, data)

    assert svar.context["form"].errors["fin-0-part"] == ["Organisationen är inte markerad som finansiär."]
