"""The pages of a samverkansorganisation through a real client: who gets in, what is refused where, and what is kept."""

import uuid
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from behorigheter.models import Handelse, Uppdrag
from behorigheter.roller import Roll
from organisations.models import Budgetar, Finansiering, IngaendeOrganisation, Organisation, Samverkansorganisation
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AdministrativKostnadFactory,
    AnvandareFactory,
    BehorighetFactory,
    FinansieringFactory,
    IngaendeOrganisationFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    OrganisationFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)

pytestmark = pytest.mark.django_db

SA, IA, FK = Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.FK_ADMINISTRATOR


def adress(sida, *argument, **fraga):
    return reverse(f"organisations:{sida}", args=argument, query=fraga or None)


def post(client, url, version=1, **data):
    return client.post(url, {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def bestallning(**andring):
    return {
        "namn": "Provbygden", "organisationsnummer": "202100-5521", "samverkansform": "finsam", "startdatum": "2012-01-01",
        "bestallare_namn": "Beda Best", "bestallare_telefon": "0520-100 00", "bestallare_epost": "beda@example.com",
    } | andring  # fmt: skip


# The list


def test_ones_own_stand_first_and_the_rest_in_swedish_order(inloggad):
    egen = SamverkansorganisationFactory(namn="Östra Provbygden")
    for namn in ("Ödåkra", "Ängelholm", "Åmål", "Zinkgruvan"):
        SamverkansorganisationFactory(namn=namn)
    client = inloggad(SA, egen)

    svar = client.get(adress("list"))

    namn = [rad.namn for rad in svar.context["object_list"]]
    assert namn == ["Östra Provbygden", "Zinkgruvan", "Åmål", "Ängelholm", "Ödåkra"]


def test_the_list_is_searched_by_name_county_form_and_status(inloggad):
    SamverkansorganisationFactory(namn="Karlstad", lan_id="17")
    SamverkansorganisationFactory(namn="Karlskoga", lan_id="18", samverkansform="tvaparts", slutdatum=date(2010, 1, 1))
    client = inloggad(Roll.RAPPORT)

    def namn(**fraga):
        return [rad.namn for rad in client.get(adress("list", **fraga)).context["object_list"]]

    assert namn(namn="karl*") == ["Karlskoga", "Karlstad"]
    assert namn(namn="karl") == []
    assert namn(namn="karl*", lan="17") == ["Karlstad"]
    assert namn(form="tvaparts") == namn(status="avslutade") == ["Karlskoga"]
    assert namn(status="okänd") == []


def test_the_list_asks_no_more_for_more_rows(inloggad, antal_fragor):
    client = inloggad(SA, SamverkansorganisationFactory())
    fore = antal_fragor(lambda: client.get(adress("list")))
    SamverkansorganisationFactory.create_batch(20)

    assert antal_fragor(lambda: client.get(adress("list"))) == fore


# Creating


def test_an_order_becomes_a_samverkansorganisation_with_its_administrator(inloggad, django_capture_on_commit_callbacks):
    administrator = BehorighetFactory(roll=SA).anvandare
    client = inloggad(FK)

    with django_capture_on_commit_callbacks(execute=True):
        svar = post(client, adress("create"), version=0, **bestallning(administrator=administrator.pk))

    rad = Samverkansorganisation.objects.get()
    assert svar.url == rad.get_absolute_url()
    assert Uppdrag.objects.get(samverkansorganisation=rad).anvandare == administrator
    assert Organisation.objects.get(namn="Samordningsförbundet Provbygden").organisationsnummer == "202100-5521"
    assert [brev.to for brev in mail.outbox] == [["beda@example.com"], [administrator.epost]]
    assert "Provbygden är upplagd i SUS" in mail.outbox[0].subject
    assert set(Handelse.objects.values_list("typ", flat=True)) == {"samverkansorganisation_skapad", "uppdrag_givet"}


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"namn": "x" * 51}, "namn", "Namnet får vara högst 50 tecken inklusive blanksteg."),
        ({"namn": "Finsam Provbygden"}, "namn", "Skriv namnet utan samverkansform. Formen anges i ett eget fält."),
        ({"namn": "UPPTAGET"}, "namn", "Det finns redan en samverkansorganisation med det namnet. Välj ett annat namn."),
        ({"namn": ""}, "namn", "Fyll i namn i SUS."),
        ({"organisationsnummer": "202100-5522"}, "organisationsnummer", "Organisationsnumret är inte giltigt. Kontrollera siffrorna."),
        ({"organisationsnummer": "12"}, "organisationsnummer", "Skriv organisationsnumret som NNNNNN-NNNN."),
        ({"samverkansform": ""}, "samverkansform", "Välj samverkansform."),
        ({"startdatum": "2012-02-30"}, "startdatum", "Datumet finns inte. Kontrollera månad och dag."),
        ({"bestallare_epost": "beda"}, "bestallare_epost", "Fyll i en giltig e-postadress."),
        ({"administrator": ""}, "administrator", "Välj samverkansadministratör."),
    ],
)
def test_a_faulty_order_is_refused_at_the_field_and_kept(inloggad, andring, falt, text):
    SamverkansorganisationFactory(namn="Upptaget")
    administrator = BehorighetFactory(roll=SA).anvandare

    svar = post(inloggad(FK), adress("create"), version=0, **bestallning(administrator=administrator.pk) | andring)

    assert fel(svar) == {falt: [text]}
    assert 'value="beda' in svar.text
    assert Samverkansorganisation.objects.count() == 1


