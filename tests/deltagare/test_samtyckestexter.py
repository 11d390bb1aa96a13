"""The versions of form 9443: added ahead of their day, never changed, and each samtycke has the one of its own day."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from behorigheter import vaggar
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.models import Samtycke, Samtyckestext
from tests.deltagare.conftest import ALMA, ELSA, inregistrering
from tests.factories import SamtyckestextFactory

TEXT = "Samtycke till att uppgifter om dig registreras i SUS.\n\n" + "Det är frivilligt. " * 10


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2012-01-10 10:00+01:00")


@pytest.fixture
def lagg_till(fk):
    def _lagg_till(**falt):
        standard = {"namn": "9443 utgåva 2", "giltig_fran": "2012-02-01", "text": TEXT, "nyckel": str(uuid.uuid4()), "version": "0"}
        return fk.post(reverse("register:samtyckestext_ny"), standard | falt)

    return _lagg_till


@pytest.fixture
def ta_bort(fk):
    def _ta_bort(text):
        adress = reverse("register:samtyckestext_ta_bort", args=[text.pk])
        return fk.post(adress, {"nyckel": str(uuid.uuid4()), "version": fk.get(adress).context["version"]}, follow=True)

    return _ta_bort


def perioder():
    return list(Samtyckestext.objects.values_list("version", "giltig_fran", "giltig_till"))


def test_a_new_version_ends_the_one_before(lagg_till, fk):
    assert lagg_till().status_code == 302

    assert perioder() == [
        ("9443 platshållare 1", date(2009, 1, 1), date(2012, 1, 31)),
        ("9443 utgåva 2", date(2012, 2, 1), None),
    ]
    rader = Handelse.objects.filter(typ=Handelse.Typ.REGISTER_ANDRAT, anvandare_id=fk.anvandare.pk).order_by("id")
    assert [rad.detaljer for rad in rader] == [
        {"falt": ["giltig_till"], "fore": {"giltig_till": ""}, "efter": {"giltig_till": "2012-01-31"}},
        {"tillagda": ["9443 utgåva 2"]},
    ]


@pytest.mark.parametrize(
    ("falt", "fel_i", "mening"),
    [
        ({"giltig_fran": "2012-01-10"}, "giltig_fran", "Första dagen måste vara i morgon eller senare"),
        ({"giltig_fran": "2011-01-10"}, "giltig_fran", "Första dagen måste vara i morgon eller senare"),
        ({"giltig_fran": "2012-03-01"}, "giltig_fran", "9443 kommande gäller från och med 2012-03-01. Välj en senare dag."),
        ({"namn": "9443 KOMMANDE", "giltig_fran": "2012-04-01"}, "namn", "Det finns redan en version med det namnet."),
        ({"namn": ""}, "namn", "Fyll i version."),
        ({"text": "Ja."}, "text", "Skriv minst 200 tecken."),
        ({"text": ""}, "text", "Fyll i text."),
    ],
)
def test_what_cannot_be_a_version_is_refused_at_its_field(lagg_till, fel, falt, fel_i, mening):
    SamtyckestextFactory(version="9443 kommande", giltig_fran=date(2012, 3, 1))
    fore = perioder()

    [[namn, meningar]] = fel(lagg_till(**falt)).items()

    assert (namn, perioder()) == (fel_i, fore)
    assert meningar[0].startswith(mening)


def test_a_samtycke_has_the_version_of_the_day_of_the_signature(klockan, inloggad, insats):
    SamtyckestextFactory(version="9443 utgåva 2", giltig_fran=date(2012, 2, 1))
    klockan("2012-02-10 10:00+01:00")
    client = inloggad(Roll.DELTAGARANSVARIG, insats)

    for personnummer, dag in ((ALMA, "2012-01-31"), (ELSA, "2012-02-01")):
        falt = inregistrering(personnummer=personnummer, samtycke_datum=dag, startdatum="2012-02-02")
        client.post(f"{reverse('deltagare:registrera')}?insats={insats.pk}", falt)

    assert [str(samtycke.text) for samtycke in Samtycke.objects.order_by("datum")] == ["9443 platshållare 1", "9443 utgåva 2"]


def test_a_coming_version_is_removed_and_the_one_before_goes_on(lagg_till, ta_bort):
    lagg_till()
    SamtyckestextFactory(version="9443 utgåva 3", giltig_fran=date(2012, 6, 1))

    sida = ta_bort(Samtyckestext.objects.get(version="9443 utgåva 2")).content.decode()

    assert "Samtyckestexten är borttagen." in sida
    assert perioder() == [
        ("9443 platshållare 1", date(2009, 1, 1), date(2012, 5, 31)),
        ("9443 utgåva 3", date(2012, 6, 1), None),
    ]
    assert Handelse.objects.filter(typ=Handelse.Typ.REGISTER_ANDRAT, detaljer={"borttagna": ["9443 utgåva 2"]}).count() == 1


def test_a_version_in_force_stays(ta_bort):
    svar = ta_bort(Samtyckestext.objects.get())

    assert "Versionen har börjat gälla och tas inte bort" in svar.content.decode()
    assert Samtyckestext.objects.count() == 1


def test_the_placeholder_is_marked_in_the_list_and_on_its_page(fk):
    text = Samtyckestext.objects.get()

    lista, sidan = (fk.get(adress).content.decode() for adress in (reverse("register:samtyckestexter"), text.get_absolute_url()))

    assert '<span class="badge badge--warning-inverted">Platshållare</span>' in lista
    assert "Texten är en platshållare." in sidan
    assert "Du kan när som helst ta tillbaka ditt samtycke." in sidan
    assert "Ta bort" not in sidan


@pytest.mark.parametrize("falt", [{"text": "Något annat"}, {"version": "x"}, {"giltig_fran": date(2012, 3, 1)}, {"ar_platshallare": False}])
def test_the_database_lets_nobody_edit_a_version(falt):
    with pytest.raises(DatabaseError), transaction.atomic():
        Samtyckestext.objects.update(**falt)


@pytest.mark.parametrize(
    "attack",
    [
        lambda: Samtyckestext.objects.filter(pk=1).update(text="Något annat"),
        lambda: Samtyckestext.objects.create(version="x", text="x", giltig_fran=date(2012, 1, 10)),
    ],
)
def test_an_fk_administrators_request_can_neither_rewrite_nor_backdate(fk, attack):
    Samtyckestext.objects.update(giltig_till=date(2011, 12, 31))
    with pytest.raises(ProgrammingError), vaggar.som(fk.anvandare):
        attack()


def test_nobody_elses_request_touches_the_versions(inloggad, insats):
    SamtyckestextFactory(giltig_fran=timezone.localdate() + timedelta(days=20))
    fore = perioder()

    for roll, objekt in ((Roll.DELTAGARANSVARIG, insats), (Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation)):
        with vaggar.som(inloggad(roll, objekt).anvandare):
            assert Samtyckestext.objects.update(giltig_till=date(2095, 1, 1)) == 0
            assert Samtyckestext.objects.all()._raw_delete("default") == 0

    assert perioder() == fore


def test_a_version_in_force_is_not_deleted_even_past_the_page(fk):
    with vaggar.som(fk.anvandare):
        assert Samtyckestext.objects.all()._raw_delete("default") == 0
