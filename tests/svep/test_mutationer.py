"""A guard counts only when it has been seen to fail: each part of the walls is broken, and some guard must say so.

The ordinary run breaks a sample of every sort, the full run everything.
"""

import os
from itertools import chain

import pytest
from django.db import connection, transaction

from behorigheter.models import Anvandare, Uppdrag
from behorigheter.roller import RATTIGHETER, Roll
from behorigheter.roller import Rattighet as R
from behorigheter.vaggar.tabeller import TABELLER
from deltagare.models import Deltagande
from insatser.models import Insats
from organisations.models import Organisation
from tests.behorigheter import test_vaggar
from tests.factories import BehorighetFactory, BestallningFactory, UppdragFactory
from tests.svep import facit
from tests.svep.angripare import Angripare
from tests.svep.attacker import LASANDE, NEKAS, SKRIVANDE, TOMMA
from tests.svep.facit import SIDOR
from tests.svep.fragor import Fragevakter
from tests.svep.gang import VANLIGA_METODER, ga
from tests.svep.mutanter import SLAG, databasens_villkor, kor
from tests.svep.personor import PERSONOR, besok
from tests.svep.prov import OVERFLODIGA, PROV, Provrader
from tests.svep.vaggar_av import ta_bort_vagg_1, ta_bort_vagg_2
from tests.svep.varld import varld

pytestmark = pytest.mark.django_db
ALLT = bool(os.environ.get("SUS_ALLT"))
I_URVALET = {"rattighet": 12, "vy": 6, "tabell": 8, "policy": 6, "villkor": 6, "python": 8, "sql": 8, "fraga": 8}
# Attacks that need a connection of their own: they leave the transaction, the role or the rights to the tables.
EGEN_ANSLUTNING = (
    *(
        "COMMIT",
        "SET ROLE",
        "RESET",
        "AUTHORIZATION",
        "row_security",
        "replication",
        "COPY",
        "CREATE",
        "GRANT",
        "ALTER",
        "DROP",
        "TRUNCATE",
    ),
)


