"""For each CHECK and exclusion of behörighet, uppdrag and beställning a row that it alone refuses."""

from django.db import DataError, IntegrityError, connection, transaction

from organisations.models import Organisation
from sus.core.kryptering import uppslag
from tests.factories import AnvandareFactory, InsatsFactory, OrganisationFactory, SamverkansorganisationFactory

B, U, O = "behorigheter_behorighet", "behorigheter_uppdrag", "behorigheter_bestallning"  # noqa: E741
SIGNERAD = {"status": "signerad", "signerad_av_id": "Y", "signerad_tid": "2030-01-01"}
UTFARDAD = SIGNERAD | {"status": "utfardad", "avgjord_av_id": "Z", "avgjord_tid": "2030-01-02", "anvandare_id": "X"}
I_INSATS = {"roll": "deltagaransvarig", "insats_id": "insats", "samverkansorganisation_id": None}
# {constraint: (table, rows)}: the last row is the one that is refused. X, Y and Z are users; a row says how it differs from a right one.
PROV = {
    "behorighet_slutar_inte_fore_start": (B, [{"giltig_till": "2029-12-31"}]),
    "behorighet_galler_hogst_tva_ar": (B, [{"giltig_till": "2032-01-02"}]),
    "behorighet_kand_roll": (B, [{"roll": "overlord"}]),
    "behorighet_arbetsgivare_som_far_ha_sus": (B, [{"arbetsgivare_id": "ovrig", "arbetsgivare_typ": "ovrig"}]),
    "behorighet_forbund_aldrig_deltagaransvarig": (
        B,
        [{"arbetsgivare_id": "forbund", "arbetsgivare_typ": "samordningsforbund", "roll": "deltagaransvarig"}],
    ),
    "behorighet_aldrig_till_sig_sjalv": (B, [{"bestalld_av_id": "X"}]),
    "behorighet_tva_personer": (B, [{"bestalld_av_id": "Y", "utfardad_av_id": "Y"}]),
    "behorighet_en_i_taget_per_roll": (B, [{}, {"giltig_fran": "2030-12-31"}]),
    "behorigheter_behorighet_paminnd_check": (B, [{"paminnd": -1}]),
    "behorigheter_bestallning_version_check": (O, [{"version": -1}]),
    "behorighet_roller_som_inte_far_forenas": (B, [{"roll": "deltagaransvarig"}, {"roll": "bestallare", "giltig_fran": "2030-12-31"}]),
    "uppdrag_galler_ratt_sorts_objekt": (U, [{"roll": "fk_administrator"}]),
    "uppdrag_slutar_inte_fore_start": (U, [{"till": "2029-12-31"}]),
    "behorigheter_uppdrag_hamtningar_per_timme_check": (U, [I_INSATS | {"hamtningar_per_timme": -1}]),
    "uppdrag_hamtningar_for_deltagaransvarig": (U, [I_INSATS | {"hamtningar_per_timme": 501}]),
    "uppdrag_ett_i_taget_i_samverkansorganisation": (U, [{}, {}]),
    "uppdrag_ett_i_taget_i_insats": (U, [I_INSATS, I_INSATS]),
    "uppdrag_roller_som_inte_far_forenas": (U, [I_INSATS, {"roll": "samverkansadministrator"}]),
    "bestallning_slutar_inte_fore_start": (O, [{"till": "2029-12-31"}]),
    "bestallning_galler_hogst_tva_ar": (O, [{"till": "2032-01-02"}]),
    "bestallning_kanda_roller": (O, [{"roller": ["bestallare"]}]),
    "bestallning_roller_som_inte_far_forenas": (O, [{"roller": ["samverkansadministrator", "deltagaransvarig"]}]),
    "bestallning_signerad_nar_den_ar_det": (O, [{"status": "signerad"}]),
    "bestallning_avgjord_nar_den_ar_det": (O, [UTFARDAD | {"avgjord_av_id": None, "avgjord_tid": None}]),
    "bestallning_avslag_har_skal": (O, [UTFARDAD | {"status": "avslagen", "skal": ""}]),
    "bestallning_utfardad_har_anvandare": (O, [UTFARDAD | {"anvandare_id": None}]),
    "bestallning_aldrig_till_sig_sjalv": (O, [UTFARDAD | {"anvandare_id": "Y"}]),
    "bestallning_tva_personer": (O, [UTFARDAD | {"avgjord_av_id": "Y"}]),
}
# Refuses nothing alone: bestallning_signerad_nar_den_ar_det and its sister know no other status either.
OVERFLODIGA = {"bestallning_kand_status"}


class Provrader:
    """Tries the rows as the owner of the database, past everything written in Python."""

    def __init__(self):
        kommun = OrganisationFactory()
        self.namn = {
            **{bokstav: AnvandareFactory(arbetsgivare=kommun).pk for bokstav in "XYZ"},
            "kommunen": kommun.pk,
            "ovrig": OrganisationFactory(typ=Organisation.Typ.OVRIG).pk,
            "forbund": OrganisationFactory(typ=Organisation.Typ.SAMORDNINGSFORBUND).pk,
            "insats": InsatsFactory().pk,
            "samverkansorganisation": SamverkansorganisationFactory().pk,
        }
        self.ratt = {
            B: {"anvandare_id": "X", "roll": "rapport", "arbetsgivare_id": "kommunen", "arbetsgivare_typ": "kommun"}
            | {"giltig_fran": "2030-01-01", "giltig_till": "2031-06-30"},
            U: {"anvandare_id": "X", "roll": "insatsansvarig", "samverkansorganisation_id": "samverkansorganisation", "fran": "2030-01-01"},
            O: {"organisation_id": "kommunen", "fornamn": "A", "efternamn": "B", "epost": "a@example.com", "telefon": "1", "skal": ""}
            | {"roller": ["rapport"], "fran": "2030-01-01", "till": "2031-12-31", "status": "ifylld", "ifylld_av_id": "Y", "version": 1}
            | {"ifylld_tid": "2030-01-01", "andrad_tid": "2030-01-01", "uppslag": uppslag("198001019801"), "personnummer": b"x"},
        }

    def brister(self):
        """Constraints that do not refuse their row."""
        self.annat: dict[str, str] = {}
        return [f"{namn} vägrar inte sin rad, {self.annat.get(namn, 'ingen')} gör det" for namn in PROV if not self._vagrar(namn)]

    def _vagrar(self, namn):
        tabell, rader = PROV[namn]
        punkt = transaction.savepoint()
        try:
            for rad in rader:
                self._infoga(tabell, self.ratt[tabell] | rad)
        except DataError as fel:
            self.annat[namn] = str(fel)
            return False
        except IntegrityError as fel:
            self.annat[namn] = fel.__cause__.diag.constraint_name or str(fel)
            return self.annat[namn] == namn
        finally:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(punkt)
        return False

    def _infoga(self, tabell, rad):
        varden = [self.namn.get(varde, varde) if isinstance(varde, str) else varde for varde in rad.values()]
        with connection.cursor() as c:
            c.execute(f"INSERT INTO {tabell} ({', '.join(rad)}) VALUES ({', '.join(['%s'] * len(rad))})", varden)
