"""The registers of organisations and stadsdelar: kept by the FK-administratör, never rewritten behind anybody's back."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from organisations.actions.register import avsluta_stadsdel, registrera_stadsdel
from organisations.models import Kommun, Omrade, Organisation, Stadsdel
from sus.core.regelbrott import Regelbrott
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    IngaendeOrganisationFactory,
    OrganisationFactory,
    OverenskommelseFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db

STOCKHOLM, GOTEBORG = "0180", "1480"


def adress(sida, *argument, **fraga):
    return reverse(f"register:{sida}", args=argument, query=fraga or None)


def post(client, url, **data):
    """Send the form as the page has it; the version is the page's own."""
    version = client.get(url).context["version"]
    return client.post(url, {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def varningar(svar):
    return [text for _, text in svar.context["varningar"]]


def ny(**andring):
    return {"namn": "Provmyndigheten", "typ": "ovrig", "organisationsnummer": "", "kommun": "", "lan": ""} | andring


def andrad(organisation, **andring):
    return {"namn": organisation.namn, "organisationsnummer": organisation.organisationsnummer, "kommun": "", "aktiv": "on"} | andring


# The list of organisations


def test_the_list_is_searched_by_name_kind_and_state(fk):
    OrganisationFactory(namn="Åmunds kommun", organisationsnummer="212000-1215")
    OrganisationFactory(namn="Åmunds vård", typ="ovrig", aktiv=False)
    OrganisationFactory(namn="Åmunds gamla kommun", organisationsnummer="212000-1215")

    def namn(**fraga):
        return [rad.namn for rad in fk.get(adress("organisationer", **fraga)).context["object_list"]]

    assert namn(namn="åmunds*") == ["Åmunds gamla kommun", "Åmunds kommun", "Åmunds vård"]
    assert namn(namn="åmunds") == []
    assert namn(namn="åmunds*", typ="ovrig") == namn(namn="åmunds*", lage="inaktiva") == ["Åmunds vård"]
    assert namn(lage="dubbletter") == ["Åmunds gamla kommun", "Åmunds kommun"]
    assert namn(typ="okänd") == []


def test_a_search_without_a_hit_says_what_to_do(fk):
    assert "Skriv * för en del av namnet" in fk.get(adress("organisationer", namn="finns inte")).content.decode()


def test_the_list_of_organisations_asks_no_more_for_more_rows(fk, antal_fragor):
    fore = antal_fragor(lambda: fk.get(adress("organisationer")))
    OrganisationFactory.create_batch(20)

    assert antal_fragor(lambda: fk.get(adress("organisationer"))) == fore


def test_the_page_of_an_organisation_tells_where_it_is_used(fk):
    part = IngaendeOrganisationFactory()
    OverenskommelseFactory(organisation=part.organisation, referens="FK 2012/88")
    AnvandareFactory.create_batch(2, arbetsgivare=part.organisation)
    AnvandareFactory(arbetsgivare=part.organisation, is_active=False)

    text = fk.get(adress("organisation", part.organisation.pk)).content.decode()

    assert part.samverkansorganisation.namn in text
    assert "FK 2012/88" in text
    assert part.organisation.anvandning() == ["1 samverkansorganisation", "1 gällande överenskommelse", "2 användare"]
    assert '<span class="sus-tal">2</span> användare' in text


# A new organisation


def test_a_new_organisation_is_saved_and_logged(fk):
    svar = post(fk, adress("organisation_ny"), **ny(typ="kommun", organisationsnummer="2120001215", kommun="1488"))

    rad = Organisation.objects.get(namn="Provmyndigheten")
    assert svar.url == rad.get_absolute_url()
    assert (rad.typ, rad.organisationsnummer, rad.kommun_id, rad.aktiv) == ("kommun", "212000-1215", "1488", True)
    handelse = Handelse.objects.get(typ="register_andrat")
    assert (handelse.objekt, handelse.anvandare_id) == (f"organisations.Organisation:{rad.pk}", fk.anvandare.pk)


@pytest.mark.parametrize(
    ("andring", "falt", "text"),
    [
        ({"namn": ""}, "namn", "Fyll i namn."),
        ({"namn": "FÖRSÄKRINGSKASSAN"}, "namn", "Det finns redan en organisation med det namnet."),
        ({"namn": "x" * 201}, "namn", "Skriv högst 200 tecken. Du har skrivit 201."),
        ({"typ": ""}, "typ", "Välj typ."),
        ({"organisationsnummer": "212000-1216"}, "organisationsnummer", "Organisationsnumret är inte giltigt. Kontrollera siffrorna."),
        ({"organisationsnummer": "212000"}, "organisationsnummer", "Skriv organisationsnumret som NNNNNN-NNNN."),
        ({"kommun": "1488"}, "kommun", "Bara en organisation av typen kommun har en kommun. Välj Ingen, eller en annan typ."),
        ({"lan": "14"}, "lan", "Bara en organisation av typen region har ett län. Välj Ingen, eller en annan typ."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(fk, andring, falt, text):
    antal = Organisation.objects.count()

    svar = post(fk, adress("organisation_ny"), **ny(**andring))

    assert fel(svar) == {falt: [text]}
    assert Organisation.objects.count() == antal


def test_an_organisationsnummer_that_another_one_has_is_warned_about_and_may_be_kept(fk):
    OrganisationFactory(namn="Tvillingen", organisationsnummer="212000-1215")
    uppgifter = ny(organisationsnummer="212000-1215")

    svar = post(fk, adress("organisation_ny"), **uppgifter)

    assert varningar(svar) == ["Tvillingen har redan organisationsnumret 212000-1215. Kontrollera att det inte är samma organisation."]
    assert not Organisation.objects.filter(namn="Provmyndigheten").exists()
    post(fk, adress("organisation_ny"), **uppgifter, bekraftade="NUMMER")
    assert Organisation.objects.filter(organisationsnummer="212000-1215").count() == 2


# Changing an organisation


def test_the_log_keeps_what_an_organisation_was_before(fk):
    rad = OrganisationFactory(namn="Gamla namnet")

    svar = post(fk, adress("organisation_andra", rad.pk), **andrad(rad, namn="Nya namnet"))

    assert svar.url == rad.get_absolute_url()
    rad.refresh_from_db()
    assert rad.namn == "Nya namnet"
    detaljer = Handelse.objects.get(typ="register_andrat").detaljer
    assert detaljer == {"falt": ["namn"], "fore": {"namn": "Gamla namnet"}, "efter": {"namn": "Nya namnet"}}


def test_an_organisation_saved_unchanged_leaves_no_event(fk):
    rad = OrganisationFactory()

    post(fk, adress("organisation_andra", rad.pk), **andrad(rad))

    assert not Handelse.objects.filter(typ="register_andrat").exists()


def test_the_kind_of_an_organisation_never_changes(fk):
    rad = OrganisationFactory(typ="kommun")

    post(fk, adress("organisation_andra", rad.pk), **andrad(rad, typ="fk"))

    rad.refresh_from_db()
    assert rad.typ == "kommun"
    assert "typ" not in fk.get(adress("organisation_andra", rad.pk)).context["form"].fields


def test_the_page_tells_who_is_concerned_by_a_new_name_or_an_inactive_organisation(fk):
    part = IngaendeOrganisationFactory()
    rad = part.organisation
    andring = andrad(rad, namn="Nya namnet")
    del andring["aktiv"]

    svar = post(fk, adress("organisation_andra", rad.pk), **andring)

    om_namn, om_aktiv = varningar(svar)
    assert om_namn == f"{rad.namn} finns hos 1 samverkansorganisation. Alla ser det nya namnet, också i uppgifter om tidigare år."
    assert om_aktiv.startswith("Organisationen står kvar hos 1 samverkansorganisation, men kan inte väljas på nya ställen.")
    rad.refresh_from_db()
    assert rad.aktiv


def test_an_inactive_organisation_stays_where_it_is_and_is_chosen_nowhere_else(fk, inloggad):
    part = IngaendeOrganisationFactory(organisation__namn="Nedlagda kommunen")
    andring = andrad(part.organisation)
    del andring["aktiv"]

    post(fk, adress("organisation_andra", part.organisation.pk), **andring, bekraftade="INAKTIV")

    annan = SamverkansorganisationFactory()
    administrator = inloggad(Roll.SAMVERKANSADMINISTRATOR, annan)
    sidan = administrator.post(reverse("organisations:parter", args=[annan.pk]), {"sok": "", "sok_namn": "Nedlagda*"}).content.decode()
    assert "Nedlagda kommunen" not in sidan
    forsta = inloggad(Roll.SAMVERKANSADMINISTRATOR, part.samverkansorganisation)
    assert "Nedlagda kommunen" in forsta.get(reverse("organisations:parter", args=[part.samverkansorganisation.pk])).content.decode()


@pytest.mark.parametrize("vag", ["register", "ny"])
def test_an_inactive_organisation_cannot_be_slipped_in_as_a_party(inloggad, vag):
    inaktiv = OrganisationFactory(namn="Nedlagda kommunen", aktiv=False)
    organisation = SamverkansorganisationFactory()
    administrator = inloggad(Roll.SAMVERKANSADMINISTRATOR, organisation)
    nyckel = f"o{inaktiv.pk}" if vag == "register" else "ny1"
    rad = {"rad": [nyckel], f"{nyckel}-medlem": "on", "ny1-namn": "Nedlagda kommunen", "ny1-typ": "kommun"}

    svar = post(administrator, reverse("organisations:parter", args=[organisation.pk]), **rad)

    assert "Nedlagda kommunen är inaktiv i registret och kan inte läggas till." in svar.content.decode()
    assert not organisation.parter.exists()


def test_two_administrators_at_once_lose_nothing(fk, inloggad):
    rad = OrganisationFactory(namn="Gamla namnet")
    url = adress("organisation_andra", rad.pk)
    oppnad = fk.get(url).context["version"]
    post(inloggad(Roll.FK_ADMINISTRATOR), url, **andrad(rad, namn="Den andras namn"))

    svar = fk.post(url, {"nyckel": str(uuid.uuid4()), "version": oppnad, **andrad(rad, namn="Mitt namn")})

    assert svar.status_code == 409
    assert [(r.sparat, r.ditt) for r in svar.context["konfliktrader"]] == [("Den andras namn", "Mitt namn")]
    rad.refresh_from_db()
    assert rad.namn == "Den andras namn"


# Stadsdelar


def stadsdel(**kwargs):
    return Stadsdel.objects.create(**{"kommun_id": STOCKHOLM, "namn": "Provsta", "giltig_fran": date(2011, 1, 1)} | kwargs)


def test_the_list_has_the_periods_of_each_kommun_those_that_exist_first(fk):
    Stadsdel.objects.all().delete()
    stadsdel(namn="Ånäs")
    stadsdel(namn="Gamla ängen", giltig_till=date(2012, 12, 31))
    stadsdel(namn="Centrum", kommun_id=GOTEBORG)
    Omrade.objects.create(samverkansorganisation=SamverkansorganisationFactory(), stadsdel=Stadsdel.objects.get(namn="Centrum"))

    svar = fk.get(adress("stadsdelar"))

    kommuner = [(str(kommun), [(rad.namn, rad.lage, antal) for rad, antal in rader]) for kommun, rader in svar.context["kommuner"]]
    assert kommuner == [
        ("Göteborg", [("Centrum", "Gäller", 1)]),
        ("Stockholm", [("Ånäs", "Gäller", 0), ("Gamla ängen", "Avslutad", 0)]),
    ]


def test_an_empty_register_says_so(fk):
    Stadsdel.objects.all().delete()

    assert "Inga stadsdelar än" in fk.get(adress("stadsdelar")).content.decode()


def test_the_list_of_stadsdelar_asks_no_more_for_more_rows(fk, antal_fragor):
    fore = antal_fragor(lambda: fk.get(adress("stadsdelar")))
    for nr in range(20):
        stadsdel(namn=f"Provsta {nr}")

    assert antal_fragor(lambda: fk.get(adress("stadsdelar"))) == fore


def test_a_new_stadsdel_is_saved_and_logged(fk):
    post(fk, adress("stadsdel_ny"), kommun=GOTEBORG, namn="Provgården", giltig_fran="2012-01-01", giltig_till="")

    rad = Stadsdel.objects.get(namn="Provgården")
    assert (rad.kommun_id, rad.giltig_fran, rad.giltig_till) == (GOTEBORG, date(2012, 1, 1), None)
    assert Handelse.objects.get(typ="register_andrat").detaljer == {"tillagda": ["Göteborg: Provgården"]}


def test_only_the_two_kommuner_that_have_stadsdelar_are_offered(fk):
    val = fk.get(adress("stadsdel_ny")).context["form"].fields["kommun"].choices

    assert [text for _, text in val] == ["Välj kommun", "Göteborg", "Stockholm"]
    svar = post(fk, adress("stadsdel_ny"), kommun="1488", namn="Provsta", giltig_fran="2012-01-01", giltig_till="")
    assert list(fel(svar)) == ["kommun"]


@pytest.mark.parametrize(
    ("fran", "till", "fritt"),
    [
        ("2012-01-01", "2012-12-31", False),
        ("2009-01-01", "", False),
        ("2010-01-01", "2011-01-01", False),
        ("2014-12-31", "", False),
        ("2011-01-01", "", False),
        ("2010-01-01", "2010-12-31", True),
        ("2015-01-01", "", True),
    ],
)
def test_a_kommun_never_has_two_stadsdelar_of_the_same_name_at_once(fk, fran, till, fritt):
    stadsdel(giltig_till=date(2014, 12, 31))

    svar = post(fk, adress("stadsdel_ny"), kommun=STOCKHOLM, namn="PROVSTA", giltig_fran=fran, giltig_till=till)

    assert Stadsdel.objects.filter(namn__iexact="provsta").count() == 1 + fritt
    if not fritt:
        mening = "Stockholm: Provsta finns redan från och med 2011-01-01 till och med 2014-12-31. Välj en annan tid."
        assert fel(svar) == {"giltig_fran": [mening]}


def test_the_same_name_in_the_other_kommun_is_another_stadsdel(fk):
    stadsdel()

    post(fk, adress("stadsdel_ny"), kommun=GOTEBORG, namn="Provsta", giltig_fran="2011-01-01", giltig_till="")

    assert Stadsdel.objects.filter(namn="Provsta").count() == 2


def test_the_same_stadsdel_once_more_is_refused_in_plain_words(fk):
    stadsdel()

    svar = post(fk, adress("stadsdel_ny"), kommun=STOCKHOLM, namn="Provsta", giltig_fran="2011-01-01", giltig_till="")

    assert fel(svar) == {"__all__": ["Kommunen har redan en stadsdel med det namnet från den dagen."]}


def test_a_stadsdel_that_changes_its_name_becomes_a_new_one_from_the_day_after(fk):
    rad = stadsdel()

    post(fk, adress("stadsdel_andra", rad.pk), giltig_till="2013-06-30", nytt_namn="Nya Provsta")

    rad.refresh_from_db()
    efter = Stadsdel.objects.get(namn="Nya Provsta")
    assert (rad.namn, rad.giltig_till) == ("Provsta", date(2013, 6, 30))
    assert (efter.kommun_id, efter.giltig_fran, efter.giltig_till) == (STOCKHOLM, date(2013, 7, 1), None)
    assert Handelse.objects.filter(typ="register_andrat").count() == 2


@pytest.mark.parametrize(
    ("kropp", "text"),
    [
        ({"giltig_till": "2010-12-31", "nytt_namn": ""}, "Sista dagen kan inte vara tidigare än första dagen."),
        ({"giltig_till": "", "nytt_namn": "Nya Provsta"}, "Ange sista dagen med det gamla namnet."),
        ({"giltig_till": "2013-02-30", "nytt_namn": ""}, "Datumet finns inte. Kontrollera månad och dag."),
    ],
)
def test_an_end_that_cannot_be_is_refused_at_its_field(fk, kropp, text):
    rad = stadsdel()

    svar = post(fk, adress("stadsdel_andra", rad.pk), **kropp)

    assert fel(svar) == {"giltig_till": [text]}
    assert not Stadsdel.objects.filter(namn="Nya Provsta").exists()


def test_an_end_is_not_taken_back_over_the_one_that_came_after(fk):
    forsta = stadsdel(giltig_till=date(2012, 12, 31))
    stadsdel(giltig_fran=date(2013, 1, 1))

    svar = post(fk, adress("stadsdel_andra", forsta.pk), giltig_till="", nytt_namn="")

    assert "finns redan från och med 2013-01-01 tills vidare" in fel(svar)["giltig_till"][0]


def test_an_ended_stadsdel_stays_with_those_who_work_in_it(fk):
    rad, organisation = stadsdel(), SamverkansorganisationFactory()
    Omrade.objects.create(samverkansorganisation=organisation, stadsdel=rad)
    igar = str(timezone.localdate() - timedelta(days=1))

    svar = post(fk, adress("stadsdel_andra", rad.pk), giltig_till=igar, nytt_namn="")

    assert varningar(svar) == [
        "1 samverkansorganisation arbetar i stadsdelen. Den står kvar hos dem tills de själva väljer andra stadsdelar."
    ]
    post(fk, adress("stadsdel_andra", rad.pk), giltig_till=igar, nytt_namn="", bekraftade="OMRADE")
    assert not Stadsdel.objects.giltiga(timezone.localdate()).filter(pk=rad.pk).exists()
    assert organisation.omraden.get().stadsdel == rad


@med_riktiga_transaktioner
def test_two_stadsdelar_of_one_name_cannot_be_made_at_the_same_moment(samtidigt):
    stadsdel()
    by = AnvandareFactory()
    kommun = Kommun.objects.get(pk=STOCKHOLM)

    def forsok(nr):
        uppgifter = {"kommun": kommun, "namn": "Tävlingen", "giltig_fran": date(2012, 1, 1 + nr), "giltig_till": None}
        try:
            return registrera_stadsdel(uppgifter=uppgifter, by=by)
        except Regelbrott:
            return None

    assert len([rad for rad in samtidigt(forsok, 4) if rad]) == 1


# Who may


@pytest.mark.parametrize("roll", [Roll.SAMVERKANSADMINISTRATOR, Roll.UTFARDARE])
def test_the_registers_are_closed_to_other_roles(inloggad, roll):
    client = inloggad(roll, SamverkansorganisationFactory() if roll == Roll.SAMVERKANSADMINISTRATOR else None)
    rad = OrganisationFactory()

    svar = client.post(adress("organisation_andra", rad.pk), andrad(rad, namn="Kapad"))

    rad.refresh_from_db()
    assert (svar.status_code, rad.namn != "Kapad") == (403, True)
    assert "Målgrupper" not in client.get("/").content.decode()


def test_the_menu_leads_the_fk_administrator_to_the_registers(fk):
    text = fk.get(adress("organisationer")).content.decode()

    for sida in ("organisationer", "malgrupper", "stadsdelar"):
        assert f'href="{adress(sida)}"' in text


def test_a_stadsdel_ended_by_the_action_itself_is_checked_too():
    rad = stadsdel()

    with pytest.raises(Regelbrott, match="tidigare än första dagen"):
        avsluta_stadsdel(stadsdel=rad, giltig_till=date(2010, 1, 1), by=AnvandareFactory())