def test_an_administrator_without_the_behorighet_is_no_choice(inloggad):
    svar = post(inloggad(FK), adress("create"), version=0, **bestallning(administrator=AnvandareFactory().pk))

    assert list(fel(svar)) == ["administrator"]


def test_the_search_for_an_administrator_keeps_what_was_typed(inloggad):
    BehorighetFactory(roll=SA, anvandare__fornamn="Lena")
    BehorighetFactory(roll=SA, anvandare__fornamn="Per")

    svar = inloggad(FK).post(adress("create"), bestallning(sok_fornamn="Le*", sok=""))

    assert [str(namn).split()[0] for _, namn in svar.context["form"].fields["administrator"].choices] == ["Lena"]
    assert svar.context["form"]["namn"].value() == "Provbygden"
    assert not svar.context["form"].errors


def test_the_same_order_sent_twice_makes_one_samverkansorganisation(inloggad):
    client = inloggad(FK)
    data = bestallning(administrator=BehorighetFactory(roll=SA).anvandare.pk, nyckel=str(uuid.uuid4()), version=0, spara="")

    svar = [client.post(adress("create"), data) for _ in range(2)]

    assert svar[0].url == svar[1].url
    assert Samverkansorganisation.objects.count() == 1


# Changing


def test_forsakringskassan_changes_the_name_but_never_the_form(inloggad):
    rad = SamverkansorganisationFactory(samverkansform="finsam")

    post(
        inloggad(FK),
        adress("grunduppgifter", rad.pk),
        **bestallning(namn="Nya Provbygden", samverkansform="tvaparts", startdatum="2009-01-01"),
    )

    rad.refresh_from_db()
    assert (rad.namn, rad.samverkansform) == ("Nya Provbygden", "finsam")


def test_the_administrator_cannot_change_what_forsakringskassan_sets(inloggad):
    rad = SamverkansorganisationFactory(namn="Provbygden")

    post(inloggad(SA, rad), adress("update", rad.pk), namn="Kapad", beskrivning="Stöd", startdatum="1999-01-01", lan="14")

    rad.refresh_from_db()
    assert (rad.namn, rad.beskrivning, rad.startdatum) == ("Provbygden", "Stöd", date(2009, 1, 1))


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"slutdatum": "2008-12-31"}, "slutdatum", "Slutdatum kan inte vara tidigare än startdatum."),
        ({"slutdatum": "2012-12-31"}, "slutdatum", "1 insats pågår efter 2012-12-31. Ange slutdatum för dem först."),
        ({"postnummer": "4611"}, "postnummer", "Skriv postnumret med fem siffror."),
        ({"kontakt_epost": "lena"}, "kontakt_epost", "Fyll i en giltig e-postadress."),
        ({"beskrivning": "x" * 4001}, "beskrivning", "Skriv högst 4000 tecken. Du har skrivit 4001."),
    ],
)
def test_a_faulty_change_is_refused_at_the_field(inloggad, andring, falt, text):
    rad = InsatsFactory().samverkansorganisation

    svar = post(inloggad(SA, rad), adress("update", rad.pk), **{"lan": "14"} | andring)

    assert fel(svar) == {falt: [text]}


