"""Every page that opens for somebody: a title of its own, headings without gaps, named landmarks, labelled fields, help in one place."""

import logging
import os
import re
from collections import defaultdict

import pytest
from django.urls import reverse

from tests.svep.facit import SIDOR
from tests.svep.gang import adressen
from tests.svep.personor import PERSONOR, besok
from tests.svep.sidform import las
from tests.svep.varld import varld

pytestmark = pytest.mark.django_db
ALLT = bool(os.environ.get("SUS_ALLT"))
# Between them they open every page; in the ordinary run a page is read once, by the first of them that it opens for.
LASARE = ["anonym", "fk", "sa", "ia_da", "bestallare", "utfardare", "loggranskare"]


PERSONSIDA = "deltagare:detail"  # its heading is a name, which no title may hold
HAMTADE = []


@pytest.fixture
def sidor():
    """(line of the table, persona, the form of the page) for every page that answers with one; fetched once for all the laws."""
    logging.disable(logging.CRITICAL)
    if not HAMTADE:
        HAMTADE.extend(_hamta(varld()))
    yield HAMTADE
    logging.disable(logging.NOTSET)


def _hamta(plats):
    lasta = set()
    for persona in PERSONOR if ALLT else LASARE:
        client = besok(persona, plats).client
        for sida in SIDOR:
            if "200" not in sida.get.get(persona, "") or (sida.namn in lasta and not ALLT):
                continue
            svar = client.get(adressen(sida, plats, "egen"))
            if svar.status_code == 200 and b"<html" in svar.content[:2000]:
                lasta.add(sida.namn)
                yield sida, persona, las(svar.content.decode())


def ord_i(text):
    return {*re.findall(r"\w+", text.lower())}


def test_every_page_has_headings_landmarks_and_labels_as_it_should(sidor):
    fel = [f"{sida.namn} ({persona}): {brist}" for sida, persona, form in sidor for brist in form.brister()]

    assert len(sidor) > 110
    assert fel == []


def test_no_two_pages_have_the_same_title_and_the_title_says_what_a_heading_says(sidor):
    vyer = defaultdict(set)
    for sida, _, form in sidor:
        vyer[form.titel].add(sida.vy)

    assert {titel: namn for titel, namn in vyer.items() if len(namn) > 1} == {}
    utan_rubriken = [
        f"{sida.namn}: {form.titel} / {form.rubriker[0][1]}"
        for sida, _, form in sidor
        if sida.vy != PERSONSIDA
        and not ord_i(" ".join(text for niva, text in form.rubriker if niva < 3)) & ord_i(form.titel.removesuffix(" – SUS"))
    ]
    assert utan_rubriken == []


def test_help_stands_in_the_same_place_on_every_page(sidor):
    hjalp = reverse("start:hjalp")

    assert [sida.namn for sida, _, form in sidor if not form.fotlankar or form.fotlankar[0] != hjalp] == []
    assert len({tuple(form.fotlankar) for _, _, form in sidor}) == 1


def test_fields_about_oneself_say_what_they_are_for(sidor):
    """WCAG 1.3.5. Every other field is about somebody else, and the browser must not propose one's own name there."""
    syften = {sida.vy: form.syften for sida, _, form in sidor}

    assert syften["account_login"] | {"login": "username", "password": "current-password"} == syften["account_login"]
    assert {syften["account_change_password"][namn] for namn in ("oldpassword", "password1", "password2")} == {
        "current-password",
        "new-password",
    }
    assert syften["account_reset_password"]["email"] == "email"
    assert syften["mfa_activate_totp"]["code"] == "one-time-code"
