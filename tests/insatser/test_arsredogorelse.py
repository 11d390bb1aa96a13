"""Årsredogörelser: written as a draft, read by all when final, at most two pages on paper (docs/regler.md 5.6)."""

import io
import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from behorigheter.models import Handelse
from behorigheter.roller import Roll
from insatser.actions import andra_insats, registrera_volym, ta_bort_insats
from insatser.arsredogorelser import oppna_arsredogorelse, spara_arsredogorelse
from insatser.models import Arsredogorelse
from insatser.models.arsredogorelse import Stycke, stycken
from sus.core.regelbrott import Regelbrott
from tests.conftest import med_riktiga_transaktioner
from tests.factories import (
    AnvandareFactory,
    ArsredogorelseFactory,
    InsatsArFactory,
    InsatsBudgetFactory,
    InsatsFactory,
    SamverkansorganisationFactory,
)

pytestmark = pytest.mark.django_db

LANGA_RADER = "Hälften av deltagarna gick vidare till arbete eller studier under året. " * 83
KORTA_RADER = "Ja.\n" * 140


@pytest.fixture
def insats():
    return InsatsFactory(namn="Hjortmossen", samverkansorganisation__namn="Älvdalsförbundet")


@pytest.fixture
def ansvarig(inloggad, insats):
    return inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)


def skriv_adress(insats, ar=2011):
    return f"{reverse('insatser:arsredogorelse_skriv', args=[insats.pk])}?ar={ar}"


def skicka(klient, insats, text="Det gick bra.", ar=2011, version=0, knapp="spara", **kwargs):
    falt = {"rubrik": "Fler unga i arbete", "text": text, "version": version, "nyckel": str(uuid.uuid4()), knapp: "1"}
    return klient.post(skriv_adress(insats, ar), falt | kwargs)


def samlade(forbund, ar):
    return f"{reverse('insatser:arsredogorelser_samlade', args=[forbund.pk])}?ar={ar}"


def lasta_sidor(svar):
    """The text of each page of a PDF answer, on one line."""
    return [re.sub(r"\s+", " ", sida.extract_text()) for sida in PdfReader(io.BytesIO(svar.content)).pages]


def handelser():
    return list(Handelse.objects.filter(typ__startswith="arsredogorelse").order_by("pk").values_list("typ", "detaljer"))


def test_a_draft_is_saved_and_the_page_says_who_saved_it(ansvarig, insats):
    svar = skicka(ansvarig, insats, "Första stycket.\r\n\r\n# Resultat\r\nTio personer.", follow=False)

    rad = Arsredogorelse.objects.get()
    assert (rad.insats, rad.ar, rad.rubrik, rad.text) == (
        insats,
        2011,
        "Fler unga i arbete",
        "Första stycket.\n\n# Resultat\nTio personer.",
    )
    assert not rad.ar_klar
    assert handelser() == [("arsredogorelse_sparad", {"ar": 2011})]
    sida = ansvarig.get(svar.headers["Location"])
    assert "Utkastet är sparat." in sida.text
    assert f"av {ansvarig.anvandare}." in sida.text


def test_the_same_draft_once_more_changes_nothing(ansvarig, insats):
    skicka(ansvarig, insats)
    skicka(ansvarig, insats, version=1)

    assert Arsredogorelse.objects.get().version == 1
    assert len(handelser()) == 1


def test_a_final_text_is_read_by_all_and_written_by_nobody(ansvarig, insats, inloggad):
    svar = skicka(ansvarig, insats, "# Så gick det\nTio personer <b>deltog</b>.", knapp="klar")

    rad = Arsredogorelse.objects.get()
    assert svar.headers["Location"] == rad.get_absolute_url()
    assert (rad.ar_klar, rad.klar_av) == (True, ansvarig.anvandare)
    assert [typ for typ, _ in handelser()] == ["arsredogorelse_sparad", "arsredogorelse_klar"]
    sida = inloggad(Roll.RAPPORT).get(rad.get_absolute_url())
    assert "<h2>Så gick det</h2>" in sida.text
    assert "Tio personer &lt;b&gt;deltog&lt;/b&gt;." in sida.text
    assert "Öppna igen" not in sida.text
    assert ansvarig.get(skriv_adress(insats)).headers["Location"] == rad.get_absolute_url()
    assert "Årsredogörelsen är klar. Öppna den igen innan du ändrar den." in skicka(ansvarig, insats, "Nytt", version=1).text
    assert Arsredogorelse.objects.get().text == rad.text


