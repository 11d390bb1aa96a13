"""Every table, once: what each database role may do with it. A table without a line fails the tests."""

from dataclasses import dataclass

SE = "SELECT"
ALLT = "SELECT, INSERT, UPDATE, DELETE"
JOURNAL = "SELECT, INSERT"


@dataclass(frozen=True)
class Tabell:
    web: str = ""
    rapport: str = ""
    funk: str = ""
    fast: tuple[str, ...] = ()  # columns that never change (trigger)


TABELLER = {
    "account_emailaddress": Tabell(web=ALLT),
    "account_emailconfirmation": Tabell(web=ALLT),
    "auth_group": Tabell(),
    "auth_group_permissions": Tabell(),
    "auth_permission": Tabell(),
    "behorigheter_anvandare": Tabell(web="SELECT, UPDATE (last_login, password)"),
    "behorigheter_behorighet": Tabell(web=ALLT),
    "behorigheter_bestallning": Tabell(web=ALLT),
    "behorigheter_handelse": Tabell(web=JOURNAL),
    "behorigheter_handelselank": Tabell(),
    "behorigheter_inskickat": Tabell(web=ALLT),
    "behorigheter_overenskommelse": Tabell(web=ALLT),
    "behorigheter_session": Tabell(web=ALLT),
    "behorigheter_uppdrag": Tabell(web=ALLT),
    "deltagare_anonympost": Tabell(web=JOURNAL, rapport=SE),
    "deltagare_deltagande": Tabell(web=ALLT, funk=SE, fast=("insats_id", "person_id")),
    "deltagare_mattillfalle": Tabell(web=ALLT, funk=SE, fast=("insats_id", "deltagande_id")),
    "deltagare_person": Tabell(web=ALLT),
    "deltagare_samtycke": Tabell(web=ALLT, fast=("insats_id", "deltagande_id")),
    "deltagare_samtyckestext": Tabell(web=SE),
    "django_content_type": Tabell(web=SE),
    "django_migrations": Tabell(web=SE),
    "django_session": Tabell(web=ALLT),
    "insatser_insats": Tabell(web=ALLT, rapport=SE, funk=SE),
    "insatser_insats_malgrupper": Tabell(web=ALLT, rapport=SE),
    "insatser_insatsar": Tabell(web=ALLT, rapport=SE),
    "insatser_insatsbudget": Tabell(web=ALLT, rapport=SE),
    "insatser_malgrupp": Tabell(web=SE, rapport=SE),
    "insatser_volympost": Tabell(web=JOURNAL, rapport=SE),
    "organisations_administrativkostnad": Tabell(web=ALLT, rapport=SE),
    "organisations_budgetar": Tabell(web=ALLT, rapport=SE),
    "organisations_finansiering": Tabell(web=ALLT, rapport=SE),
    "organisations_ingaendeorganisation": Tabell(web=ALLT, rapport=SE),
    "organisations_kommun": Tabell(web=SE, rapport=SE),
    "organisations_lan": Tabell(web=SE, rapport=SE),
    "organisations_omrade": Tabell(web=ALLT, rapport=SE),
    "organisations_organisation": Tabell(web="SELECT, INSERT", rapport=SE),
    "organisations_samverkansorganisation": Tabell(web="SELECT, INSERT, UPDATE", rapport=SE),
    "organisations_stadsdel": Tabell(web=SE, rapport=SE),
    "sus_cache": Tabell(web=ALLT),
}
