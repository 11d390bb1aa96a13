"""The consent text in other languages: entered by Försäkringskassan, read before signing, on the receipt; never rewritten."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from pypdf import PdfReader

from behorigheter import vaggar
from behorigheter.models import Handelse
from behorigheter.roller import Roll
from deltagare.actions.samtyckestext import lagg_till_oversattning
from deltagare.models import Samtyckesoversattning, Samtyckessprak, Samtyckestext
from sus.core.regelbrott import Regelbrott
from tests.factories import AnvandareFactory, SamtyckeFactory, SamtyckestextFactory

ENGELSKA = "Consent to the registration of data about you in SUS.\n\n" + "It is voluntary. " * 12
ARABISKA = "الموافقة على تسجيل بياناتك في نظام SUS.\n\n" + "المشاركة طوعية ويمكنك سحب موافقتك في أي وقت. " * 6 + "\n\nالتوقيع:\nالتاريخ:"


@pytest.fixture(autouse=True)
def idag(klockan):
    klockan("2012-01-10 10:00+01:00")


@pytest.fixture
def text(db):
    return Samtyckestext.objects.get()


@pytest.fixture
def lagg_till(fk, text):
    def _lagg_till(samtyckestext=text, **falt):
        standard = {"sprak": "en", "text": ENGELSKA, "nyckel": str(uuid.uuid4()), "version": "0"}
        return fk.post(reverse("register:samtyckesoversattning_ny", args=[samtyckestext.pk]), standard | falt, follow=True)

    return _lagg_till


def pdftext(svar) -> str:
    return " ".join(" ".join(sida.extract_text() for sida in PdfReader(BytesIO(svar.content)).pages).split())


def test_fk_adds_a_translation_that_stands_at_the_version_in_its_direction(lagg_till, text, fk):
    sida = lagg_till(sprak="ar", text=ARABISKA).text

    assert "Översättningen är tillagd." in sida
    assert '<div lang="ar" dir="rtl">' in sida
    assert "الموافقة على تسجيل بياناتك" in sida
    assert Handelse.objects.filter(
        typ=Handelse.Typ.REGISTER_ANDRAT, detaljer={"tillagda": ["9443 platshållare 1 på arabiska"]}, anvandare_id=fk.anvandare.pk
    ).exists()


def test_a_better_translation_takes_over_and_the_one_before_is_kept(lagg_till, text, klockan):
    lagg_till()
    klockan("2012-01-10 10:10+01:00")
    lagg_till(text=ENGELSKA.replace("voluntary", "entirely voluntary"))

    assert text.oversattningar.count() == 2
    assert "entirely voluntary" in text.pa(Samtyckessprak.ENGELSKA).text


def test_the_language_in_the_address_brings_its_text_to_mend(lagg_till, fk, text):
    lagg_till()

    form = fk.get(reverse("register:samtyckesoversattning_ny", args=[text.pk]), {"sprak": "en"}).context["form"]

    assert (form["sprak"].value(), form["text"].value()) == ("en", ENGELSKA.strip())


@pytest.mark.parametrize(
    ("falt", "mening"),
    [
        ({"sprak": "sv"}, "Välj ett giltigt alternativ"),
        ({"sprak": ""}, "Välj språk."),
        ({"text": "Yes."}, "Skriv minst 200 tecken."),
        ({"text": "\x00" * 300}, "Texten innehåller tecken som inte kan användas."),
    ],
)
def test_what_cannot_be_a_translation_is_refused(lagg_till, falt, mening):
    assert mening in lagg_till(**falt).text
    assert not Samtyckesoversattning.objects.exists()


def test_the_same_text_twice_is_told(lagg_till):
    lagg_till()

    assert "Översättningen är densamma som den som finns." in lagg_till().text
    assert Samtyckesoversattning.objects.count() == 1


def test_marks_of_direction_from_a_word_processor_are_taken_away_but_joiners_stay(lagg_till):
    persiska = "\u200fرضایت شما برای ثبت اطلاعات\u202c " + "می\u200cتوانید هر زمان انصراف دهید. " * 10

    lagg_till(sprak="fa", text=persiska)

    sparad = Samtyckesoversattning.objects.get().text
    assert "می\u200cتوانید" in sparad
    assert not {"\u200f", "\u202c"} & set(sparad)


def test_a_version_that_has_ended_is_translated_no_more(text, inloggad, klockan):
    SamtyckestextFactory(giltig_fran=date(2012, 2, 1))
    klockan("2012-02-01 10:00+01:00")
    fk = inloggad(Roll.FK_ADMINISTRATOR)

    assert fk.get(reverse("register:samtyckesoversattning_ny", args=[text.pk])).status_code == 404
    assert "Lägg till översättning" not in fk.get(text.get_absolute_url()).text
    with pytest.raises(Regelbrott, match="gäller inte längre"):
        lagg_till_oversattning(samtyckestext=text, sprak="en", text=ENGELSKA, by=fk.anvandare)


def test_a_coming_version_goes_away_with_its_translations(lagg_till, fk):
    kommande = SamtyckestextFactory(version="9443 kommande", giltig_fran=date(2012, 2, 1))
    lagg_till(kommande)
    adress = reverse("register:samtyckestext_ta_bort", args=[kommande.pk])

    fk.post(adress, {"nyckel": str(uuid.uuid4()), "version": fk.get(adress).context["version"]})

    assert not Samtyckestext.objects.filter(pk=kommande.pk).exists()
    assert not Samtyckesoversattning.objects.exists()


def test_anybody_reads_the_text_on_the_screen_in_the_own_language(lagg_till, klient):
    lagg_till(sprak="ar", text=ARABISKA)

    svenska, arabiska = (klient.get(reverse("start:samtycke"), fraga) for fraga in ({}, {"sprak": "ar"}))

    assert 'href="?sprak=ar" lang="ar" dir="rtl"' in svenska.text
    assert '<div lang="sv" dir="ltr">' in svenska.text
    assert '<div lang="ar" dir="rtl">' in arabiska.text
    assert "المشاركة طوعية" in arabiska.text
    assert "التوقيع" not in arabiska.text  # the line to sign on is the paper's
    assert klient.get(reverse("start:samtycke"), {"sprak": "en"}).status_code == 404
    assert klient.get(reverse("start:samtycke"), {"sprak": "xx"}).status_code == 404


def test_9443_in_another_language_is_the_swedish_form_with_the_text_to_read_after_it(lagg_till, klient):
    lagg_till(sprak="ar", text=ARABISKA)

    svar = klient.get(reverse("start:blankett", args=["9443"]), {"sprak": "ar"})

    fil = PdfReader(BytesIO(svar.content))
    forst, sist = fil.pages[0].extract_text(), fil.pages[-1].extract_text()
    assert svar.headers["Content-Disposition"] == 'attachment; filename="blankett-9443-ar.pdf"'
    assert "Underskrift" in forst
    assert "Översättning att läsa: arabiska" in sist
    assert any("\u0600" <= tecken <= "\u06ff" or "\ufb50" <= tecken <= "\ufefc" for tecken in sist)
    assert {str(artikel["/Lang"]) for artikel in artiklar(fil.trailer["/Root"]["/StructTreeRoot"])} == {"ar"}
    assert any("NotoSansArabic" in namn.replace("-", "") for namn in typsnitt(fil))


def artiklar(element):
    barn = element.get("/K", [])
    for ett in barn if isinstance(barn, list) else [barn]:
        ett = ett.get_object()
        if isinstance(ett, dict):
            if ett.get("/S") == "/Art":
                yield ett
            yield from artiklar(ett)


def typsnitt(fil):
    return {str(font.get_object()["/BaseFont"]) for sida in fil.pages for font in sida["/Resources"]["/Font"].values()}


def test_the_receipt_holds_what_was_there_to_read_on_the_day_of_the_signature(inloggad, insats, text, klockan):
    lagg_till_oversattning(samtyckestext=text, sprak="en", text=ENGELSKA, by=None)
    klockan("2012-03-01 10:00+01:00")
    lagg_till_oversattning(samtyckestext=text, sprak="en", text=ENGELSKA.replace("voluntary", "entirely voluntary"), by=None)
    fore, efter, pa_svenska = (
        SamtyckeFactory(deltagande__insats=insats, text=text, datum=date(2012, manad, 2), sprak=sprak).deltagande
        for manad, sprak in ((2, "en"), (3, "en"), (3, "sv"))
    )
    klient = inloggad(Roll.DELTAGARANSVARIG, insats)

    kvitton = [pdftext(klient.get(reverse("deltagare:samtyckeskvitto", args=[rad.pk]))) for rad in (fore, efter, pa_svenska)]

    assert "Texten som du läste på engelska" in kvitton[0]
    assert "It is voluntary." in kvitton[0]
    assert "It is entirely voluntary." in kvitton[1]
    assert "Texten som du läste" not in kvitton[2]


def test_the_page_of_registration_leads_to_the_text_in_the_languages_that_it_has(lagg_till, inloggad, insats):
    lagg_till()

    sida = inloggad(Roll.DELTAGARANSVARIG, insats).get(f"{reverse('deltagare:registrera')}?insats={insats.pk}").text

    assert f'href="{reverse("start:samtycke")}"' in sida


def test_the_database_knows_no_swedish_translation(text):
    with pytest.raises(IntegrityError, match="samtyckesoversattning_inte_svenska"), transaction.atomic():
        Samtyckesoversattning.objects.create(samtyckestext=text, sprak="sv", text="x")


@pytest.mark.parametrize(
    "attack",
    [
        lambda text, annan: Samtyckesoversattning.objects.update(text="Something else"),
        lambda text, annan: Samtyckesoversattning.objects.create(samtyckestext=text, sprak="pl", text="x", tillagd_av=annan),
    ],
)
def test_an_fk_administrators_request_neither_rewrites_nor_writes_for_somebody_else(lagg_till, fk, text, attack):
    lagg_till()
    annan = AnvandareFactory()
    with pytest.raises(ProgrammingError), vaggar.som(fk.anvandare):
        attack(text, annan)


def test_a_translation_of_a_version_in_force_is_deleted_by_nobody(lagg_till, fk):
    lagg_till()

    with vaggar.som(fk.anvandare):
        assert Samtyckesoversattning.objects.all()._raw_delete("default") == 0


def test_nobody_else_writes_a_translation(inloggad, insats, text):
    anvandare = inloggad(Roll.DELTAGARANSVARIG, insats).anvandare

    with pytest.raises(ProgrammingError), vaggar.som(anvandare):
        Samtyckesoversattning.objects.create(samtyckestext=text, sprak="pl", text="x", tillagd_av=anvandare)