def test_two_who_change_at_once_see_both_texts(inloggad):
    rad = SamverkansorganisationFactory()
    lena, per = inloggad(SA, rad), inloggad(SA, rad)
    post(lena, adress("update", rad.pk), beskrivning="Lenas text", lan="14")

    svar = post(per, adress("update", rad.pk), beskrivning="Pers text", lan="14")

    assert svar.status_code == 409
    assert [(rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]] == [("Lenas text", "Pers text")]
    rad.refresh_from_db()
    assert rad.beskrivning == "Lenas text"

    post(per, adress("update", rad.pk), version=svar.context["version"], beskrivning="Pers text", lan="14")

    rad.refresh_from_db()
    assert rad.beskrivning == "Pers text"


@pytest.mark.parametrize("sida", ["update", "omrade", "parter", "budget"])
def test_somebody_elses_samverkansorganisation_is_never_changed(inloggad, sida):
    rad = SamverkansorganisationFactory()
    client = inloggad(SA, SamverkansorganisationFactory())

    svar = post(client, adress(sida, rad.pk), beskrivning="Kapad", valda="k1488", version=0)

    assert svar.status_code == 404
    assert set(Handelse.objects.values_list("typ", flat=True)) == {Handelse.Typ.NEKAD}


def test_a_role_without_the_right_may_read_the_budget_but_not_send_it(inloggad):
    rad = FinansieringFactory(budgetar__ar=2011, belopp=123_456).budgetar.samverkansorganisation
    client = inloggad(IA, rad)

    svar = client.get(adress("budget", rad.pk, ar=2011))

    assert "123\u202f456" in svar.text
    assert 'id="formular"' not in svar.text
    assert post(client, adress("budget", rad.pk, ar=2011)).status_code == 403


# The area


def test_karl_finds_five_kommuner(inloggad):
    rad = SamverkansorganisationFactory()

    svar = inloggad(SA, rad).post(adress("omrade", rad.pk), {"kommunnamn": "Karl*", "sok": ""})

    namn = [namn for _, namn in svar.context["form"].fields["traffar"].choices]
    assert namn == ["Karlsborg", "Karlshamn", "Karlskoga", "Karlskrona", "Karlstad"]


def test_only_stadsdelar_of_the_present_are_found(inloggad):
    rad, gammal = SamverkansorganisationFactory(), SamverkansorganisationFactory(slutdatum=date(2015, 1, 1))

    def stadsdelar(rad):
        svar = inloggad(SA, rad).post(adress("omrade", rad.pk), {"kommunnamn": "Göteborg", "sok": ""})
        return [namn for _, namn in svar.context["form"].fields["traffar"].choices]

    assert stadsdelar(rad) == [
        "Göteborg", "Göteborg: Centrum (stadsområde)", "Göteborg: Hisingen", "Göteborg: Nordost", "Göteborg: Sydväst",
    ]  # fmt: skip
    assert "Göteborg: Angered" in stadsdelar(gammal)


def test_kommuner_are_added_removed_and_saved(inloggad):
    rad = SamverkansorganisationFactory(lan_id=None)
    client = inloggad(SA, rad)

    svar = client.post(adress("omrade", rad.pk), {"valda": ["k1488"], "traffar": ["k1462", "k1444"], "lagg_till": ""})
    assert [kod for kod, _ in svar.context["form"].rader()] == ["k1488", "k1462", "k1444"]
    svar = client.post(adress("omrade", rad.pk), {"valda": ["k1488", "k1462", "k1444"], "ta_bort": "k1462"})
    assert [kod for kod, _ in svar.context["form"].rader()] == ["k1488", "k1444"]
    assert not rad.omraden.exists()
    post(client, adress("omrade", rad.pk), valda=["k1488", "k1444"])

    rad.refresh_from_db()
    assert [omrade.kommun_id for omrade in rad.omraden.all()] == ["1488", "1444"]
    assert rad.lan_id == "14"


def test_enter_in_the_search_field_searches_instead_of_saving(inloggad):
    rad = SamverkansorganisationFactory()

    svar = post(inloggad(SA, rad), adress("omrade", rad.pk), valda=["k1488"], kommunnamn="Karl*", sokt="")

    assert svar.context["form"].har_sokt
    assert not rad.omraden.exists()


def test_an_unknown_kommun_is_refused(inloggad):
    rad = SamverkansorganisationFactory()

    svar = post(inloggad(SA, rad), adress("omrade", rad.pk), valda=["k9999", "s99999", "x"])

    assert svar.status_code == 200
    assert not rad.omraden.exists()


# The parties


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


# The budget


@pytest.fixture
def finansiar():
    return IngaendeOrganisationFactory(organisation__namn="Försäkringskassan i Provbygden", organisation__typ="fk")


