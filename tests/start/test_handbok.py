"""The handbook and the courses: one source for the document and the pages, in words that stand on the screen."""

import re

import pytest
from django.urls import resolve, reverse

from behorigheter.roller import Roll
from sus.core.lopande import stycken
from sus.start.hjalp import handbok
from sus.start.hjalp.handbok import Handboksfel, kapitel, kurser
from tests.factories import InsatsFactory
from tests.test_mallar import MALLAR, ROT

ORDEN_FINNS_I = ["sus", "behorigheter", "organisations", "insatser", "deltagare", "rapporter"]
# Bold, but no words of the screen: what is explained, keys, an example, and a button whose text goes on with a year.
INTE_PA_SKARMEN = {"behörighet", "uppdrag", "Enter", "Ctrl+S", "Karl*", "Ja"}


def pa_skarmen() -> str:
    filer = [
        *MALLAR.rglob("*.html"),
        *(fil for mapp in ORDEN_FINNS_I for fil in (ROT / mapp).rglob("*.py") if "migrations" not in fil.parts),
    ]
    return re.sub(r"&shy;|\u00ad", "", "\n".join(fil.read_text(encoding="utf-8") for fil in filer)).casefold()


def fetstilt(text) -> set[str]:
    """The words in bold, but not a sentence that begins an item of a list."""
    return {bit.text for stycke in stycken(text) for rad in stycke.rader for bit in rad if bit.fet and not bit.text.endswith(".")}


def texter():
    for ett in kapitel().values():
        yield from ((ett.nyckel, avsnitt.text) for avsnitt in ett.avsnitt)
    for kurs in kurser().values():
        yield from ((f"kurs {kurs.nyckel}", f"{sida.text}\n\n{sida.forklaring}") for sida in kurs.sidor)


def test_every_role_has_a_chapter_and_a_course_of_five_to_eight_pages():
    assert list(kapitel()) == ["alla", *Roll.values]
    assert {nyckel: len(kurs.sidor) for nyckel, kurs in kurser().items() if not 5 <= len(kurs.sidor) <= 8} == {}
    assert set(kurser()) == set(Roll.values)


def test_every_chapter_of_a_role_ends_with_common_mistakes():
    assert [ett.nyckel for ett in kapitel().values() if ett.nyckel != "alla" and ett.avsnitt[-1].rubrik != "Vanliga misstag"] == []


def test_the_words_in_bold_stand_on_the_screen():
    skarmen = pa_skarmen()

    saknas = {(var, ord_) for var, text in texter() for ord_ in fetstilt(text) - INTE_PA_SKARMEN if ord_.casefold() not in skarmen}

    assert saknas == set()


def test_no_section_has_the_same_address_as_another_in_its_chapter():
    for ett in kapitel().values():
        adresser = [avsnitt.id for avsnitt in ett.avsnitt]
        assert sorted(set(adresser)) == sorted(adresser), ett.nyckel


def test_no_file_lies_beside_the_handbook_unread():
    lasta = {f"{nyckel}.md" for nyckel in kapitel()} | {f"kurser/{nyckel}.md" for nyckel in kurser()}

    assert {str(fil.relative_to(handbok.MAPP)) for fil in handbok.MAPP.rglob("*.md")} == lasta | {"README.md"}


@pytest.mark.parametrize("roll", Roll)
def test_what_a_course_lets_one_try_opens_for_its_role(roll, inloggad, db):
    insats = InsatsFactory()
    objekt = {Roll.DELTAGARANSVARIG: insats}.get(roll, insats.samverkansorganisation)
    client = inloggad(
        roll, objekt if roll in {Roll.DELTAGARANSVARIG, Roll.INSATSANSVARIG, Roll.SAMVERKANSADMINISTRATOR, Roll.SUS_STOD} else None
    )

    for sida in kurser()[roll.value].sidor:
        assert resolve(sida.prova).view_name
        assert client.get(sida.prova, follow=True).status_code == 200, sida.prova


@pytest.mark.parametrize(
    "innehall",
    [
        "Ingen rubrik\n\n## Sida\n\nText",
        "# Kurs\n\nIngen sida",
        "# Kurs\n\n## Sida\n\nText\n\n### Fråga?\n\n- [ ] a\n- [ ] b\n\n> Därför.\n\n[Prova i demon](/)\n",
        "# Kurs\n\n## Sida\n\nText\n\n### Fråga?\n\n- [x] a\n- [x] b\n\n> Därför.\n\n[Prova i demon](/)\n",
        "# Kurs\n\n## Sida\n\nText\n\n### Fråga?\n\n- [x] a\n- [ ] b\n\n[Prova i demon](/)\n",
    ],
)
def test_a_course_that_cannot_be_taken_is_refused_by_name(tmp_path, innehall):
    fil = tmp_path / "kurs.md"
    fil.write_text(innehall)

    with pytest.raises(Handboksfel, match=r"kurs\.md"):
        handbok._kurs("kurs", fil)


def test_ones_own_chapter_stands_open_and_the_others_are_folded(inloggad):
    egna, andras = inloggad(Roll.BESTALLARE).get(reverse("start:hjalp")).context["kapitel"]

    assert [ett.nyckel for ett in egna] == ["alla", "bestallare"]
    assert len(andras) == 9


def test_a_chapter_is_read_also_by_who_has_not_logged_in(klient, db):
    sida = klient.get(reverse("start:handbok", args=["deltagaransvarig"])).text

    assert '<h2 id="registrera-en-deltagare-in">Registrera en deltagare in</h2>' in sida
    assert "<strong>Deltagaren har skrivit under samtycket, blankett 9443</strong>" in sida
    assert f'href="{reverse("start:kurs", args=["deltagaransvarig", 1])}"' in sida


@pytest.mark.parametrize("adress", ["/hjalp/handbok/chef/", "/hjalp/kurs/chef/1/", "/hjalp/kurs/rapport/0/", "/hjalp/kurs/rapport/6/"])
def test_what_is_not_there_is_not_found(klient, db, adress):
    assert klient.get(adress).status_code == 404


def test_the_answer_is_judged_and_explained_and_the_way_on_is_always_open(klient, db):
    adress = reverse("start:kurs", args=["deltagaransvarig", 4])

    obesvarad, ratt, fel = (klient.get(adress, data).text for data in ({}, {"svar": "1"}, {"svar": "0"}))

    assert "50 procent av heltid" not in obesvarad
    assert "Rätt svar." in ratt
    assert "20 timmar av 40 är 50 procent av heltid." in ratt
    assert "Det svaret stämmer inte." in fel
    assert all(f'href="{reverse("start:kurs", args=["deltagaransvarig", 5])}"' in sida for sida in (obesvarad, ratt, fel))


@pytest.mark.parametrize("svar", ["9", "-1", "x", ""])
def test_an_answer_that_was_not_offered_is_asked_for_again(klient, db, svar):
    sida = klient.get(reverse("start:kurs", args=["rapport", 1]), {"svar": svar}).text

    assert "Rätt svar." not in sida
    assert "Välj ett" in sida


def test_the_course_leads_into_the_demo_and_only_there(klient, db, settings, inloggad):
    adress = reverse("start:kurs", args=["deltagaransvarig", 1])
    settings.DEMO = False
    assert "Prova i demon" not in klient.get(adress).text

    settings.DEMO = True

    assert f'href="{reverse("start:demo")}' in klient.get(adress).text
    egen = inloggad(Roll.DELTAGARANSVARIG, InsatsFactory()).get(adress).text
    assert 'href="/deltagande/sok/">Prova i demon' in egen
