"""Every table, once: what each database role may do with it, and with which rows. A table without a line fails the tests."""

from dataclasses import dataclass

SE = "SELECT"
ALLT = "SELECT, INSERT, UPDATE, DELETE"
JOURNAL = "SELECT, INSERT"
LOGG = "SELECT, INSERT, TRIGGER"  # its triggers are made by the functions' owner, in 20_handelse.sql
FRAGOR = "SELECT, TRIGGER"  # triggers in 45_fragor.sql
FAKTA = "SELECT, TRIGGER"  # triggers in 40_faktum.sql


@dataclass(frozen=True)
class Tabell:
    """Rights per role, and the conditions of row-level security (docs/vaggarna.md says how to add a table).

    The conditions are SQL over the row's columns. `skriv` is asked before and after an UPDATE, unless `andra` is given for before.
    """

    web: str = ""  # the request
    konto: str = ""  # sessions, logins, account pages
    rapport: str = ""
    funk: str = ""  # the functions of schema vagg
    vagg: str = ""  # column with insats_id: the row is seen and written only in the insatser of the scope
    las: str = ""  # condition for seeing a row
    skapa: str = ""  # more that an INSERT must fulfil
    skriv: str = ""  # condition for writing a row
    andra: str = ""  # condition on the row before an UPDATE or DELETE, when it is not the same as for writing
    ta_bort: str = ""  # condition on the row before a DELETE, when it is not the same as before an UPDATE
    fast: tuple[str, ...] = ()  # columns that never change (trigger)
    kortare: tuple[str, ...] = ()  # last day and time of taking back: the web never makes the period longer (trigger)
    vakt: str = ""  # function of a trigger of its own, before INSERT and UPDATE

    @property
    def har_radskydd(self) -> bool:
        """Row-level security: for the web's rows, and for what only the account role reaches."""
        return bool(self.las or self.vagg or (self.konto and not self.web))


MIG = "(SELECT vagg.anvandare())"
EGET_I_INSATSEN = f"anvandare_id = {MIG} AND insats_id = ANY ((SELECT vagg.omfang())::bigint[])"
FAR_GE_UPPDRAG = "vagg.far_andra_uppdrag(anvandare_id, roll, samverkansorganisation_id, insats_id)"
AR_FK_ADMINISTRATOR = "'fk_administrator' = ANY ((SELECT vagg.roller())::text[])"
TEXTEN_KOMMER = "EXISTS (SELECT FROM public.deltagare_samtyckestext t WHERE t.id = samtyckestext_id AND vagg.ar_kommande(t.giltig_fran))"

