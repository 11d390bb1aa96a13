"""The expected answers, kept by hand: per page, per persona, on an own row, a neighbour's (same förbund) and a foreign one.

What no line says is 403, and for who is not logged in 302 to the login page. These follow and are not repeated in the lines:
a row that does not exist answers 404 to whom any row could answer otherwise than 403; an address that cannot be read answers 404 to
everybody; HEAD answers as GET; a method that the page does not have answers 405 to those whose role opens the page.
"""

from dataclasses import dataclass, field, fields

from behorigheter.roller import Rattighet as R
from behorigheter.roller import Roll

RELATIONER = ["egen", "granne", "frammande"]
SAKNAS, TRASIG, STOR = "saknas", "trasig", "stor"

UTLOGGADE = ["anonym", "avstangd"]
UTAN_BEHORIGHET = ["utan", "igar", "imorgon", "aterkallad", "overenskommelse_slut", "bytt_arbetsgivare"]
GILTIGA = [
    *("sa", "ia", "da", "rapport", "bestallare", "utfardare", "utfardare_af", "fk", "analytiker", "loggranskare", "stod"),
    *("ia_da", "da_granne", "da_frammande", "uppdrag_slut", "uppdrag_aterkallat"),
]
INLOGGADE = [*GILTIGA, *UTAN_BEHORIGHET]


def svar(koder, *personor):
    return dict.fromkeys(personor, koder)


def alla(koder):
    return svar(koder, *GILTIGA)


def alla_inloggade(koder):
    return svar(koder, *INLOGGADE)


def precis_alla(koder):
    return svar(koder, *INLOGGADE, *UTLOGGADE)


def deltagaransvariga(kod):
    """Only where the uppdrag is, and nowhere when it has ended."""
    return {
        **svar(f"{kod} 404 404", "da", "ia_da"),
        **svar(f"404 {kod} 404", "da_granne"),
        **svar(f"404 404 {kod}", "da_frammande"),
        **svar("404 404 404", "uppdrag_slut", "uppdrag_aterkallat"),
    }


def deltagaransvarigas_val():
    """Without an insats in the address: straight to the only one, or a page that says there is none."""
    return svar("302", "da", "ia_da", "da_granne", "da_frammande") | svar("200", "uppdrag_slut", "uppdrag_aterkallat")


def deltagaransvariga_alla(kod):
    return svar(kod, "da", "ia_da", "da_granne", "da_frammande", "uppdrag_slut", "uppdrag_aterkallat")


def utfardares(kod):
    """Försäkringskassan's for every kommun; Arbetsförmedlingen's only for Arbetsförmedlingen."""
    return svar(f"{kod} {kod} {kod}", "utfardare", "fk") | svar("404 404 404", "utfardare_af")


def arbetsgivarens(kod):
    """Rows about an employer's staff: the beställare of that employer, and who issues for it."""
    return utfardares(kod) | svar(f"{kod} 404 404", "bestallare")


def insatsansvariga(kod):
    """In every insats of the own förbund."""
    return svar(f"{kod} {kod} 404", "ia", "ia_da")


def administratorer(kod):
    return svar(f"{kod} {kod} 404", "sa")


def fk(kod):
    return svar(f"{kod} {kod} {kod}", "fk")