def budgetrad(part, belopp, beskrivning="", nr=0):
    return {f"fin-{nr}-part": part.pk, f"fin-{nr}-belopp": belopp, f"fin-{nr}-beskrivning": beskrivning}


def budgetadress(part, ar=2011):
    return adress("budget", part.samverkansorganisation_id, ar=ar)


@pytest.mark.parametrize(
    ("text", "belopp"),
    [
        ("5030000", 5_030_000),
        ("5 030 000", 5_030_000),
        ("5\u202f030\u202f000", 5_030_000),
        ("5\u00a0030\u00a0000", 5_030_000),
        ("0", 0),
        ("9" * 12, 10**12 - 1),
    ],
)
def test_amounts_are_read_with_and_without_spaces(inloggad, finansiar, text, belopp):
    post(inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0, **budgetrad(finansiar, text))

    assert Finansiering.objects.get().belopp == belopp


@pytest.mark.parametrize(
    ("text", "mening"),
    [
        ("", "Fyll i beloppet eller ta bort raden."),
        ("1 000,50", "Skriv beloppet i hela kronor, utan ören."),
        ("fem", "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000."),
        ("٥٠٠", "Skriv beloppet i hela kronor med bara siffror, till exempel 1 360 000."),
        ("-1", "Beloppet kan bara vara negativt för eget kapital."),
        ("9" * 13, "Beloppet får ha högst 12 siffror."),
        ("9" * 400, "Beloppet får ha högst 12 siffror."),
    ],
)
def test_a_faulty_amount_is_refused_at_its_row_and_kept(inloggad, finansiar, text, mening):
    svar = post(inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0, **budgetrad(finansiar, text))

    assert {falt: [t.replace("\u202f", " ").replace("\u00a0", " ") for t in texter] for falt, texter in fel(svar).items()} == {
        "fin-0-belopp": [mening]
    }
    assert svar.context["form"]["fin-0-belopp"].value() == text
    assert not Budgetar.objects.exists()


def test_the_row_to_be_added_counts_when_the_page_is_saved(inloggad, finansiar):
    post(
        inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0,
        **budgetrad(finansiar, "100"), **{"ny-part": finansiar.pk, "ny-belopp": "50", "ny-beskrivning": "Extra"},
    )  # fmt: skip

    assert list(Finansiering.objects.values_list("belopp", "beskrivning")) == [(100, ""), (50, "Extra")]


def test_the_same_financier_and_beskrivning_twice_is_refused_at_the_row(inloggad, finansiar):
    svar = post(
        inloggad(SA, finansiar.samverkansorganisation), budgetadress(finansiar), version=0,
        **budgetrad(finansiar, "1"), **budgetrad(finansiar, "2", nr=1),
    )  # fmt: skip

    assert list(fel(svar)) == ["fin-1-beskrivning"]


def test_who_is_no_financier_cannot_be_chosen(inloggad, finansiar):
    annan = IngaendeOrganisationFactory(samverkansorganisation=finansiar.samverkansorganisation, finansiar=False)
    utanfor = IngaendeOrganisationFactory()
    client = inloggad(SA, finansiar.samverkansorganisation)

    for part in (annan, utanfor):
        svar = post(client, budgetadress(finansiar), version=0, **budgetrad(part, "1"))

        assert fel(svar)["fin-0-part"] == ["Organisationen är inte markerad som finansiär."]


def test_rows_are_added_and_removed_without_being_saved(inloggad, finansiar):
    client = inloggad(SA, finansiar.samverkansorganisation)
    ny = {"ny-part": finansiar.pk, "ny-belopp": "50", "ny-beskrivning": "Extra"}

    svar = client.post(budgetadress(finansiar), budgetrad(finansiar, "skräp") | ny | {"lagg_till": "finansiar"})
    rader = svar.context["form"].finansieringsrader()
    assert [(rad.belopp.value(), rad.text.value()) for rad in rader] == [("skräp", ""), ("50", "Extra")]
    svar = client.post(budgetadress(finansiar), budgetrad(finansiar, "skräp") | {"ta_bort": "fin-0"})
    assert svar.context["form"].finansieringsrader() == []
    svar = client.post(budgetadress(finansiar), {"lagg_till": "kostnadstyp"})
    assert len(svar.context["form"].kostnadsrader()) == 1

    assert not Budgetar.objects.exists()