def test_a_draft_does_not_exist_for_others(ansvarig, insats, inloggad):
    rad = ArsredogorelseFactory(insats=insats)
    annan = inloggad(Roll.INSATSANSVARIG, SamverkansorganisationFactory())
    granne = inloggad(Roll.SAMVERKANSADMINISTRATOR, insats.samverkansorganisation)

    for adress in (rad.get_absolute_url(), f"{rad.get_absolute_url()}?format=pdf"):
        assert [klient.get(adress).status_code for klient in (ansvarig, annan, granne)] == [200, 404, 404]
    for vy, pk in (("arsredogorelser", insats.pk), ("arsredogorelser_samlade", insats.samverkansorganisation_id)):
        adress = f"{reverse(f'insatser:{vy}', args=[pk])}?ar=2011"
        assert rad.rubrik in ansvarig.get(adress).text
        assert rad.rubrik not in annan.get(adress).text


def test_a_final_text_is_opened_again_by_its_insatsansvariga_only(ansvarig, insats, inloggad):
    rad = ArsredogorelseFactory(insats=insats, klar=True)
    adress = reverse("insatser:arsredogorelse_oppna", args=[rad.pk])

    nekad = inloggad(Roll.INSATSANSVARIG, SamverkansorganisationFactory()).post(adress, {"version": 1})
    assert nekad.status_code == 404
    assert "blir ett utkast" in ansvarig.get(adress).text
    svar = ansvarig.post(adress, {"version": 1})

    assert svar.headers["Location"] == skriv_adress(insats)
    oppnad = Arsredogorelse.objects.get()
    assert (oppnad.ar_klar, oppnad.klar_av, oppnad.version) == (False, None, 2)
    assert handelser() == [("arsredogorelse_oppnad", {"ar": 2011})]
    assert "redan öppnad" in ansvarig.get(adress).text
    with pytest.raises(Regelbrott, match="redan öppnad"):
        oppna_arsredogorelse(arsredogorelse=oppnad, by=None)


def test_a_draft_is_thrown_away_by_its_insatsansvariga_after_a_question(ansvarig, insats, inloggad):
    rad = ArsredogorelseFactory(insats=insats)
    adress = reverse("insatser:arsredogorelse_ta_bort", args=[rad.pk])

    assert inloggad(Roll.INSATSANSVARIG, SamverkansorganisationFactory()).post(adress, {"version": 1}).status_code == 404
    assert adress in ansvarig.get(rad.get_absolute_url()).text
    assert adress in ansvarig.get(skriv_adress(insats)).text
    assert f"Vill du ta bort utkastet ”{rad.rubrik}”" in ansvarig.get(adress).text
    svar = ansvarig.post(adress, {"version": 1}, follow=True)

    assert "Utkastet är borttaget." in svar.text
    assert not Arsredogorelse.objects.exists()
    assert handelser() == [("arsredogorelse_borttagen", {"ar": 2011})]


def test_a_draft_that_somebody_has_gone_on_with_is_not_thrown_away(ansvarig, insats):
    rad = ArsredogorelseFactory(insats=insats)
    spara_arsredogorelse(insats=insats, ar=rad.ar, rubrik="Ny rubrik", text="Ny text", by=None)

    adress = reverse("insatser:arsredogorelse_ta_bort", args=[rad.pk])
    svar = ansvarig.post(adress, {"version": 1})

    assert "Någon annan har ändrat uppgifterna medan du hade sidan öppen." in svar.text
    assert "Vill du ta bort utkastet ”Ny rubrik”" in svar.text
    assert Arsredogorelse.objects.get().text == "Ny text"
    ansvarig.post(adress, {"version": svar.context["version"]})
    assert not Arsredogorelse.objects.exists()


def test_a_final_text_is_never_thrown_away(ansvarig, insats):
    rad = ArsredogorelseFactory(insats=insats, klar=True)
    adress = reverse("insatser:arsredogorelse_ta_bort", args=[rad.pk])

    fraga, svar = ansvarig.get(adress), ansvarig.post(adress, {"version": 1})

    assert "Årsredogörelsen är klar och kan inte tas bort." in fraga.text
    assert "Ta bort utkastet</button>" not in fraga.text
    assert "Årsredogörelsen är klar och kan inte tas bort." in str(svar.context["form"].errors)
    assert Arsredogorelse.objects.get().ar_klar
    assert adress not in ansvarig.get(rad.get_absolute_url()).text