@dataclass(frozen=True)
class Sida:
    """A page, or one use of it: `objekt` is what its address points at, `kropp` what a POST sends."""

    vy: str
    objekt: str = ""
    get: dict = field(default_factory=dict)
    post: dict = field(default_factory=dict)
    kropp: str = ""
    fraga: str = ""
    saknas: int = 404  # on a row that does not exist
    oppen: bool = False  # asks no role before it looks at the method
    variant: bool = False  # one more use of a page that has its own line: only the methods named are walked

    @property
    def namn(self) -> str:
        return " ".join(del_ for del_ in (self.vy, self.objekt, self.kropp, self.fraga) if del_)

    def vantat(self, persona: str, relation: str, metod: str, i_vagen: str) -> int | None:
        """The status; `i_vagen` is the kind of the id in the address's path (int, uuid or nothing).

        None: the account pages are allauth's, whose forms take PUT as POST. There the other methods are walked for leaks only.
        """
        if ":" not in self.vy and metod not in {"GET", "POST"}:
            return None
        if (relation == TRASIG and i_vagen) or (relation == STOR and i_vagen == "uuid"):
            return 404
        linje = {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(metod, {})
        if not linje:
            return self._utan_metoden(persona)
        if persona not in linje:
            return 302 if persona in UTLOGGADE else 403
        koder = [int(kod) for kod in linje[persona].split()]
        if relation in RELATIONER:
            return koder[RELATIONER.index(relation)] if len(koder) > 1 else koder[0]
        return self.saknas

    def ar_stangd_for(self, persona: str) -> bool:
        """No line lets the persona further than to the question about the role."""
        return persona not in self.get and persona not in self.post

    def _utan_metoden(self, persona):
        if not self.ar_stangd_for(persona) or (self.oppen and persona not in UTLOGGADE):
            return 405
        return 302 if persona in UTLOGGADE else 403


SIDOR = [
    # Start, help and what is open
    Sida("start:start", get=alla("200"), oppen=True),
    Sida("start:hjalp", get=precis_alla("200")),
    Sida("start:handbok", "kapitel", get=precis_alla("200")),
    Sida("start:kurs", "kurssida", get=precis_alla("200")),
    Sida("start:nyheter", get=alla_inloggade("200")),
    Sida("start:nyhet_last", "nyhet", post=alla_inloggade("302 302 302")),
    Sida("start:forslag_egna", get=alla_inloggade("200")),
    Sida("start:forslag_lamna", get=alla_inloggade("200"), post=alla_inloggade("200")),
    Sida("start:forslag", "forslag", get=alla_inloggade("404 404 404")),
    Sida("start:tillganglighet", get=precis_alla("200")),
    Sida("start:blanketter", get=precis_alla("200")),
    Sida("start:blankett", "tom blankett", get=precis_alla("200")),
    Sida("start:samtycke", get=precis_alla("200")),
    Sida("start:galleri", get=precis_alla("200")),
    Sida("start:lever", get=precis_alla("200")),
    Sida("start:redo", get=precis_alla("200")),
    Sida("start:demo", get=precis_alla("200")),
    Sida("start:demo_logga_in", "okänt konto", post=precis_alla("404")),
    # Accounts
    Sida("account_login", get=svar("200", *UTLOGGADE) | alla_inloggade("302"), post=svar("200", *UTLOGGADE) | alla_inloggade("302")),
    Sida("account_logout", get=precis_alla("302") | alla_inloggade("200"), post=precis_alla("302")),
    Sida("account_inactive", get=precis_alla("200")),
    Sida("account_change_password", get=alla_inloggade("200"), post=alla_inloggade("200")),
    Sida("account_set_password", get=alla_inloggade("200")),
    Sida("account_reset_password", get=precis_alla("200"), post=precis_alla("200")),
    Sida("account_reset_password_done", get=precis_alla("200")),
    Sida("account_reset_password_from_key", "gammal länk", get=precis_alla("200"), post=precis_alla("200")),
    Sida("account_reset_password_from_key_done", get=precis_alla("200")),
    Sida("oidc_logga_in", get=precis_alla("404")),
    Sida("oidc_svar", get=precis_alla("404")),
    Sida("konto", get=alla_inloggade("200")),
    Sida("konto_inloggningar", get=alla_inloggade("200")),
    Sida("konto_inloggning_avsluta", post=alla_inloggade("302")),
    Sida("konto_inloggningar_avsluta_andra", post=alla_inloggade("302")),
    Sida("konto_fortsatt", get=precis_alla("200")),
    Sida("konto_klart", get=alla_inloggade("200")),
    Sida("konto_bekrafta", get=alla_inloggade("302"), post=alla_inloggade("302")),
    Sida("mfa_index", get=alla_inloggade("200")),
    Sida("mfa_authenticate", get=precis_alla("302"), post=precis_alla("302")),
    Sida("mfa_activate_totp", get=alla_inloggade("200"), post=alla_inloggade("200")),
    Sida("konto_app_bild", get=alla_inloggade("404")),
    Sida("mfa_deactivate_totp", get=alla_inloggade("404"), post=alla_inloggade("404")),
    Sida("mfa_add_webauthn", get=alla_inloggade("200"), post=alla_inloggade("200")),
    Sida("mfa_remove_webauthn", "nyckel", get=alla_inloggade("404"), post=alla_inloggade("404")),
    Sida("mfa_view_recovery_codes", get=alla_inloggade("404")),
    Sida("mfa_generate_recovery_codes", get=alla_inloggade("200"), post=alla_inloggade("200")),
    # Administration: överenskommelser and beställare are Försäkringskassan's
    Sida("behorigheter:overenskommelser", get=fk("200")),
    Sida("behorigheter:overenskommelse_ny", get=fk("200"), post=fk("200")),
    Sida("behorigheter:overenskommelse", "overenskommelse", get=fk("200")),
    Sida("behorigheter:overenskommelse_andra", "overenskommelse", get=fk("200"), post=fk("200")),
    Sida("behorigheter:bestallare", get=fk("200")),
    Sida("behorigheter:bestallare_utse", get=fk("200"), post=fk("200")),
    # Orders: everybody sees the own ones, a beställare the organisation's, an utfärdare those to decide
    Sida("behorigheter:bestallningar", get=alla_inloggade("200")),
    Sida("behorigheter:bestallning_ny", get=svar("200", "bestallare"), post=svar("200", "bestallare")),
    Sida("behorigheter:bestallning_egen", get=alla_inloggade("200"), post=alla_inloggade("200")),
    Sida("behorigheter:bestallning", "ifylld", get=alla_inloggade("404 404 404") | arbetsgivarens("200")),
    Sida("behorigheter:bestallning", "signerad", get=alla_inloggade("404 404 404") | arbetsgivarens("200")),
    Sida("behorigheter:bestallning_signera", "ifylld", get=svar("200 404 404", "bestallare"), post=svar("200 404 404", "bestallare")),
    Sida("behorigheter:bestallning_avgor", "signerad", get=utfardares("200"), post=utfardares("200")),
    Sida(
        "behorigheter:bestallning_aterta",
        "ifylld",
        get=alla_inloggade("404 404 404") | svar("200 404 404", "bestallare"),
        post=alla_inloggade("404 404 404") | svar("302 404 404", "bestallare"),
        kropp="version",
    ),
    Sida("behorigheter:fornya_lista", get=svar("200", "bestallare")),
    Sida("behorigheter:fornya", "behorighet", get=svar("200 404 404", "bestallare"), post=svar("200 404 404", "bestallare")),
    # The registers are Försäkringskassan's
    Sida("register:organisationer", get=fk("200")),
    Sida("register:organisation_ny", get=fk("200"), post=fk("200")),
    Sida("register:organisation", "arbetsgivare", get=fk("200")),
    Sida("register:organisation_andra", "arbetsgivare", get=fk("200"), post=fk("200")),
    Sida("register:malgrupper", get=fk("200")),
    Sida("register:malgrupp_ny", get=fk("200"), post=fk("200")),
    Sida("register:malgrupp_andra", "malgrupp", get=fk("200"), post=fk("200")),
    Sida("register:stadsdelar", get=fk("200")),
    Sida("register:stadsdel_ny", get=fk("200"), post=fk("200")),
    Sida("register:stadsdel_andra", "stadsdel", get=fk("200"), post=fk("409")),
    Sida("register:samtyckestexter", get=fk("200")),
    Sida("register:samtyckestext_ny", get=fk("200"), post=fk("200")),
    Sida("register:samtyckestext", "samtyckestext", get=fk("200")),
    Sida("register:samtyckesoversattning_ny", "samtyckestext", get=fk("200"), post=fk("200")),
    Sida("register:samtyckestext_ta_bort", "samtyckestext", get=fk("200"), post=fk("200")),
    # The help is written by Försäkringskassan, who also answers what users want to be better
    Sida("register:hjalptexter", get=fk("200")),
    Sida("register:hjalptext_ny", get=fk("200"), post=fk("200")),
    Sida("register:hjalptext", "nyhet", get=fk("200")),
    Sida("register:hjalptext_andra", "nyhet", get=fk("200"), post=fk("200")),
    Sida("register:forslag", get=fk("200")),
    Sida("register:forslag_svara", "forslag", get=fk("200"), post=fk("200")),
    # Users
    Sida("behorigheter:behorighet_aterkalla", "behorighet", get=arbetsgivarens("200"), post=arbetsgivarens("302")),
    Sida("behorigheter:anvandare", get=svar("200", "bestallare", "utfardare", "utfardare_af", "fk")),
    Sida("behorigheter:anvandare_detalj", "anvandare", get=arbetsgivarens("200")),
    Sida("behorigheter:anvandare_sluta", "anvandare", get=arbetsgivarens("200"), post=arbetsgivarens("200")),
    Sida("behorigheter:anvandare_uppdrag", get=svar("200", "sa", "fk", "stod")),
    Sida("behorigheter:utan_uppdrag", get=svar("200", "sa", "ia", "ia_da", "fk")),
    Sida(
        "behorigheter:uppdrag_till",
        "behorighet",
        get=administratorer("200") | fk("200") | svar("404 404 404", "ia", "ia_da"),
        post=administratorer("200") | fk("200") | svar("404 404 404", "ia", "ia_da"),
    ),
    # The log
    Sida("behorigheter:logg_egen", get=alla_inloggade("200")),
    Sida("behorigheter:logg_granska", get=svar("200", "loggranskare"), post=svar("200", "loggranskare")),
    # Samverkansorganisationer
    Sida("organisations:list", get=alla("200")),
    Sida("organisations:create", get=fk("200"), post=fk("200")),
    Sida("organisations:sla_ihop", get=fk("200"), post=fk("200")),
    Sida("organisations:detail", "organisation", get=alla("200 200 200")),
    Sida("organisations:update", "organisation", get=administratorer("200"), post=administratorer("409")),
    Sida("organisations:grunduppgifter", "organisation", get=fk("200"), post=fk("200")),
    Sida("organisations:omrade", "organisation", get=administratorer("200"), post=administratorer("200")),
    Sida("organisations:parter", "organisation", get=administratorer("200"), post=administratorer("200")),
    Sida("organisations:budget", "organisation", get=alla("200 200 200"), post=administratorer("302")),
    Sida("organisations:budgetandringar", "organisation", get=alla("200 200 200")),
    Sida("organisations:fragor", "organisation", get=alla("200 200 200")),
    Sida("organisations:frageformular", "organisation", get=alla("200 200 200")),
    Sida("organisations:fraga_create", "organisation", get=administratorer("200"), post=administratorer("200")),
    Sida("organisations:fraga", "fraga", get=alla("200 200 200")),
    Sida("organisations:fraga", "fragutkast", get=alla("404 404 404") | svar("200 200 404", "sa")),
    Sida("organisations:fraga_update", "fraga", get=administratorer("200"), post=administratorer("200")),
    Sida("organisations:fraga_publicera", "fragutkast", get=administratorer("200"), post=administratorer("200")),
    Sida("organisations:fraga_flytta", "fraga", get=administratorer("200"), post=administratorer("200")),
    Sida("organisations:fraga_delete", "fragutkast", get=administratorer("200"), post=administratorer("302"), kropp="ja"),
    Sida("organisations:uppdrag", "organisation", get=administratorer("200") | fk("200") | svar("200 200 404", "stod")),
    Sida("organisations:uppdrag_ge", "organisation+roll", get=administratorer("200") | fk("200"), post=administratorer("200") | fk("200")),
    Sida(
        "organisations:uppdrag_avsluta",
        "organisationsuppdrag",
        get=administratorer("200") | fk("200"),
        post=administratorer("302") | fk("302"),
        kropp="sista dag",
    ),
    # Insatser
    Sida("insatser:list", get=alla("200")),
    Sida("insatser:create", get=svar("200", "ia", "ia_da"), post=svar("200", "ia", "ia_da")),
    Sida("insatser:detail", "insats", get=alla("200 200 200")),
    Sida("insatser:update", "insats", get=insatsansvariga("200"), post=insatsansvariga("200")),
    Sida("insatser:delete", "tom_insats", get=insatsansvariga("200"), post=insatsansvariga("302"), kropp="ja"),
    Sida("insatser:budget", "insats", get=alla("200 200 200"), post=insatsansvariga("200")),
    Sida("insatser:budgetandringar", "insats", get=alla("200 200 200")),
    Sida("insatser:volym", "volyminsats", get=insatsansvariga("200"), post=insatsansvariga("200")),
    Sida("insatser:arsredogorelser", "insats", get=alla("200 200 200")),
    Sida("insatser:arsredogorelse_skriv", "insats", get=insatsansvariga("200"), post=insatsansvariga("200")),
    Sida("insatser:arsredogorelse", "arsredogorelse", get=alla("200 200 200")),
    Sida("insatser:arsredogorelse", "utkast", get=alla("404 404 404") | insatsansvariga("200")),
    Sida("insatser:arsredogorelse_oppna", "arsredogorelse", get=insatsansvariga("200"), post=insatsansvariga("302"), kropp="version"),
    Sida("insatser:arsredogorelse_ta_bort", "utkast", get=insatsansvariga("200"), post=insatsansvariga("302"), kropp="version"),
    Sida("insatser:arsredogorelser_samlade", "organisation", get=alla("200 200 200")),
    Sida("insatser:uppdrag_ge", "insats", get=insatsansvariga("200"), post=insatsansvariga("200")),
    Sida("insatser:uppdrag_andra", "insatsuppdrag", get=insatsansvariga("200"), post=insatsansvariga("302")),
    Sida(
        "insatser:uppdrag_avsluta",
        "insatsuppdrag",
        get=insatsansvariga("200"),
        post=insatsansvariga("302"),
        kropp="sista dag, trots varning",
    ),
    # Deltagare
    Sida("deltagare:registrera", "?insats", get=deltagaransvariga("200"), post=deltagaransvariga("302"), kropp="inregistrering"),
    Sida("deltagare:registrera", "?insats", post=deltagaransvariga("302"), kropp="utkast", variant=True),
    Sida("deltagare:registrera", get=deltagaransvarigas_val(), post=deltagaransvariga_alla("404")),
    Sida("deltagare:sok", "?insats", get=deltagaransvariga("200"), post=deltagaransvariga("200"), kropp="visa"),
    Sida("deltagare:att_gora", get=deltagaransvariga_alla("200")),
    Sida("deltagare:original", "?insats", get=deltagaransvariga("200"), post=deltagaransvariga("200")),
    Sida("deltagare:original", get=deltagaransvarigas_val(), post=deltagaransvariga_alla("404")),
    Sida("deltagare:anonyma", "?insats", get=deltagaransvariga("200"), post=deltagaransvariga("302"), kropp="anonyma"),
    Sida("deltagare:detail", "deltagande", get=deltagaransvariga("200")),
    Sida("deltagare:detail", "avslutat", get=deltagaransvariga("200")),
    Sida("deltagare:visa", "deltagande", post=deltagaransvariga("200")),
    Sida("deltagare:ratta", "deltagande", get=deltagaransvariga("200"), post=deltagaransvariga("200")),
    Sida("deltagare:ratta", "deltagande", post=deltagaransvariga("200"), kropp="visa-knapp", variant=True),
    Sida("deltagare:ut", "deltagande", get=deltagaransvariga("200"), post=deltagaransvariga("302"), kropp="utregistrering"),
    Sida("deltagare:ut", "deltagande", post=deltagaransvariga("302"), kropp="utkast till utregistrering", variant=True),
    Sida("deltagare:aterta", "deltagande", get=deltagaransvariga("200"), post=deltagaransvariga("302")),
    Sida("deltagare:kvitto", "gammalt kvitto", get=deltagaransvariga_alla("404")),
    Sida("deltagare:felregistrera", "deltagande", get=deltagaransvariga("200"), post=deltagaransvariga("200")),
    Sida("deltagare:felregistrera", "deltagande", post=deltagaransvariga("302"), kropp="ta bort", variant=True),
    Sida("deltagare:felregistrering_avgor", "avslutat", get=deltagaransvariga("200"), post=deltagaransvariga("200")),
    Sida("deltagare:felregistrering_avgor", "avslutat", post=deltagaransvariga("302"), kropp="godkänn", variant=True),
    Sida("deltagare:ateroppna", "avslutat", get=deltagaransvariga("200"), post=deltagaransvariga("302"), kropp="version"),
    Sida("deltagare:samtycke", "deltagande", get=deltagaransvariga("200"), post=deltagaransvariga("200")),
    Sida("deltagare:samtyckeskvitto", "deltagande", get=deltagaransvariga("200")),
    Sida("deltagare:blankett_in", "deltagande", get=deltagaransvariga("200")),
    Sida("deltagare:blankett_ut", "deltagande", get=deltagaransvariga("200")),
    Sida("deltagare:insatsblankett_in", "insats", get=deltagaransvariga("200")),
    Sida("deltagare:insatsblankett_ut", "insats", get=deltagaransvariga("200")),
    # Reports: everybody gets in; what they show is protected for who lacks uppdrag
    Sida("rapporter:list", get=alla("200")),
    Sida("rapporter:rapport", "kostnad", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "insatsrapport", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "deltagarrapport", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "standardrapport", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "fragerapport", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "registreringsrapport", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "rapportpaket", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "nationell rapport", get=alla("200 200 200"), saknas=200),
    Sida("rapporter:rapport", "regeringsunderlag", get=svar("200 200 200", "analytiker"), saknas=200),
]


# Annex C: what each role may. Written out, not derived: a change in behorigheter/roller.py must be made here too, by a person.
LASER = {R.SAMVERKANSORGANISATION_SE, R.INSATS_SE, R.RAPPORT_SE}
RATTIGHETER = {
    Roll.SAMVERKANSADMINISTRATOR: LASER
    | {R.SAMVERKANSORGANISATION_ANDRA, R.BUDGET_ANDRA, R.FRAGA_ANDRA, R.UPPDRAG_SE, R.UPPDRAG_GE}
    | {R.UPPDRAG_SAMVERKAN_ANDRA, R.RAPPORT_EXAKT},
    Roll.INSATSANSVARIG: LASER | {R.INSATS_ANDRA, R.UPPDRAG_GE, R.UPPDRAG_INSATS_ANDRA, R.RAPPORT_EXAKT},
    Roll.DELTAGARANSVARIG: LASER | {R.DELTAGARE_SE, R.DELTAGARE_ANDRA, R.ANONYMA_ANDRA, R.RAPPORT_EXAKT},
    Roll.RAPPORT: LASER,
    Roll.BESTALLARE: LASER | {R.BESTALLNING_SE, R.BESTALLNING_EGEN, R.BESTALLNING_GORA, R.ANVANDARE_SE, R.BEHORIGHET_ATERKALLA},
    Roll.UTFARDARE: LASER | {R.BESTALLNING_SE, R.BESTALLNING_AVGORA, R.ANVANDARE_SE, R.BEHORIGHET_ATERKALLA},
    Roll.FK_ADMINISTRATOR: LASER
    | {R.SAMVERKANSORGANISATION_SKAPA, R.REGISTER_ANDRA, R.UPPDRAG_SE, R.UPPDRAG_GE, R.UPPDRAG_SAMVERKAN_ANDRA, R.OVERENSKOMMELSE_ANDRA}
    | {R.HJALP_ANDRA, R.FORSLAG_BESVARA}
    | {R.BESTALLARE_UTSE, R.BESTALLNING_SE, R.BESTALLNING_AVGORA, R.ANVANDARE_SE, R.BEHORIGHET_ATERKALLA},
    Roll.FK_ANALYTIKER: LASER | {R.RAPPORT_EXAKT},
    Roll.LOGGRANSKARE: LASER | {R.LOGG_GRANSKA},
    Roll.SUS_STOD: LASER | {R.UPPDRAG_SE},
}
# What each role may do with whole tables: S sees, I adds, U changes, D deletes. Written out here, and not read from the declaration.
GRANTER = {
    "sus_konto": {
        "DISU": [
            *("account_emailaddress", "account_emailconfirmation", "behorigheter_inskickat", "behorigheter_session"),
            *("mfa_authenticator", "sus_cache"),
        ],
        "S": [
            *("behorigheter_anvandare", "behorigheter_behorighet", "behorigheter_overenskommelse", "django_content_type"),
            *("organisations_organisation",),
        ],
    },
    "sus_rapport": {
        "S": [
            *("deltagare_anonympost", "insatser_insats", "insatser_insats_malgrupper", "insatser_insatsar", "insatser_insatsbudget"),
            *("insatser_malgrupp", "insatser_volympost", "organisations_administrativkostnad", "organisations_budgetar"),
            *("organisations_finansiering", "organisations_ingaendeorganisation", "organisations_kommun", "organisations_lan"),
            *("organisations_omrade", "organisations_organisation", "organisations_samverkansorganisation", "organisations_stadsdel"),
            *("organisations_kompletterandefraga", "organisations_svarsalternativ"),
        ],
    },
    "sus_web": {
        "IS": [
            *("behorigheter_anvandare", "behorigheter_behorighet", "deltagare_anonympost", "insatser_volympost"),
            *("deltagare_hamtning", "organisations_budgetandring", "start_forbattringsforslag", "start_hjalptextutgava", "start_lastnyhet"),
        ],
        "ISU": [
            *("behorigheter_bestallning", "behorigheter_overenskommelse", "insatser_malgrupp", "organisations_organisation"),
            *("organisations_samverkansorganisation", "organisations_stadsdel", "start_hjalptext"),
        ],
        "S": [
            *("behorigheter_handelse", "django_content_type", "django_migrations"),
            *("organisations_kommun", "organisations_lan"),
        ],
        "DISU": [
            *("behorigheter_inskickat", "deltagare_deltagande", "deltagare_mattillfalle", "deltagare_samtycke", "insatser_insats"),
            *("insatser_arsredogorelse",),
            *("insatser_insats_malgrupper", "insatser_insatsar", "insatser_insatsbudget", "organisations_administrativkostnad"),
            *("organisations_budgetar", "organisations_finansiering", "organisations_ingaendeorganisation", "organisations_omrade"),
            *("deltagare_svar", "deltagare_utkast", "organisations_kompletterandefraga", "organisations_svarsalternativ"),
        ],
        "DIS": [
            *("behorigheter_uppdrag", "deltagare_samtyckestext", "insatser_insatsbudgetandring"),
            *("deltagare_felregistreringsbegaran", "deltagare_rattelse", "deltagare_samtyckesoversattning"),
        ],
    },
}


# The conditions on the rows of each table, and its columns that do not change: written out here, and not read from the declaration.
VILLKOR = {
    "behorigheter_anvandare": {
        "las": "true",
        "skapa": "'{utfardare,fk_administrator}' && (SELECT vagg.roller())::text[] AND (password = '' OR password LIKE '!%') AND amne = ''",
        "skriv": "id <> (SELECT vagg.anvandare()) AND '{bestallare,utfardare,fk_administrator}' && (SELECT vagg.roller())::text[]",
        "andra": "vagg.far_andra_anvandare(id, arbetsgivare_id)",
        "vakt": "vagg.anvandare_vakt",
    },
    "behorigheter_behorighet": {
        "las": "true",
        "skapa": "vagg.far_utfarda(anvandare_id, roll, arbetsgivare_id, utfardad_av_id, bestalld_av_id, bestallning_id, giltig_till)",
        "skriv": "vagg.far_aterkalla(anvandare_id, arbetsgivare_id)",
        "kortare": ("giltig_till", "aterkallad"),
    },
    "behorigheter_bestallning": {
        "las": "ifylld_av_id = (SELECT vagg.anvandare()) OR vagg.far_se_bestallning(ifylld_av_id, anvandare_id, organisation_id)",
        "skapa": "ifylld_av_id = (SELECT vagg.anvandare()) AND avgjord_av_id IS NULL AND (anvandare_id = (SELECT vagg.anvandare()) OR vagg.ar_bestallare(organisation_id))",  # noqa: E501
        "fast": ("organisation_id", "ifylld_av_id"),
        "vakt": "vagg.bestallning_vakt",
    },
    "behorigheter_handelse": {
        "las": "anvandare_id = (SELECT vagg.anvandare()) OR arbetsgivare_id = (SELECT vagg.granskar())",
    },
    "behorigheter_inskickat": {
        "las": "true",
        "skriv": "anvandare_id = (SELECT vagg.anvandare())",
        "ta_bort": "true",
    },
    "behorigheter_overenskommelse": {
        "las": "true",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "fast": ("organisation_id",),
    },
    "behorigheter_uppdrag": {
        "las": "true",
        "skapa": "vagg.far_andra_uppdrag(anvandare_id, roll, samverkansorganisation_id, insats_id)",
        "skriv": "vagg.far_andra_uppdrag(anvandare_id, roll, samverkansorganisation_id, insats_id) OR vagg.far_avsluta_uppdrag(anvandare_id)",  # noqa: E501
        "ta_bort": "vagg.far_andra_uppdrag(anvandare_id, roll, samverkansorganisation_id, insats_id)",
        "kortare": ("till", "aterkallat"),
        "vakt": "vagg.uppdrag_vakt",
    },
    "deltagare_anonympost": {
        "vagg": "insats_id",
    },
    "deltagare_deltagande": {
        "vagg": "insats_id",
        "skapa": "person_id = ANY ((SELECT vagg.identifierade())::uuid[])",
        "fast": ("insats_id", "person_id"),
    },
    "deltagare_felregistreringsbegaran": {
        "vagg": "insats_id",
        "skapa": "begard_av_id = (SELECT vagg.anvandare())",
    },
    "deltagare_hamtning": {
        "vagg": "insats_id",
        "las": "anvandare_id = (SELECT vagg.anvandare()) AND insats_id = ANY ((SELECT vagg.omfang())::bigint[])",
    },
    "deltagare_mattillfalle": {
        "vagg": "insats_id",
        "fast": ("insats_id", "deltagande_id"),
    },
    "deltagare_rattelse": {
        "vagg": "insats_id",
    },
    "deltagare_samtycke": {
        "vagg": "insats_id",
        "fast": ("insats_id", "deltagande_id"),
    },
    "deltagare_samtyckesoversattning": {
        "las": "true",
        "skapa": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[]) AND tillagd_av_id = (SELECT vagg.anvandare())",
        "skriv": "false",
        "ta_bort": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[]) AND EXISTS (SELECT FROM public.deltagare_samtyckestext t WHERE t.id = samtyckestext_id AND vagg.ar_kommande(t.giltig_fran))",  # noqa: E501
    },
    "deltagare_samtyckestext": {
        "las": "true",
        "skapa": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[]) AND vagg.ar_kommande(giltig_fran)",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[]) AND (giltig_till IS NULL OR vagg.ar_kommande(giltig_till + 1))",
        "ta_bort": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[]) AND vagg.ar_kommande(giltig_fran)",
        "fast": ("version", "text", "ar_platshallare", "giltig_fran"),
    },
    "deltagare_utkast": {
        "vagg": "insats_id",
        "las": "anvandare_id = (SELECT vagg.anvandare()) AND insats_id = ANY ((SELECT vagg.omfang())::bigint[])",
    },
    "insatser_arsredogorelse": {
        "fast": ("insats_id", "ar"),
    },
    "deltagare_svar": {
        "vagg": "insats_id",
        "fast": ("insats_id", "deltagande_id"),
        "vakt": "vagg.svar_vakt",
    },
    "organisations_kompletterandefraga": {
        "las": "true",
        "skriv": "vagg.har_uppdrag('samverkansadministrator', samverkansorganisation_id)",
        "fast": ("samverkansorganisation_id",),
    },
    "organisations_svarsalternativ": {
        "las": "true",
        "skriv": "vagg.far_andra_fraga(fraga_id)",
        "fast": ("fraga_id",),
    },
    "insatser_malgrupp": {
        "las": "true",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
    },
    "organisations_organisation": {
        "las": "true",
        "skapa": "true",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "fast": ("typ",),
    },
    "start_forbattringsforslag": {
        "las": "avsandare_id = (SELECT vagg.anvandare()) OR 'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "skapa": "avsandare_id = (SELECT vagg.anvandare()) AND status = 'ny' AND svar = ''",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "fast": ("avsandare_id", "slag", "sida", "text", "inskickat"),
    },
    "start_hjalptext": {
        "las": "publicerad OR 'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "fast": ("slag",),
    },
    "start_hjalptextutgava": {
        "las": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "skapa": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[]) AND sparad_av_id = (SELECT vagg.anvandare())",
    },
    "start_lastnyhet": {
        "las": "anvandare_id = (SELECT vagg.anvandare())",
    },
    "organisations_stadsdel": {
        "las": "true",
        "skriv": "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])",
        "fast": ("kommun_id",),
    },
}


def villkor(rad):
    """The conditions of a table's line, as VILLKOR writes them."""
    return {falt.name: varde for falt in fields(rad) if falt.name in VILLKORENS_FALT and (varde := getattr(rad, falt.name))}


VILLKORENS_FALT = {"vagg", "las", "skapa", "skriv", "andra", "ta_bort", "fast", "kortare", "vakt"}
