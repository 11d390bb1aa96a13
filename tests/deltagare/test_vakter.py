"""What the database itself refuses about deltagare, by the constraint's name; and ten posts at once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from behorigheter.roller import Roll
from deltagare.models import Deltagande, Mattillfalle, Rattelse, Samtycke, Samtyckestext, Utkast
from tests.conftest import med_riktiga_transaktioner
from tests.deltagare.conftest import inregistrering
from tests.factories import (
    AnvandareFactory,
    DeltagandeFactory,
    FelregistreringsbegaranFactory,
    InsatsFactory,
    MattillfalleFactory,
    PersonFactory,
    SamtyckeFactory,
    UppdragFactory,
)


@pytest.fixture
def vagras(db):
    """vagras(name, call): the call breaks the constraint of that name."""

    def _vagras(namn, anrop):
        with pytest.raises(IntegrityError) as fel, transaction.atomic():
            anrop()
        assert fel.value.__cause__.diag.constraint_name == namn

    return _vagras


@pytest.mark.parametrize(
    ("namn", "falt"),
    [
        ("deltagande_slutar_inte_fore_start", {"slutdatum": date(2011, 1, 9), "avslutningsanledning": 2}),
        ("deltagande_slut_och_anledning_foljs_at", {"slutdatum": date(2011, 2, 9)}),
        ("deltagande_slut_och_anledning_foljs_at", {"avslutningsanledning": 2}),
        ("deltagande_kand_anledning", {"slutdatum": date(2011, 2, 9), "avslutningsanledning": 8}),
        ("deltagande_kand_anledning", {"slutdatum": date(2011, 2, 9), "avslutningsanledning": 6}),
        ("deltagande_kant_kon", {"kon": 3}),
        ("deltagande_kand_utbildning", {"utbildning": 8}),
        ("deltagande_kand_tid", {"tid_forsorjning": 12}),
        ("deltagande_rimlig_alder", {"alder_vid_start": 121}),
    ],
)
def test_an_impossible_deltagande_is_refused(vagras, namn, falt):
    deltagande = DeltagandeFactory()

    vagras(namn, lambda: Deltagande.objects.filter(pk=deltagande.pk).update(**falt))


@pytest.mark.parametrize(
    ("namn", "falt"),
    [
        ("mattillfalle_forsorjning", {"forsorjning": 0}),
        ("mattillfalle_forsorjning", {"forsorjning": 257}),
        ("mattillfalle_arbete", {"arbete_procent": 50}),
        ("mattillfalle_arbete", {"arbetstyp": 1}),
        ("mattillfalle_arbete", {"arbete_procent": 101, "arbetstyp": 1}),
        ("mattillfalle_studier", {"studier_procent": 0}),
        ("mattillfalle_kand_typ", {"typ": "xx"}),
    ],
)
def test_an_impossible_measurement_is_refused(vagras, namn, falt):
    DeltagandeFactory()

    vagras(namn, lambda: Mattillfalle.objects.update(**falt))


def test_overlap_is_refused_and_the_day_after_is_not(vagras):
    forsta = DeltagandeFactory(avslutat=True)

    vagras(
        "deltagande_overlappar_inte", lambda: DeltagandeFactory(insats=forsta.insats, person=forsta.person, startdatum=date(2011, 6, 30))
    )
    DeltagandeFactory(insats=forsta.insats, person=forsta.person, startdatum=date(2011, 7, 1))
    DeltagandeFactory(insats=InsatsFactory(), person=forsta.person, startdatum=date(2011, 6, 30))


def test_one_measurement_of_each_kind(vagras):
    deltagande = DeltagandeFactory()

    vagras("mattillfalle_ett_av_varje", lambda: MattillfalleFactory(deltagande=deltagande, typ="in"))


def test_children_belong_to_the_insats_of_their_deltagande(vagras):
    deltagande, annan = DeltagandeFactory(), InsatsFactory()

    vagras("mattillfalle_i_samma_insats", lambda: MattillfalleFactory(deltagande=deltagande, insats=annan, typ="ut"))
    vagras("samtycke_i_samma_insats", lambda: SamtyckeFactory(deltagande=deltagande, insats=annan))
    vagras("rattelse_i_samma_insats", lambda: Rattelse.objects.create(deltagande=deltagande, insats=annan, andringar={}))
    vagras("felregistreringsbegaran_i_samma_insats", lambda: FelregistreringsbegaranFactory(deltagande=deltagande, insats=annan))
    utkast = {"deltagande": deltagande, "insats": annan, "sida": "ut", "innehall": b"x", "anvandare": AnvandareFactory()}
    vagras("utkast_gar_med_deltagandet", lambda: Utkast.objects.create(**utkast))


def test_the_original_is_not_sent_before_the_signature(vagras):
    SamtyckeFactory()

    vagras("samtycke_original_efter_underskrift", lambda: Samtycke.objects.update(original_skickat=date(2011, 1, 4)))


def test_one_version_of_the_consent_form_at_a_time(vagras):
    vagras("samtyckestext_en_i_taget", lambda: Samtyckestext.objects.create(version="2", text="…", giltig_fran=date(2020, 1, 1)))


def test_a_person_is_there_once(vagras):
    person = PersonFactory()

    with pytest.raises(IntegrityError, match="uppslag"), transaction.atomic():
        PersonFactory(uppslag=person.uppslag)


@med_riktiga_transaktioner
@pytest.mark.parametrize("samma_nyckel", [True, False])
def test_ten_identical_posts_at_once_make_one_row(samtidigt, samma_nyckel):
    insats = InsatsFactory()
    anvandare = UppdragFactory(roll=Roll.DELTAGARANSVARIG, insats=insats).anvandare
    klienter = []
    for _ in range(10):
        client = Client()
        client.force_login(anvandare)
        klienter.append(client)
    falt = inregistrering()

    def posta(nr):
        egna = falt if samma_nyckel else inregistrering()
        return klienter[nr].post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", egna).status_code

    svar = samtidigt(posta, 10)

    assert Deltagande.objects.count() == 1
    assert sorted(svar) == ([302] * 10 if samma_nyckel else [200] * 9 + [302])