@pytest.mark.parametrize(
    ("rubrik", "text", "falt", "fel"),
    [
        ("", "Text", "rubrik", "Fyll i rubrik."),
        ("R" * 151, "Text", "rubrik", "Skriv högst 150 tecken. Du har skrivit 151."),
        ("Rubrik", " \n ", "text", "Fyll i text."),
        ("Rubrik", "å" * 6001, "text", "Skriv högst 6000 tecken. Du har skrivit 6001."),
        ("Rubrik", "Ett\x00tecken", "text", "tecken som inte kan användas"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(ansvarig, insats, rubrik, text, falt, fel):
    svar = skicka(ansvarig, insats, text, rubrik=rubrik)

    assert list(svar.context["form"].errors) == [falt]
    assert fel in str(svar.context["form"].errors[falt])
    assert not Arsredogorelse.objects.exists()


def test_a_line_break_counts_as_one_character(ansvarig, insats):
    skicka(ansvarig, insats, "a\r\n" * 2999 + "ab")

    assert len(Arsredogorelse.objects.get().text) == 6000


def test_the_longest_text_takes_two_pages(insats):
    rad = spara_arsredogorelse(insats=insats, ar=2011, rubrik="R" * 75, text=LANGA_RADER[:6000].strip(), klar=True, by=AnvandareFactory())

    assert rad.ar_klar


def test_more_than_two_pages_are_saved_as_draft_but_never_final(ansvarig, insats):
    svar = skicka(ansvarig, insats, KORTA_RADER, knapp="klar")

    assert "Texten tar 3 sidor på papper. Korta den till högst 2." in str(svar.context["form"].errors["text"])
    assert not Arsredogorelse.objects.exists()
    skicka(ansvarig, insats, KORTA_RADER)
    assert not Arsredogorelse.objects.get().ar_klar


@pytest.mark.parametrize("ar", [2009, 2099])
def test_a_year_that_the_insats_has_not_run_is_refused(ansvarig, insats, ar):
    assert ansvarig.get(skriv_adress(insats, ar)).status_code == 404
    with pytest.raises(Regelbrott, match=f"kan inte skrivas för {ar}"):
        spara_arsredogorelse(insats=insats, ar=ar, rubrik="R", text="T", by=None)


def test_an_insats_that_has_not_begun_has_no_year_to_tell_of(ansvarig, insats):
    insats.startdatum = "2099-01-01"
    insats.save()

    sida = ansvarig.get(reverse("insatser:arsredogorelse_skriv", args=[insats.pk]))
    svar = ansvarig.post(reverse("insatser:arsredogorelse_skriv", args=[insats.pk]), {"rubrik": "R", "text": "T", "version": 0})

    assert "Insatsen har inte börjat" in sida.text
    assert 'name="text"' not in sida.text
    assert "Insatsen har inte börjat än." in svar.text


def test_last_year_is_written_until_another_is_chosen(inloggad, insats, klockan):
    klockan("2012-02-01 12:00:00+01:00")
    ansvarig = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation)

    assert ansvarig.get(reverse("insatser:arsredogorelse_skriv", args=[insats.pk])).context["ar"] == 2011
    sida = ansvarig.get(reverse("insatser:arsredogorelser_samlade", args=[insats.samverkansorganisation_id]))
    assert sida.context["ar"] == 2011
    assert 2013 not in sida.context["arval"]


def test_two_authors_at_once_see_both_texts(ansvarig, insats, inloggad):
    annan = inloggad(Roll.INSATSANSVARIG, insats.samverkansorganisation, fornamn="Berit", efternamn="Ek")
    skicka(annan, insats, "Berits text.")

    svar = skicka(ansvarig, insats, "Min text.")

    assert svar.status_code == 409
    assert [(rad.falt, rad.sparat, rad.ditt) for rad in svar.context["konfliktrader"]] == [("Text", "Berits text.", "Min text.")]
    assert "Berit Ek sparade årsredogörelsen för 2011" in re.sub(r"\s+", " ", svar.text)
    assert Arsredogorelse.objects.get().text == "Berits text."
    skicka(ansvarig, insats, "Min text.", version=svar.context["version"])
    assert Arsredogorelse.objects.get().text == "Min text."


@med_riktiga_transaktioner
def test_two_who_begin_the_same_year_at_once_make_one_row(samtidigt):
    insats = InsatsFactory()

    samtidigt(lambda nr: spara_arsredogorelse(insats=insats, ar=2011, rubrik="R", text=f"Text {nr}", by=None), 4)

    assert Arsredogorelse.objects.get().version == 4


def test_text_is_paragraphs_and_headings_and_nothing_else():
    assert stycken("Ett\n två \n\n\n# Rubrik\nTre\n## Under #\n#inte rubrik\n#\n*fyra*") == [
        Stycke("Ett\ntvå"),
        Stycke("Rubrik", ar_rubrik=True),
        Stycke("Tre"),
        Stycke("Under #", ar_rubrik=True),
        Stycke("#inte rubrik\n#\n*fyra*"),
    ]


def test_the_year_in_figures_stands_beside_the_text_and_on_paper(ansvarig, insats):
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2011, planerat_antal=45), budget=1_360_000)
    InsatsBudgetFactory(insatsar=InsatsArFactory(insats=insats, ar=2010, planerat_antal=99), budget=77)
    rad = ArsredogorelseFactory(insats=insats)

    fakta = [("Planerat antal", "45"), ("Budget", "1\u202f360\u202f000 kr"), ("Utfall", "Inte registrerat")]
    assert ansvarig.get(skriv_adress(insats)).context["fakta"] == fakta
    (sida,) = lasta_sidor(ansvarig.get(f"{rad.get_absolute_url()}?format=pdf"))
    assert "45 1 360 000 kr Inte registrerat" in sida