def urval(slag):
    alla = sorted(dict(SLAG[slag]()).items())
    steg = 1 if ALLT else max(1, len(alla) // I_URVALET[slag])
    return alla[steg // 2 :: steg]


def inga(fynd):
    if fynd:
        pytest.fail("\n".join(fynd), pytrace=False)


def rollernas_rattigheter():
    return [f"{roll}: {sorted(RATTIGHETER[roll] ^ har)}" for roll, har in facit.RATTIGHETER.items() if RATTIGHETER[roll] != har]


def katalogen():
    """The catalogue tests, and the grants against the table kept by hand."""
    fel = []
    for prov in KATALOGPROV:
        try:
            with transaction.atomic():
                prov()
        except (AssertionError, pytest.fail.Exception) as brist:
            fel.append(f"{prov.__name__}: {str(brist)[:80]}")
    villkor = [f"{namn}: villkoren" for namn, rad in TABELLER.items() if facit.villkor(rad) != facit.VILLKOR.get(namn, {})]
    return fel + villkor + sorted(f"{rad}" for rad in set(rattigheter_i_databasen()) ^ _granter())


KATALOGPROV = [
    test_vaggar.test_every_table_about_a_person_is_closed_or_protected_row_by_row,
    test_vaggar.test_the_policies_are_those_of_the_tables_lines_and_no_others,
    test_vaggar.test_functions_are_for_those_who_need_them_only,
    test_vaggar.test_functions_with_the_owners_power_pin_their_search_path_and_belong_to_sus_funk,
]


def rattigheter_i_databasen():
    with connection.cursor() as c:
        c.execute(
            "SELECT grantee || ' ' || table_name || ' ' || string_agg(left(privilege_type, 1), '' ORDER BY privilege_type) "
            "FROM information_schema.role_table_grants "
            "WHERE grantee IN ('sus_web', 'sus_konto', 'sus_rapport') AND table_schema = 'public' "
            "GROUP BY grantee, table_name"
        )
        return [rad[0] for rad in c.fetchall()]


def _granter():
    return {
        f"{roll} {tabell} {slag}" for roll, per_slag in facit.GRANTER.items() for slag, tabeller in per_slag.items() for tabell in tabeller
    }


def anfallen(angripare):
    """Attacks that got through."""
    for namn, sql in {**LASANDE, **SKRIVANDE}.items():
        if not any(ord_ in sql for ord_ in EGEN_ANSLUTNING) and any(angripare.prova_har(sql)):
            yield namn
    for namn, sql in NEKAS.items():
        if not angripare.nekas(sql):
            yield namn
    for namn, sql in TOMMA.items():
        if not angripare.far_inget(sql):
            yield namn


SMA_SIDOR = [
    *("deltagare:detail", "deltagare:sok", "insatser:update", "organisations:update"),
    *("behorigheter:anvandare_detalj", "behorigheter:bestallning"),
]
SMA_PERSONOR = [
    *("da", "uppdrag_slut", "uppdrag_aterkallat", "igar", "imorgon", "aterkallad", "overenskommelse_slut", "bytt_arbetsgivare", "avstangd"),
    *("sa", "ia", "bestallare", "utfardare_af", "utan", "rapport"),
]


class Rader:
    """What the small walk has no page for: an utfärdare at Försäkringskassan, a role elsewhere, a closed account."""

    def __init__(self):
        hos_af = BestallningFactory(organisation=Organisation.objects.get(typ="af"))
        fk = Organisation.objects.get(typ="fk")
        utfardare = BehorighetFactory(anvandare__arbetsgivare=fk, roll=Roll.UTFARDARE).anvandare
        tva_roller = UppdragFactory(roll=Roll.INSATSANSVARIG).anvandare
        annanstans = UppdragFactory(anvandare=tva_roller, roll=Roll.SUS_STOD).samverkansorganisation
        avstangd = BehorighetFactory(anvandare__is_active=False).anvandare
        self.utanfor = [
            ("beställning hos Arbetsförmedlingen", utfardare, hos_af, R.BESTALLNING_AVGORA),
            ("rollen gäller i ett annat förbund", tva_roller, annanstans, R.INSATS_ANDRA),
            ("kontot är avstängt", avstangd, annanstans, R.SAMVERKANSORGANISATION_SE),
        ]

    def brister(self):
        for namn, anvandare, rad, rattighet in self.utanfor:
            ny = Anvandare.objects.get(pk=anvandare.pk)  # nothing cached
            if type(rad).objects.tillatna_for(ny, rattighet).filter(pk=rad.pk).exists():
                yield namn


class Svep:
    """The walk in small: few pages, those personas whose right hangs on one thing each."""

    def __init__(self, personor=SMA_PERSONOR):
        self.varld = varld()
        self.besokare = {}
        for namn in personor:
            self.besokare[namn] = besok(namn, self.varld)

    def brister(self, vyer=SMA_SIDOR, vagg_1=True):
        """One at a time, so that the first one is enough to notice a mutant."""
        sidor = [sida for sida in SIDOR if sida.vy in vyer and sida.objekt != "signerad"]
        if vagg_1:
            yield from self.fragor_utan_ratt()
        for namn, besokare in self.besokare.items():
            fynd = ga(besokare, namn, self.varld, sidor=sidor, metoder=["GET"], relationer=["egen", "frammande"], vagg_1=vagg_1)
            yield from (*fynd.fel, *map(str, fynd.lackor))

    def fragor_utan_ratt(self):
        """Asked past the views, whose own question would hide what the queryset forgets."""
        for namn in set(facit.UTAN_BEHORIGHET) & set(self.besokare):
            anvandare = Anvandare.objects.get(pk=self.besokare[namn].anvandare.pk)
            natt = [Insats.objects.tillatna_for(anvandare, R.INSATS_SE), Deltagande.objects.tillatna_for(anvandare, R.DELTAGARE_SE)]
            if any(rader.exists() for rader in (*natt, Uppdrag.objects.aktuella().filter(anvandare=anvandare))):
                yield f"{namn} når rader genom frågan"


@pytest.mark.parametrize(("namn", "bryt"), urval("rattighet"), ids=lambda v: v if isinstance(v, str) else "")
def test_a_role_with_another_right_is_noticed(namn, bryt, monkeypatch):
    assert rollernas_rattigheter() == []

    bryt(monkeypatch)

    assert rollernas_rattigheter() != []


@pytest.mark.parametrize(("namn", "bryt"), urval("vy"), ids=lambda v: v if isinstance(v, str) else "")
def test_a_view_without_its_declaration_is_noticed(namn, bryt, monkeypatch):
    sidor = [sida for sida in SIDOR if sida.vy == namn]
    persona = next(p for sida in sidor for p in (*sida.get, *sida.post) if p in PERSONOR)
    svep = Svep([persona])
    metoder = VANLIGA_METODER

    bryt(monkeypatch)

    assert ga(svep.besokare[persona], persona, svep.varld, sidor=sidor, metoder=metoder, relationer=["egen"]).fel != []


def test_nothing_is_noticed_when_nothing_is_broken(monkeypatch):
    """Otherwise every mutant below would be caught by a guard that is broken itself."""
    svep = Svep()
    inga([*Provrader().brister(), *katalogen(), *anfallen(Angripare(svep.varld, svep.besokare["da"].anvandare))])
    ta_bort_vagg_2()
    inga(list(svep.brister()))


def test_the_second_wall_in_small_shows_nothing_when_nothing_is_broken(monkeypatch):
    svep = Svep()
    ta_bort_vagg_1(monkeypatch)

    inga(list(svep.brister(vagg_1=False)))


def test_a_broken_table_line_is_noticed(overlevande, monkeypatch):
    angripare = Angripare()

    inga(overlevande("tabell", monkeypatch, lambda: chain(katalogen(), anfallen(angripare))))


def test_a_dropped_policy_is_noticed(overlevande, monkeypatch):
    inga(overlevande("policy", monkeypatch, katalogen))


def test_every_constraint_has_a_row_that_only_it_refuses(overlevande, monkeypatch):
    prov = Provrader()

    assert {namn for namn, _ in databasens_villkor()} == set(PROV) | OVERFLODIGA
    inga(overlevande("villkor", monkeypatch, prov.brister))


def test_a_term_taken_out_of_the_first_wall_is_noticed_without_the_second(overlevande, monkeypatch):
    svep = Svep()
    ta_bort_vagg_2()

    rader = Rader()
    inga(overlevande("python", monkeypatch, lambda: chain(rader.brister(), svep.brister())))


def test_a_term_taken_out_of_the_second_wall_is_noticed_without_the_first(overlevande, monkeypatch):
    svep = Svep()
    angripare = Angripare(svep.varld, svep.besokare["da"].anvandare)
    with monkeypatch.context() as utan:
        ta_bort_vagg_1(utan)

        assert (
            overlevande(
                "sql",
                monkeypatch,
                lambda: chain(anfallen(angripare), svep.brister(["deltagare:detail", "behorigheter:bestallning"], False)),
            )
            == []
        )


def test_a_term_taken_out_of_the_guards_of_the_questions_is_noticed(overlevande, monkeypatch):
    vakter = Fragevakter()
    inga(list(vakter.brister()))

    inga(overlevande("fraga", monkeypatch, vakter.brister))


@pytest.fixture
def overlevande():
    """overlevande(sort, monkeypatch, guard) → the mutants that the guard did not notice; each is undone before the next."""

    def _bryt_alla(slag, monkeypatch, vakt):
        overlevde = []
        kor("SET CONSTRAINTS ALL IMMEDIATE")  # a table with events that wait cannot be altered
        kor("SET CONSTRAINTS ALL DEFERRED")
        for namn, bryt in urval(slag):
            punkt = transaction.savepoint()
            with monkeypatch.context() as lapp:
                bryt(lapp)
                if not any(True for _ in vakt()):
                    overlevde.append(namn)
            transaction.set_rollback(False)
            transaction.savepoint_rollback(punkt)
        return overlevde

    return _bryt_alla


def test_enough_is_broken_in_the_ordinary_run():
    assert sum(I_URVALET.values()) >= 20
    assert sum(len(dict(gor())) for slag, gor in SLAG.items()) >= 300