TABELLER = {
    "account_emailaddress": Tabell(konto=ALLT),
    "account_emailconfirmation": Tabell(konto=ALLT),
    "auth_group": Tabell(),
    "auth_group_permissions": Tabell(),
    "auth_permission": Tabell(),
    "behorigheter_anvandare": Tabell(
        web="SELECT, INSERT, UPDATE (fornamn, efternamn, epost, telefon, arbetsgivare_id)",
        konto="SELECT, UPDATE (last_login, password, utgivare, amne)",
        funk=SE,
        las="true",
        skapa="'{utfardare,fk_administrator}' && (SELECT vagg.roller())::text[] AND (password = '' OR password LIKE '!%') AND amne = ''",
        vakt="vagg.anvandare_vakt",
        skriv=f"id <> {MIG} AND '{{bestallare,utfardare,fk_administrator}}' && (SELECT vagg.roller())::text[]",
        andra="vagg.far_andra_anvandare(id, arbetsgivare_id)",
    ),
    "behorigheter_behorighet": Tabell(
        web="SELECT, INSERT, UPDATE (giltig_till, aterkallad, aterkallad_av_id)",
        konto=SE,
        funk=SE,
        las="true",
        skapa="vagg.far_utfarda(anvandare_id, roll, arbetsgivare_id, utfardad_av_id, bestalld_av_id, bestallning_id, giltig_till)",
        skriv="vagg.far_aterkalla(anvandare_id, arbetsgivare_id)",
        kortare=("giltig_till", "aterkallad"),
    ),
    "behorigheter_bestallning": Tabell(
        web="SELECT, INSERT, UPDATE",
        funk=SE,
        las=f"ifylld_av_id = {MIG} OR vagg.far_se_bestallning(ifylld_av_id, anvandare_id, organisation_id)",
        skapa=f"ifylld_av_id = {MIG} AND avgjord_av_id IS NULL AND (anvandare_id = {MIG} OR vagg.ar_bestallare(organisation_id))",
        fast=("organisation_id", "ifylld_av_id"),
        vakt="vagg.bestallning_vakt",
    ),
    "behorigheter_handelse": Tabell(web=SE, funk=LOGG, las=f"anvandare_id = {MIG} OR arbetsgivare_id = (SELECT vagg.granskar())"),
    "behorigheter_handelselank": Tabell(funk=LOGG),
    "behorigheter_inskickat": Tabell(web=ALLT, konto=ALLT, las="true", skriv=f"anvandare_id = {MIG}", ta_bort="true"),
    "behorigheter_overenskommelse": Tabell(
        web="SELECT, INSERT, UPDATE", konto=SE, funk=SE, las="true", skriv=AR_FK_ADMINISTRATOR, fast=("organisation_id",)
    ),
    "behorigheter_session": Tabell(konto=ALLT),
    "behorigheter_uppdrag": Tabell(
        web="SELECT, INSERT, UPDATE (till, aterkallat, hamtningar_per_timme), DELETE",
        funk=SE,
        las="true",
        skapa=FAR_GE_UPPDRAG,
        skriv=f"{FAR_GE_UPPDRAG} OR vagg.far_avsluta_uppdrag(anvandare_id)",
        ta_bort=FAR_GE_UPPDRAG,
        kortare=("till", "aterkallat"),
        vakt="vagg.uppdrag_vakt",
    ),
    "deltagare_anonympost": Tabell(web=JOURNAL, rapport=SE, funk=SE, vagg="insats_id"),
    "deltagare_deltagande": Tabell(
        web=ALLT,
        funk=FAKTA,
        vagg="insats_id",
        skapa="person_id = ANY ((SELECT vagg.identifierade())::uuid[])",
        fast=("insats_id", "person_id"),
    ),
    "deltagare_felregistreringsbegaran": Tabell(web="SELECT, INSERT, DELETE", vagg="insats_id", skapa=f"begard_av_id = {MIG}"),
    "deltagare_hamtning": Tabell(web="SELECT, INSERT", vagg="insats_id", las=EGET_I_INSATSEN),
    "deltagare_faktum": Tabell(funk=ALLT),  # written by triggers alone, read through the view vagg.faktum
    "deltagare_mattillfalle": Tabell(web=ALLT, funk=FAKTA, vagg="insats_id", fast=("insats_id", "deltagande_id")),
    "deltagare_person": Tabell(funk="SELECT, INSERT, UPDATE (namn), DELETE"),
    "deltagare_rattelse": Tabell(web="SELECT, INSERT, DELETE", vagg="insats_id"),
    "deltagare_samtycke": Tabell(web=ALLT, vagg="insats_id", fast=("insats_id", "deltagande_id")),
    "deltagare_svar": Tabell(web=ALLT, funk=SE, vagg="insats_id", fast=("insats_id", "deltagande_id"), vakt="vagg.svar_vakt"),
    "deltagare_samtyckesoversattning": Tabell(
        web="SELECT, INSERT, DELETE",
        las="true",
        skapa=f"{AR_FK_ADMINISTRATOR} AND tillagd_av_id = {MIG}",
        skriv="false",  # a better translation is added; nobody rewrites what somebody has read
        ta_bort=f"{AR_FK_ADMINISTRATOR} AND {TEXTEN_KOMMER}",
    ),
    "deltagare_samtyckestext": Tabell(
        web="SELECT, INSERT, UPDATE (giltig_till), DELETE",
        las="true",
        skapa=f"{AR_FK_ADMINISTRATOR} AND vagg.ar_kommande(giltig_fran)",
        skriv=f"{AR_FK_ADMINISTRATOR} AND (giltig_till IS NULL OR vagg.ar_kommande(giltig_till + 1))",  # one that has ended stays as it was
        ta_bort=f"{AR_FK_ADMINISTRATOR} AND vagg.ar_kommande(giltig_fran)",  # nobody can have signed it yet
        fast=("version", "text", "ar_platshallare", "giltig_fran"),
    ),
    "deltagare_utkast": Tabell(web=ALLT, funk="SELECT, DELETE", vagg="insats_id", las=EGET_I_INSATSEN),
    "django_content_type": Tabell(web=SE, konto=SE),
    "django_migrations": Tabell(web=SE),
    "insatser_arsredogorelse": Tabell(web=ALLT, fast=("insats_id", "ar")),
    "insatser_insats": Tabell(web=ALLT, rapport=SE, funk=SE),
    "insatser_insats_malgrupper": Tabell(web=ALLT, rapport=SE),
    "insatser_insatsar": Tabell(web=ALLT, rapport=SE),
    "insatser_insatsbudget": Tabell(web=ALLT, rapport=SE),
    "insatser_insatsbudgetandring": Tabell(web="SELECT, INSERT, DELETE"),
    "insatser_malgrupp": Tabell(web="SELECT, INSERT, UPDATE", rapport=SE, las="true", skriv=AR_FK_ADMINISTRATOR),
    "insatser_volympost": Tabell(web=JOURNAL, rapport=SE),
    "mfa_authenticator": Tabell(konto=ALLT),
    "organisations_administrativkostnad": Tabell(web=ALLT, rapport=SE),
    "organisations_budgetandring": Tabell(web=JOURNAL),
    "organisations_budgetar": Tabell(web=ALLT, rapport=SE),
    "organisations_finansiering": Tabell(web=ALLT, rapport=SE),
    "organisations_ingaendeorganisation": Tabell(web=ALLT, rapport=SE),
    "organisations_kompletterandefraga": Tabell(
        web=ALLT,
        rapport=SE,
        funk=f"{FRAGOR}, UPDATE (ordning)",  # to lock a row takes the right to change something of it
        las="true",
        skriv="vagg.har_uppdrag('samverkansadministrator', samverkansorganisation_id)",
        fast=("samverkansorganisation_id",),
    ),
    "organisations_kommun": Tabell(web=SE, rapport=SE),
    "organisations_lan": Tabell(web=SE, rapport=SE),
    "organisations_omrade": Tabell(web=ALLT, rapport=SE),
    "organisations_organisation": Tabell(
        web="SELECT, INSERT, UPDATE", konto=SE, rapport=SE, funk=SE, las="true", skapa="true", skriv=AR_FK_ADMINISTRATOR, fast=("typ",)
    ),
    "organisations_samverkansorganisation": Tabell(web="SELECT, INSERT, UPDATE", rapport=SE),
    "organisations_stadsdel": Tabell(web="SELECT, INSERT, UPDATE", rapport=SE, las="true", skriv=AR_FK_ADMINISTRATOR, fast=("kommun_id",)),
    "organisations_svarsalternativ": Tabell(
        web=ALLT, rapport=SE, funk=FRAGOR, las="true", skriv="vagg.far_andra_fraga(fraga_id)", fast=("fraga_id",)
    ),
    "socialaccount_socialaccount": Tabell(),
    "socialaccount_socialapp": Tabell(),
    "socialaccount_socialtoken": Tabell(),
    "start_forbattringsforslag": Tabell(
        web="SELECT, INSERT, UPDATE (status, svar, version, andrad_tid, andrad_av_id)",
        las=f"avsandare_id = {MIG} OR {AR_FK_ADMINISTRATOR}",
        skapa=f"avsandare_id = {MIG} AND status = 'ny' AND svar = ''",
        skriv=AR_FK_ADMINISTRATOR,
        fast=("avsandare_id", "slag", "sida", "text", "inskickat"),
    ),
    "start_hjalptext": Tabell(
        web="SELECT, INSERT, UPDATE",
        las=f"publicerad OR {AR_FK_ADMINISTRATOR}",
        skriv=AR_FK_ADMINISTRATOR,
        fast=("slag",),
    ),
    "start_hjalptextutgava": Tabell(web=JOURNAL, las=AR_FK_ADMINISTRATOR, skapa=f"{AR_FK_ADMINISTRATOR} AND sparad_av_id = {MIG}"),
    "start_lastnyhet": Tabell(web=JOURNAL, las=f"anvandare_id = {MIG}"),
    "sus_cache": Tabell(konto=ALLT),  # its values are pickled: whoever writes one runs code in the application
}