def test_a_volyminsats_tells_its_number(ansvarig, insats):
    volyminsats = InsatsFactory(volym=True, volym_avser="tillfallen", samverkansorganisation=insats.samverkansorganisation)
    registrera_volym(insats=volyminsats, ar=2011, antal=25, by=None)

    assert ("Antal tillfällen", "25") in ansvarig.get(skriv_adress(volyminsats)).context["fakta"]


def test_the_pdf_holds_the_text_and_is_a_tagged_file_that_is_not_kept(ansvarig, insats):
    rad = ArsredogorelseFactory(insats=insats)

    svar = ansvarig.get(f"{rad.get_absolute_url()}?format=pdf")

    assert svar.headers["Content-Type"] == "application/pdf"
    assert svar.headers["Content-Disposition"] == 'attachment; filename="arsredogorelse-hjortmossen-2011.pdf"'
    assert "no-store" in svar.headers["Cache-Control"]
    (sida,) = lasta_sidor(svar)
    for del_ in ("Hjortmossen", "Älvdalsförbundet · Utkast", "Fler unga i arbete", "Så gick det", "Hälften gick vidare till studier."):
        assert del_ in sida
    pdf = PdfReader(io.BytesIO(svar.content))
    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    assert pdf.metadata.title == "Hjortmossen, årsredogörelse 2011 – SUS"
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()


def test_the_gathered_pdf_has_the_final_ones_by_name_and_lists_the_others(inloggad, insats):
    forbund = insats.samverkansorganisation
    for namn in ("Ängen", "Ålidhem", "Zebran"):
        ArsredogorelseFactory(insats=InsatsFactory(namn=namn, samverkansorganisation=forbund), klar=True, text=f"Om {namn}.")
    ArsredogorelseFactory(insats=insats, text="Hemligt utkast.")
    InsatsFactory(namn="Slutade 2010", samverkansorganisation=forbund, slutdatum="2010-12-31")
    ArsredogorelseFactory(insats=InsatsFactory(namn="Annan"), klar=True)

    svar = inloggad(Roll.RAPPORT).get(samlade(forbund, "2011&format=pdf"))

    assert svar.headers["Content-Disposition"] == 'attachment; filename="arsredogorelser-alvdalsforbundet-2011.pdf"'
    omslag, innehall, *texter = lasta_sidor(svar)
    assert "Årsredogörelser 2011" in omslag
    assert re.search(r"Zebran[ .]*3 Ålidhem[ .]*4 Ängen[ .]*5 Insatser utan årsredogörelse Hjortmossen", innehall)
    assert ["Om Zebran." in texter[0], "Om Ålidhem." in texter[1], "Om Ängen." in texter[2]] == [True] * 3
    assert not any(ord_ in sida for sida in (innehall, *texter) for ord_ in ("Hemligt", "Slutade 2010", "Annan"))