def test_a_removed_row_is_gone_when_the_page_is_saved(inloggad):
    rad = FinansieringFactory()
    AdministrativKostnadFactory(budgetar=rad.budgetar)
    forbundet = rad.budgetar.samverkansorganisation

    post(
        inloggad(SA, forbundet), adress("budget", forbundet.pk, ar=2011), **{"adm-0-typ": "kring", "adm-0-budget": "7", "adm-0-utfall": ""}
    )

    assert not Finansiering.objects.exists()
    assert list(rad.budgetar.administrativa_kostnader.values_list("budget", "utfall")) == [(7, None)]


def test_a_kostnadstyp_twice_is_refused(inloggad):
    rad = SamverkansorganisationFactory()
    data = {f"adm-{nr}-{falt}": varde for nr in (0, 1) for falt, varde in {"typ": "kring", "budget": "1", "utfall": ""}.items()}

    svar = post(inloggad(SA, rad), adress("budget", rad.pk, ar=2011), version=0, **data)

    assert fel(svar) == {"adm-1-typ": ["Kostnadstypen finns redan för året."]}


def test_two_who_change_the_budget_at_once_see_both_amounts(inloggad, finansiar):
    lena, per = (inloggad(SA, finansiar.samverkansorganisation) for _ in range(2))
    post(lena, budgetadress(finansiar), version=0, **budgetrad(finansiar, "100"))

    svar = post(per, budgetadress(finansiar), version=0, **budgetrad(finansiar, "200"))

    assert svar.status_code == 409
    assert [(r.falt, r.sparat, r.ditt) for r in svar.context["konfliktrader"]] == [(str(finansiar), "100 kr", "200 kr")]
    assert Finansiering.objects.get().belopp == 100


def test_the_same_budget_sent_twice_is_saved_once(inloggad, finansiar):
    client = inloggad(SA, finansiar.samverkansorganisation)
    data = budgetrad(finansiar, "100") | {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""}

    for _ in range(2):
        svar = client.post(budgetadress(finansiar), data)
        assert svar.url == budgetadress(finansiar)

    assert Budgetar.objects.get().version == 1


@med_riktiga_transaktioner
def test_ten_who_send_the_same_budget_at_once_make_one(inloggad, samtidigt):
    finansiar = IngaendeOrganisationFactory()
    client = inloggad(SA, finansiar.samverkansorganisation)
    data = budgetrad(finansiar, "100") | {"nyckel": str(uuid.uuid4()), "version": 0, "spara": ""}

    svar = samtidigt(lambda nr: client.post(budgetadress(finansiar), data).status_code, 10)

    assert svar == [302] * 10
    assert Finansiering.objects.count() == Budgetar.objects.count() == Handelse.objects.filter(typ="budget_andrad").count() == 1


def test_a_year_before_the_start_shows_the_rule_and_cannot_be_saved(inloggad, finansiar):
    client = inloggad(SA, finansiar.samverkansorganisation)

    assert (
        "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01)."
        in client.get(budgetadress(finansiar, 2008)).text
    )
    svar = post(client, budgetadress(finansiar, 2008), version=0, **budgetrad(finansiar, "100"))
    assert "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01)." in svar.text
    assert client.get(budgetadress(finansiar, "abc")).status_code == 404
    assert not Budgetar.objects.exists()


def test_last_years_result_is_filled_in_as_eget_kapital(inloggad):
    rad = FinansieringFactory(belopp=100_000)
    forbund = IngaendeOrganisationFactory(
        samverkansorganisation=rad.budgetar.samverkansorganisation, organisation__typ="samordningsforbund", medlem=False, konsument=True
    )
    client = inloggad(SA, forbund.samverkansorganisation)

    svar = client.post(budgetadress(forbund, 2012), {"foresla": ""})

    [ny] = svar.context["form"].finansieringsrader()
    assert (ny.val.value(), ny.belopp.value(), ny.text.value()) == (str(forbund.pk), "100\u202f000", "Eget kapital")
    assert not Budgetar.objects.filter(ar=2012).exists()


def test_the_insatser_are_shown_by_budgettyp_with_their_sums(inloggad):
    rad = SamverkansorganisationFactory()
    for namn, belopp in (("Trampolin", 100), ("Ängen", 200), ("Åkern", 300)):
        InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad, namn=namn)), budget=belopp)
    InsatsBudgetFactory(
        insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)), budgettyp="esf_insatskostnad", budget=50
    )

    bild = inloggad(SA, rad).get(adress("budget", rad.pk, ar=2011)).context["bild"]

    tabeller = {typ: ([r.namn for r in rader], summa.budget, summa.utfall) for typ, _, rader, summa in bild.insatstabeller()}
    assert tabeller["insatskostnad"] == (["Trampolin", "Åkern", "Ängen"], 600, None)
    assert tabeller["esf_insatskostnad"][1] == 50
    assert bild.nu.budgeterat == 650


