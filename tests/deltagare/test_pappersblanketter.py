"""Forms on paper: every field of the page, in its order and words; who may have them filled in; what the file is."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from behorigheter.forms.bestallning import BestallningForm
from behorigheter.models import Handelse
from behorigheter.pappersblanketter import bestallning
from behorigheter.roller import Roll
from deltagare.forms.registrera import RegistreraForm
from deltagare.forms.utregistrering import UtForm
from deltagare.koder import Avslutningsanledning
from deltagare.pappersblanketter import inregistrering, utregistrering
from organisations.forms.samverkansorganisation import SkapaForm
from organisations.pappersblanketter import upplaggning
from tests.factories import DeltagandeFactory, InsatsFactory, KompletterandeFragaFactory, SamtyckeFactory

pytestmark = pytest.mark.django_db


class AllaFalt(RegistreraForm):
    """The page as it is when everything that it can ask stands there."""

    ar_barn = for_hand = True
    visar_stadsdel = True


def falten(avsnitten) -> list[str]:
    """The fields of a layout, from top to bottom."""
    namn = []
    for del_ in avsnitten:
        namn += [del_] if isinstance(del_, str) else falten(del_.fields)
    return namn


def pa_papper(blankett) -> list[str]:
    return [falt.namn for falt in blankett.falt if not falt.namn.startswith("papper_")]


def pdf(svar) -> PdfReader:
    assert svar.headers["Content-Type"] == "application/pdf", svar.status_code
    return PdfReader(BytesIO(svar.content))


def text(svar) -> str:
    return " ".join(" ".join(sida.extract_text() for sida in pdf(svar).pages).split())


def test_9448_asks_what_the_page_asks_in_its_order(insats, inloggad):
    sidan = AllaFalt(anvandare=inloggad(Roll.DELTAGARANSVARIG, insats).anvandare, insats=insats)

    assert pa_papper(inregistrering()) == falten(sidan.avsnitten())


def test_9449_asks_what_the_page_asks_in_its_order():
    sidan = UtForm(anvandare=None, deltagande=DeltagandeFactory())

    pappret = pa_papper(utregistrering())

    assert pappret == ["personnummer", "namn", *falten(sidan.avsnitten())]


def test_9445_asks_what_the_order_asks_in_its_order(inloggad):
    anvandare = inloggad(Roll.BESTALLARE).anvandare

    assert pa_papper(bestallning()) == falten(BestallningForm(anvandare=anvandare).avsnitt())


def test_9447_asks_what_the_page_asks_in_its_order(inloggad):
    sidan = SkapaForm(anvandare=inloggad(Roll.FK_ADMINISTRATOR).anvandare)

    utan_sokning = [namn for namn in falten(sidan.avsnitt()) if not namn.startswith("sok_")]

    assert pa_papper(upplaggning()) == utan_sokning


def test_choices_are_those_of_the_page_and_the_reasons_carry_their_codes(insats, inloggad):
    sidan = AllaFalt(anvandare=inloggad(Roll.DELTAGARANSVARIG, insats).anvandare, insats=insats)
    rutor = {falt.namn: [ruta.etikett for ruta in falt.rutor] for falt in inregistrering().falt}

    for namn in ("utbildning", "tid_forsorjning", "forsorjning_fore", "arbetstyp_fore", "studerar_fore"):
        assert rutor[namn] == [str(etikett) for kod, etikett in sidan.fields[namn].choices if kod != ""]
    anledningar = next(falt for falt in utregistrering().falt if falt.namn == "avslutningsanledning")
    assert [ruta.etikett.split("  ") for ruta in anledningar.rutor] == [[str(kod.value), kod.label] for kod in Avslutningsanledning]


def test_blank_forms_name_nobody_and_are_open_without_login(klient):
    for nummer in ("9443", "9445", "9447", "9448", "9449"):
        svar = klient.get(reverse("start:blankett", args=[nummer]))

        assert svar.headers["Content-Disposition"] == f'attachment; filename="blankett-{nummer}.pdf"'
        assert 1 <= len(pdf(svar).pages) <= 2
        assert f"Blankett {nummer}, " in text(svar)
    assert klient.get(reverse("start:blankett", args=["9450"])).status_code == 404


def test_the_file_is_tagged_with_language_title_and_headings(klient):
    fil = pdf(klient.get(reverse("start:blankett", args=["9448"])))
    rot = fil.trailer["/Root"]

    assert (rot["/Lang"], rot["/MarkInfo"]["/Marked"].value) == ("sv", True)
    assert fil.metadata.title == "Inregistrering av deltagare, blankett 9448 – SUS"
    assert b"pdfuaid" in rot["/Metadata"].get_data()
    slag = [element["/S"] for element in strukturelement(rot["/StructTreeRoot"])]
    assert (slag.count("/H1"), slag.count("/H2")) == (1, 4)
    assert slag.index("/H1") < slag.index("/H2") < slag.index("/L")


def strukturelement(element):
    barn = element.get("/K", [])
    for ett in barn if isinstance(barn, list) else [barn]:
        ett = ett.get_object()
        if isinstance(ett, dict) and "/S" in ett:
            yield ett
            yield from strukturelement(ett)


def test_the_insats_and_its_questions_stand_on_its_forms(inloggad):
    insats = InsatsFactory(namn="Hjortmossen")
    KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, fragetext="Har deltagaren körkort?")
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)

    svar = klient.get(reverse("deltagare:insatsblankett_in", args=[insats.pk]))

    assert "Hjortmossen" in text(svar)
    assert insats.samverkansorganisation.namn in text(svar)
    assert "Kompletterande frågor Har deltagaren körkort?" in text(svar)
    assert not Handelse.objects.filter(typ=Handelse.Typ.DELTAGARE_VISADE).exists()


def test_a_volyminsats_registers_nobody_and_has_no_forms(inloggad):
    insats = InsatsFactory(volym=True)

    assert inloggad(Roll.DELTAGARANSVARIG, insats).get(reverse("deltagare:insatsblankett_in", args=[insats.pk])).status_code == 404


def test_what_is_registered_stands_on_9448_as_on_the_page_and_is_logged(deltagande, klient_da):
    svar = klient_da.get(reverse("deltagare:blankett_in", args=[deltagande.pk]))

    assert svar.headers["Content-Disposition"] == 'attachment; filename="blankett-9448.pdf"'
    innehall = text(svar)
    assert "19620901-****" in innehall
    assert "9808" not in innehall
    for del_ in ("Hjortmossen", "2011-12-05", "2011-11-30", "Trollhättan", "Svenska", "X Gymnasium", "X Upp till 3 år", "X Sjukpenning"):
        assert del_ in innehall, del_
    assert innehall.count(" X ") == 7  # also samtycke, and Nej three times
    [rad] = Handelse.objects.filter(typ=Handelse.Typ.DELTAGARE_VISADE, detaljer__andamal="blankett")
    assert rad.anvandare_id == klient_da.anvandare.pk


def test_9449_tells_who_it_is_about_and_the_end_only_when_it_has_come(insats, inloggad):
    pagar = SamtyckeFactory(deltagande__insats=insats).deltagande
    slut = SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats, avslutat=True)).deltagande
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)

    under, efter = (text(klient.get(reverse("deltagare:blankett_ut", args=[rad.pk]))) for rad in (pagar, slut))

    assert "****" in under
    assert " X " not in under
    assert str(slut.slutdatum) in efter
    assert f"X {slut.avslutningsanledning} " in efter


def test_nobody_else_gets_a_form_with_a_person_on_it(deltagande, inloggad):
    adress = reverse("deltagare:blankett_in", args=[deltagande.pk])
    fore = Handelse.objects.filter(typ=Handelse.Typ.DELTAGARE_VISADE).count()

    assert inloggad(Roll.DELTAGARANSVARIG, InsatsFactory()).get(adress).status_code == 404
    assert inloggad(Roll.INSATSANSVARIG, deltagande.insats.samverkansorganisation).get(adress).status_code == 403
    assert Handelse.objects.filter(typ=Handelse.Typ.DELTAGARE_VISADE).count() == fore


def test_the_page_says_what_each_form_is_for_and_where_it_goes(klient):
    sida = klient.get(reverse("start:blanketter")).text

    for nummer in ("9443", "9445", "9447", "9448", "9449"):
        assert f'href="{reverse("start:blankett", args=[nummer])}"' in sida
    assert sida.count("<strong>Skickas:</strong>") == 5
    assert "Diariet, ”Samtycket”, 831 84 Östersund" in sida


def test_without_a_text_in_force_there_is_no_9443(klient, klockan):
    klockan("2008-12-31 10:00+01:00")

    assert "Ingen text gäller i dag." in klient.get(reverse("start:blanketter")).text
    assert "Ingen samtyckestext gäller i dag." in klient.get(reverse("start:samtycke")).text
    assert klient.get(reverse("start:blankett", args=["9443"])).status_code == 404


def test_9443_is_the_version_of_the_day_with_room_to_sign(klient):
    innehall = text(klient.get(reverse("start:blankett", args=["9443"])))

    assert "Blankett 9443, 9443 platshållare 1" in innehall
    assert "Texten är en platshållare" in innehall
    assert "Du kan när som helst ta tillbaka ditt samtycke." in innehall
    assert innehall.count("Namnförtydligande") == 1  # not once more from the text
    assert "Diariet, ”Samtycket”, 831 84 Östersund" in innehall