def test_many_final_texts_are_several_files(inloggad, insats, monkeypatch):
    monkeypatch.setattr("insatser.utskrift.FLEST_I_EN_FIL", 2)
    forbund = insats.samverkansorganisation
    for namn in ("Ängen", "Ålidhem", "Zebran"):
        ArsredogorelseFactory(insats=InsatsFactory(namn=namn, samverkansorganisation=forbund), klar=True, text=f"Om {namn}.")
    lasare = inloggad(Roll.RAPPORT)

    sida = lasare.get(samlade(forbund, 2011)).text
    assert "3 är klara. De hämtas i 2 filer" in sida
    assert re.findall(r"del=(\d)\">([^<]*)<", sida) == [("1", "Hämta 1–2 som PDF"), ("2", "Hämta 3 som PDF")]
    forsta, andra = (lasare.get(samlade(forbund, f"2011&format=pdf&del={nr}")) for nr in (1, 2))

    assert [("Om Zebran." in sida, "Om Ålidhem." in sida) for sida in lasta_sidor(forsta)[2:]] == [(True, False), (False, True)]
    omslag, innehall, text = lasta_sidor(andra)
    assert "Älvdalsförbundet, del 2 av 2" in omslag
    assert ("Om Ängen." in text, "Hjortmossen" in innehall) == (True, True)
    assert andra.headers["Content-Disposition"] == 'attachment; filename="arsredogorelser-alvdalsforbundet-2011-del-2-av-2.pdf"'
    assert [lasare.get(samlade(forbund, f"2011&format=pdf&del={nr}")).status_code for nr in ("0", "3", "x", "")] == [404] * 4


def test_the_page_of_a_forbund_shows_how_far_each_insats_has_come(ansvarig, insats, inloggad):
    forbund = insats.samverkansorganisation
    ArsredogorelseFactory(insats=insats)
    ArsredogorelseFactory(insats=InsatsFactory(namn="Ålidhem", samverkansorganisation=forbund), klar=True)
    InsatsFactory(namn="Zebran", samverkansorganisation=forbund)
    adress = samlade(forbund, 2011)

    for klient in (ansvarig, inloggad(Roll.RAPPORT)):
        sida = klient.get(adress)
        assert [(str(lage.insats), lage.text) for lage in sida.context["lagen"]] == [
            ("Hjortmossen", "Utkast"),
            ("Zebran", "Saknas"),
            ("Ålidhem", "Klar"),
        ]
        assert "1 av 3 har en årsredogörelse som är klar." in sida.text
    assert "Fortsätt skriva" not in sida.text
    assert ansvarig.get(adress.replace("2011", "1066")).status_code == 404


@pytest.mark.parametrize("ar", ["2011", "2011&format=pdf"])
def test_questions_do_not_grow_with_the_insatser(ansvarig, insats, antal_fragor, ar):
    adress = samlade(insats.samverkansorganisation, ar)
    ArsredogorelseFactory(insats=insats, klar=True)
    ansvarig.get(adress)
    en = antal_fragor(lambda: ansvarig.get(adress))
    for _ in range(4):
        ArsredogorelseFactory(insats=InsatsFactory(samverkansorganisation=insats.samverkansorganisation), klar=True)

    assert antal_fragor(lambda: ansvarig.get(adress)) == en


def test_without_a_final_text_there_is_nothing_to_gather(ansvarig, insats):
    ArsredogorelseFactory(insats=insats)

    assert "Hämta alla klara" not in ansvarig.get(samlade(insats.samverkansorganisation, 2011)).text
    assert ansvarig.get(samlade(insats.samverkansorganisation, "2011&format=pdf")).status_code == 404


def test_an_insats_with_a_final_text_stays_and_keeps_its_year(insats):
    rad = ArsredogorelseFactory(insats=insats, klar=True)

    with pytest.raises(Regelbrott, match="har en årsredogörelse som är klar"):
        ta_bort_insats(insats=insats, by=None)
    with pytest.raises(Regelbrott, match="eftersom insatsen har en årsredogörelse för det året"):
        andra_insats(insats=insats, slutdatum=date(2010, 12, 31), by=None)
    oppna_arsredogorelse(arsredogorelse=rad, by=None)
    ta_bort_insats(insats=insats, by=None)
    assert not Arsredogorelse.objects.exists()


def test_others_are_told_when_an_insats_has_no_final_text(insats, inloggad):
    sida = inloggad(Roll.RAPPORT).get(reverse("insatser:arsredogorelser", args=[insats.pk]))

    assert "Insatsen har ingen årsredogörelse som är klar." in sida.text