def test_the_budget_asks_no_more_for_more_insatser(inloggad, antal_fragor):
    rad = FinansieringFactory().budgetar.samverkansorganisation
    client = inloggad(SA, rad)

    def fler(antal):
        for _ in range(antal):
            InsatsBudgetFactory(insatsar=InsatsArFactory(insats=InsatsFactory(samverkansorganisation=rad)))

    fler(1)
    fore = antal_fragor(lambda: client.get(adress("budget", rad.pk, ar=2011)))
    fler(20)

    assert antal_fragor(lambda: client.get(adress("budget", rad.pk, ar=2011))) == fore


# Uppdrag


def test_only_holders_of_the_role_without_the_uppdrag_can_be_chosen(inloggad):
    rad = SamverkansorganisationFactory()
    ledig = BehorighetFactory(roll=IA, anvandare__fornamn="Karl", anvandare__efternamn="Ledig").anvandare
    UppdragFactory(roll=IA, samverkansorganisation=rad)
    BehorighetFactory(roll=Roll.RAPPORT)
    client = inloggad(SA, rad)

    form = client.get(adress("uppdrag_ge", rad.pk, "insatsansvarig")).context["form"]
    assert [pk for pk, _ in form.fields["anvandare"].choices] == [ledig.pk]
    form = client.get(adress("uppdrag_ge", rad.pk, "insatsansvarig", efternamn="Ann*")).context["form"]
    assert form.antal == 0
    form = client.get(adress("uppdrag_ge", rad.pk, "insatsansvarig", fornamn="K*l", efternamn="led*")).context["form"]
    assert form.antal == 1


def test_the_ticked_users_get_the_uppdrag_and_it_is_ended_again(inloggad):
    rad = SamverkansorganisationFactory()
    karl = BehorighetFactory(roll=IA).anvandare
    client = inloggad(SA, rad)

    post(client, adress("uppdrag_ge", rad.pk, "insatsansvarig"), version=0, anvandare=[karl.pk], fran="2026-01-01")
    uppdrag = karl.uppdrag.get()
    assert str(karl) in client.get(adress("uppdrag", rad.pk)).text
    post(client, adress("uppdrag_avsluta", uppdrag.pk), version=0, till="2026-01-31")

    uppdrag.refresh_from_db()
    assert uppdrag.till == date(2026, 1, 31)
    assert list(Handelse.objects.values_list("typ", flat=True)) == ["uppdrag_givet", "uppdrag_avslutat"]


@pytest.mark.parametrize("roll", ["deltagaransvarig", "fk_administrator", "skräp"])
def test_no_other_role_is_given_here(inloggad, roll):
    rad = SamverkansorganisationFactory()

    assert inloggad(SA, rad).get(f"/samverkansorganisation/{rad.pk}/uppdrag/{roll}/").status_code == 404


def test_an_uppdrag_in_an_insats_is_not_ended_here(inloggad):
    uppdrag = UppdragFactory(roll=Roll.DELTAGARANSVARIG)

    for client in (inloggad(SA, uppdrag.insats.samverkansorganisation), inloggad(FK)):
        assert post(client, adress("uppdrag_avsluta", uppdrag.pk), version=0, till="2026-01-31").status_code == 404


def test_the_detail_page_shows_who_works_there_and_buttons_only_to_who_may(inloggad):
    rad = SamverkansorganisationFactory(kontakt_namn="Kim Kontakt", beskrivning="<script>alert(1)</script>")
    insatsansvarig = UppdragFactory(
        roll=IA, samverkansorganisation=rad, anvandare__arbetsgivare=OrganisationFactory(namn="Provkommunen")
    ).anvandare

    hos_lasaren = inloggad(Roll.RAPPORT).get(rad.get_absolute_url()).text
    hos_administratoren = inloggad(SA, rad).get(rad.get_absolute_url()).text

    assert f"{insatsansvarig}, Provkommunen" in hos_lasaren
    assert "Kim Kontakt" in hos_lasaren
    assert "<script>alert" not in hos_lasaren
    assert "Ändra" not in hos_lasaren
    assert "Ändra ingående organisationer" in hos_administratoren
    assert "Ändra grunduppgifter" not in hos_administratoren
