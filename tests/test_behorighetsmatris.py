"""Who gets in where: every page × every role × an own row and somebody else's. 403: never; 404: not this row."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from behorigheter.roller import Roll
from deltagare.models import Samtyckestext
from insatser.models import Malgrupp
from organisations.models import Stadsdel
from rapporter.register import RAPPORTER
from tests.factories import (
    AnvandareFactory,
    ArsredogorelseFactory,
    BehorighetFactory,
    BestallningFactory,
    DeltagandeFactory,
    FelregistreringsbegaranFactory,
    ForbattringsforslagFactory,
    HjalptextFactory,
    IngaendeOrganisationFactory,
    InsatsFactory,
    KompletterandeFragaFactory,
    OverenskommelseFactory,
    SamtyckeFactory,
    SamverkansorganisationFactory,
    UppdragFactory,
)
from tests.test_arkitektur import vyer

pytestmark = pytest.mark.django_db

SA, IA, DA = Roll.SAMVERKANSADMINISTRATOR, Roll.INSATSANSVARIG, Roll.DELTAGARANSVARIG
FK = Roll.FK_ADMINISTRATOR


def bara(**tillatna):
    """(own, somebody else's) for the roles named; 403 for all others."""
    return dict.fromkeys(Roll, (403, 403)) | {Roll[namn]: svar for namn, svar in tillatna.items()}


def hos_arbetsgivaren(**tillatna):
    """As bara, but the page is open to everybody for rows of one's own: 404 for all others."""
    return dict.fromkeys(Roll, (404, 404)) | {Roll[namn]: svar for namn, svar in tillatna.items()}


ALLA = dict.fromkeys(Roll, (200, 200))
REGISTERLISTOR = ("organisationer", "malgrupper", "stadsdelar", "samtyckestexter")
REGISTERSLAG = ("organisation", "malgrupp", "stadsdel", "samtyckestext")
# page: (what its address takes, {role: (status on an own row, status on somebody else's)})
MATRIS = {
    "organisations:list": (None, ALLA),
    "organisations:create": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "organisations:sla_ihop": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "organisations:detail": ("organisation", ALLA),
    "organisations:update": ("organisation", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:grunduppgifter": ("organisation", bara(FK_ADMINISTRATOR=(200, 200))),
    "organisations:omrade": ("organisation", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:parter": ("organisation", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:budget": ("organisation", ALLA),
    "organisations:budgetandringar": ("organisation", ALLA),
    "organisations:fragor": ("organisation", ALLA),
    "organisations:frageformular": ("organisation", ALLA),
    "organisations:fraga_create": ("organisation", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:fraga": ("fraga", ALLA),
    "organisations:fraga_update": ("fraga", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:fraga_publicera": ("fraga", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:fraga_flytta": ("fraga", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:fraga_delete": ("fraga", bara(SAMVERKANSADMINISTRATOR=(200, 404))),
    "organisations:uppdrag": (
        "organisation",
        bara(SAMVERKANSADMINISTRATOR=(200, 404), SUS_STOD=(200, 404), FK_ADMINISTRATOR=(200, 200)),
    ),
    "organisations:uppdrag_ge": ("organisation+roll", bara(SAMVERKANSADMINISTRATOR=(200, 404), FK_ADMINISTRATOR=(200, 200))),
    "organisations:uppdrag_avsluta": ("organisationsuppdrag", bara(SAMVERKANSADMINISTRATOR=(200, 404), FK_ADMINISTRATOR=(200, 200))),
    "insatser:list": (None, ALLA),
    "insatser:create": (None, bara(INSATSANSVARIG=(200, 200))),
    "insatser:detail": ("insats", ALLA),
    "insatser:update": ("insats", bara(INSATSANSVARIG=(200, 404))),
    "insatser:delete": ("insats", bara(INSATSANSVARIG=(200, 404))),
    "insatser:budget": ("insats", ALLA),
    "insatser:budgetandringar": ("insats", ALLA),
    "insatser:volym": ("volyminsats", bara(INSATSANSVARIG=(200, 404))),
    "insatser:arsredogorelser": ("insats", ALLA),
    "insatser:arsredogorelse_skriv": ("insats", bara(INSATSANSVARIG=(200, 404))),
    "insatser:arsredogorelse": ("arsredogorelse", ALLA),
    "insatser:arsredogorelse_oppna": ("arsredogorelse", bara(INSATSANSVARIG=(200, 404))),
    "insatser:arsredogorelse_ta_bort": ("arsredogorelse", bara(INSATSANSVARIG=(200, 404))),
    "insatser:arsredogorelser_samlade": ("organisation", ALLA),
    "insatser:uppdrag_ge": ("insats", bara(INSATSANSVARIG=(200, 404))),
    "insatser:uppdrag_andra": ("insatsuppdrag", bara(INSATSANSVARIG=(200, 404))),
    "insatser:uppdrag_avsluta": ("insatsuppdrag", bara(INSATSANSVARIG=(200, 404))),
    "deltagare:registrera": ("?insats", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:sok": ("?insats", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:att_gora": (None, bara(DELTAGARANSVARIG=(200, 200))),
    "deltagare:original": ("?insats", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:anonyma": ("?insats", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:detail": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:ratta": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:ut": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:aterta": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:kvitto": ("kvitto", bara(DELTAGARANSVARIG=(404, 404))),
    "deltagare:felregistrera": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:felregistrering_avgor": ("avslutat", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:ateroppna": ("avslutat", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:samtycke": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:samtyckeskvitto": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:blankett_in": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:blankett_ut": ("deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:insatsblankett_in": ("insats", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:insatsblankett_ut": ("insats", bara(DELTAGARANSVARIG=(200, 404))),
    "deltagare:visa": ("POST deltagande", bara(DELTAGARANSVARIG=(200, 404))),
    "rapporter:list": (None, ALLA),
    "rapporter:rapport": ("rapport", ALLA),
    "start:start": (None, ALLA),
    "behorigheter:logg_granska": (None, bara(LOGGRANSKARE=(200, 200))),
    "behorigheter:overenskommelser": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:overenskommelse_ny": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:overenskommelse": ("overenskommelse", bara(FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:overenskommelse_andra": ("overenskommelse", bara(FK_ADMINISTRATOR=(200, 200))),
    **{f"register:{lista}": (None, bara(FK_ADMINISTRATOR=(200, 200))) for lista in REGISTERLISTOR},
    **{f"register:{sort}_ny": (None, bara(FK_ADMINISTRATOR=(200, 200))) for sort in REGISTERSLAG},
    "register:organisation": ("arbetsgivare", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:organisation_andra": ("arbetsgivare", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:malgrupp_andra": ("malgrupp", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:stadsdel_andra": ("stadsdel", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:samtyckestext": ("samtyckestext", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:samtyckesoversattning_ny": ("samtyckestext", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:samtyckestext_ta_bort": ("samtyckestext", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:hjalptexter": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "register:hjalptext_ny": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "register:hjalptext": ("nyhet", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:hjalptext_andra": ("nyhet", bara(FK_ADMINISTRATOR=(200, 200))),
    "register:forslag": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "register:forslag_svara": ("forslag", bara(FK_ADMINISTRATOR=(200, 200))),
    "start:forslag": ("forslag", dict.fromkeys(Roll, (404, 404))),
    "behorigheter:bestallare": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:bestallare_utse": (None, bara(FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:bestallning": (
        "bestallning",
        hos_arbetsgivaren(BESTALLARE=(200, 404), UTFARDARE=(200, 200), FK_ADMINISTRATOR=(200, 200)),
    ),
    "behorigheter:bestallning_ny": (None, bara(BESTALLARE=(200, 200))),
    "behorigheter:bestallning_signera": ("bestallning", bara(BESTALLARE=(200, 404))),
    "behorigheter:bestallning_avgor": ("bestallning", bara(UTFARDARE=(200, 200), FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:bestallning_aterta": ("bestallning", hos_arbetsgivaren(BESTALLARE=(200, 404))),
    "behorigheter:fornya_lista": (None, bara(BESTALLARE=(200, 200))),
    "behorigheter:fornya": ("behorighet", bara(BESTALLARE=(200, 404))),
    "behorigheter:behorighet_aterkalla": (
        "behorighet",
        bara(BESTALLARE=(200, 404), UTFARDARE=(200, 200), FK_ADMINISTRATOR=(200, 200)),
    ),
    "behorigheter:anvandare": (None, bara(BESTALLARE=(200, 200), UTFARDARE=(200, 200), FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:anvandare_detalj": ("anstalld", bara(BESTALLARE=(200, 404), UTFARDARE=(200, 200), FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:anvandare_sluta": ("anstalld", bara(BESTALLARE=(200, 404), UTFARDARE=(200, 200), FK_ADMINISTRATOR=(200, 200))),
    "behorigheter:anvandare_uppdrag": (
        None,
        bara(SAMVERKANSADMINISTRATOR=(200, 200), SUS_STOD=(200, 200), FK_ADMINISTRATOR=(200, 200)),
    ),
    "behorigheter:utan_uppdrag": (
        None,
        bara(SAMVERKANSADMINISTRATOR=(200, 200), INSATSANSVARIG=(200, 200), FK_ADMINISTRATOR=(200, 200)),
    ),
    "behorigheter:uppdrag_till": (
        "vantar",
        bara(SAMVERKANSADMINISTRATOR=(200, 404), INSATSANSVARIG=(404, 404), FK_ADMINISTRATOR=(200, 200)),
    ),
}
# report: the roles that it opens for
RAPPORTROLLER = {
    **dict.fromkeys(("insats", "kostnad", "deltagare", "standard-deltagare", "kompletterande-fragor"), ALLA.keys()),
    **dict.fromkeys(("registrering", "paket", "nationell"), ALLA.keys()),
    "regeringsunderlag": {Roll.FK_ANALYTIKER},
}
# Open to everybody who has logged in, also without a valid behörighet: they show one's own.
ALLA_INLOGGADE = {
    *("behorigheter:bestallningar", "behorigheter:bestallning_egen"),
    *("start:nyheter", "start:nyhet_last", "start:forslag_egna", "start:forslag_lamna"),
}
BARA_POST = {"start:nyhet_last"}  # walked by tests/svep
# Pages without rows of their own; what they show and to whom is tested where they are.
OPPNA = {
    "behorigheter:logg_egen",
    "account_change_password",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "konto",
    "konto_app_bild",
    "konto_bekrafta",
    "konto_fortsatt",
    "konto_inloggning_avsluta",
    "konto_inloggningar",
    "konto_inloggningar_avsluta_andra",
    "konto_klart",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "oidc_logga_in",
    "oidc_svar",
    "start:blankett",
    "start:blanketter",
    "start:demo",
    "start:demo_logga_in",
    "start:galleri",
    "start:handbok",
    "start:hjalp",
    "start:kurs",
    "start:lever",
    "start:redo",
    "start:samtycke",
    "start:tillganglighet",
}


def varld():
    organisation = SamverkansorganisationFactory()
    insats = InsatsFactory(samverkansorganisation=organisation)
    overenskommelse = OverenskommelseFactory()
    part = IngaendeOrganisationFactory(samverkansorganisation=organisation)
    anstalld = AnvandareFactory(arbetsgivare=overenskommelse.organisation)
    avslutat = SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats, avslutat=True)).deltagande
    FelregistreringsbegaranFactory(deltagande=avslutat)
    return SimpleNamespace(
        arbetsgivare=overenskommelse.organisation,
        overenskommelse=overenskommelse,
        anstalld=anstalld,
        behorighet=BehorighetFactory(anvandare=anstalld, giltig_till=timezone.localdate() + timedelta(days=30)),
        bestallning=BestallningFactory(organisation=overenskommelse.organisation),
        organisation=organisation,
        fraga=KompletterandeFragaFactory(samverkansorganisation=organisation),
        vantar=BehorighetFactory(anvandare=AnvandareFactory(arbetsgivare=part.organisation), roll=IA),
        insats=insats,
        arsredogorelse=ArsredogorelseFactory(insats=insats, klar=True),
        volyminsats=InsatsFactory(samverkansorganisation=organisation, volym=True),
        deltagande=SamtyckeFactory(deltagande=DeltagandeFactory(insats=insats)).deltagande,
        avslutat=avslutat,
        kvitto=SimpleNamespace(pk="inget-kvitto"),
        organisationsuppdrag=UppdragFactory(roll=IA, samverkansorganisation=organisation),
        insatsuppdrag=UppdragFactory(roll=DA, insats=insats),
        malgrupp=Malgrupp.objects.first(),
        stadsdel=Stadsdel.objects.first(),
        samtyckestext=Samtyckestext.objects.first(),
        nyhet=HjalptextFactory(),
        forslag=ForbattringsforslagFactory(),
    )


def begar(client, vy, tar, plats):
    """Ask for the page on the place's row; the status after any redirects."""
    match tar:
        case None:
            return client.get(reverse(vy)).status_code
        case "?insats":
            return client.get(reverse(vy), {"insats": plats.insats.pk}, follow=True).status_code
        case "organisation+roll":
            return client.get(reverse(vy, args=[plats.organisation.pk, IA])).status_code
        case "rapport":
            return client.get(reverse(vy, args=["kostnad"])).status_code
        case "POST deltagande":
            return client.post(reverse(vy, args=[plats.deltagande.pk]), follow=True).status_code
        case falt:
            return client.get(reverse(vy, args=[getattr(plats, falt).pk])).status_code


@pytest.mark.parametrize("roll", Roll)
def test_each_role_gets_in_where_the_matrix_says_and_nowhere_else(roll, inloggad):
    egen, annans = varld(), varld()
    if roll in (SA, IA, Roll.SUS_STOD):
        client = inloggad(roll, egen.organisation, arbetsgivare=egen.arbetsgivare)
    else:
        client = inloggad(roll, egen.insats if roll == DA else None, arbetsgivare=egen.arbetsgivare)

    fick = {vy: (begar(client, vy, tar, egen), begar(client, vy, tar, annans)) for vy, (tar, _) in MATRIS.items()}

    assert fick == {vy: svar[roll] for vy, (_, svar) in MATRIS.items()}


@pytest.mark.parametrize("roll", Roll)
def test_each_role_opens_the_reports_of_its_list_and_no_others(roll, inloggad):
    client = inloggad(roll)

    lista = client.get(reverse("rapporter:list")).content.decode()
    fick = {nyckel: client.get(reverse("rapporter:rapport", args=[nyckel])).status_code for nyckel in RAPPORTER}

    assert fick == {nyckel: 200 if roll in roller else 403 for nyckel, roller in RAPPORTROLLER.items()}
    assert {nyckel for nyckel in RAPPORTER if f'href="{reverse("rapporter:rapport", args=[nyckel])}"' in lista} == {
        nyckel for nyckel, status in fick.items() if status == 200
    }


def test_a_user_without_behorighet_gets_in_nowhere_and_is_told_so(inloggad):
    plats = varld()
    client = inloggad()

    fick = {vy: begar(client, vy, tar, plats) for vy, (tar, _) in MATRIS.items()}

    oppna_for_egna_rader = {vy for vy, (_, svar) in MATRIS.items() if svar[Roll.RAPPORT] == (404, 404)}
    assert fick == {vy: 404 if vy in oppna_for_egna_rader else 403 for vy in MATRIS}
    assert {client.get(reverse(vy)).status_code for vy in ALLA_INLOGGADE - BARA_POST} == {200}
    assert "Du saknar behörighet till SUS" in client.get("/").content.decode()


def test_nobody_gets_in_without_logging_in(klient):
    plats = varld()

    for vy, (tar, _) in MATRIS.items():
        adress = reverse(vy, args=_argument(tar, plats))
        svar = klient.get(adress)
        assert svar.headers["Location"].startswith("/logga-in/"), vy


def _argument(tar, plats):
    match tar:
        case None | "?insats":
            return []
        case "organisation+roll":
            return [plats.organisation.pk, IA]
        case "rapport":
            return ["kostnad"]
        case _:
            return [getattr(plats, tar.removeprefix("POST ")).pk]


def test_no_page_is_missing_from_the_matrix():
    assert {namn for namn, _ in vyer()} == set(MATRIS) | ALLA_INLOGGADE | OPPNA


def test_a_row_that_is_not_ones_own_answers_as_a_row_that_does_not_exist(inloggad):
    egen, annans = varld(), varld()
    client = inloggad(IA, egen.organisation)

    frammande = client.get(reverse("insatser:update", args=[annans.insats.pk]))
    obefintlig = client.get(reverse("insatser:update", args=[10**9]))

    assert frammande.status_code == obefintlig.status_code == 404
    assert _utan_adress(frammande) == _utan_adress(obefintlig)


def _utan_adress(svar):
    text = svar.content.decode().replace(svar.wsgi_request.path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
