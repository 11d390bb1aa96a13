"""Everything that happens to a deltagande, in any order and by any role: what SUS then holds is what a plain model says."""

import os
from collections import Counter, defaultdict
from random import Random
from typing import Any, ClassVar

import pytest
from django.db import connections, transaction
from django.db.models import Count, Max, Sum
from hypothesis import HealthCheck, Phase, assume, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import engine
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from behorigheter import vaggar
from behorigheter.models import Handelse
from deltagare.models import AnonymPost, Deltagande, Felregistreringsbegaran, Person
from tests.deltagare.modell import Modell, grupper, summor
from tests.deltagare.sidsteg import Sidsteg
from tests.deltagare.steg import Typ
from tests.deltagare.varld import START, Varld, skriv_register

pytestmark = pytest.mark.django_db

ALLT = bool(os.environ.get("SUS_ALLT"))
FRON, ANTAL = (range(20), 2000) if ALLT else (range(3), 100)
VAD = (
    *("in_", "in_", "in_", "in_", "ut", "ut", "ratta", "ratta", "ratta_ingenting", "ateroppna", "igen", "igen"),
    *("aterta", "felregistrera", "felregistrera", "avgor", "avgor", "anonyma", "anonyma", "original", "sidan", "sidan", "natten"),
)
ANDRINGAR = (
    *(Typ.DELTAGANDE_INREGISTRERAT, Typ.DELTAGANDE_UTREGISTRERAT, Typ.DELTAGANDE_RATTAT, Typ.DELTAGANDE_ATEROPPNAT),
    *(Typ.DELTAGANDE_FELREGISTRERAT, Typ.FELREGISTRERING_BEGARD, Typ.DELTAGANDE_AVIDENTIFIERAT, Typ.DELTAGANDE_KONTROLLERAT),
    *(Typ.SAMTYCKE_ATERTAGET, Typ.SAMTYCKE_ANDRAT, Typ.ANONYMA_ANDRADE),
)
FAKTA = """
    SELECT person_nr, insats_id, kommun_id, startdatum, slutdatum, avslutningsanledning, kon, alder_vid_start, utbildning,
           tid_forsorjning, forsorjning_fore, arbetssokande_fore, arbete_fore, arbetstyp_fore, studier_fore,
           forsorjning_efter, arbetssokande_efter, arbete_efter, arbetstyp_efter, studier_efter
    FROM vagg.faktum
"""


class Tillstand(Sidsteg, RuleBasedStateMachine):
    """A step is its name and a number that decides the rest."""

    klockan: ClassVar[Any]
    settings: ClassVar[Any]
    katalog: ClassVar[Any]
    gjort: ClassVar[Counter]
    nekat: ClassVar[Counter]

    @initialize(fro=st.integers(0, 2**31))
    def borja(self, fro):
        assume(fro)  # the simplest example: the same step all the time
        self.block = transaction.atomic()
        self.block._from_testcase = True  # as the transaction of a test: requests begin their own inside it
        self.block.__enter__()
        self.dag, self.skyddade, self.loggade = START, set(), Counter()
        self.klockan(START.isoformat())
        self.varld, self.modell = Varld(), Modell()
        self.settings.FOLKBOKFORING = skriv_register(self.katalog, self.skyddade)
        self.sista = Handelse.objects.aggregate(Max("pk"))["pk__max"] or 0
        self.ny_dag()

    @rule(vad=st.sampled_from(VAD), tal=st.integers(0, 2**16))
    def steg(self, vad, tal):
        self.slump = Random(tal)
        getattr(self, vad)()

    @invariant()
    def rapporterna_ser_det_som_ar(self):
        with vaggar.rapportroll() as using, connections[using].cursor() as c:
            c.execute(FAKTA)
            per_nummer = defaultdict(list)
            for nummer, *faktum in c.fetchall():
                per_nummer[nummer].append(tuple(faktum))
        assert grupper(per_nummer) == self.modell.per_person()

    @invariant()
    def arets_antal_kan_forklaras(self):
        """Who started in the year, and is there still or has withdrawn, and the anonyma."""
        startade = Deltagande.objects.values_list("insats", "startdatum__year", "kon")
        journal = AnonymPost.objects.order_by().values_list("slag", "insats", "ar", "kon").annotate(summa=Sum("antal"))
        utan_person = {slag: Counter({tuple(nyckel): summa for ett, *nyckel, summa in journal if ett == slag}) for slag in AnonymPost.Slag}

        assert summor(utan_person["anonym"]) == summor(self.modell.anonyma)
        assert summor(utan_person["atertaget"]) == summor(self.modell.atertagna)
        antal = Counter(startade) + utan_person["anonym"] + utan_person["atertaget"]
        assert summor(antal) == summor(self.modell.vantade)

    @invariant()
    def ingen_finns_utan_samtycke_och_ingen_i_onodan(self):
        rader = Deltagande.objects.annotate(antal=Count("rattelser")).values_list(
            "pk", "samtycke__insats", "samtycke__original_skickat", "att_kontrollera", "antal"
        )
        vantade = {pk: (kand.insats, kand.original, kand.att_kontrollera, kand.rattelser) for pk, kand in self.modell.deltaganden.items()}
        assert {pk: tuple(resten) for pk, *resten in rader} == vantade
        assert Person.objects.count() == len({kand.person for kand in self.modell.deltaganden.values()})
        assert not Person.objects.filter(deltaganden=None).exists()
        begaran = dict(Felregistreringsbegaran.objects.values_list("deltagande", "begard_av"))
        assert begaran == {pk: anvandare.pk for pk, anvandare in self.modell.begaran.items()}

    @invariant()
    def ingen_deltar_tva_ganger_samtidigt(self):
        sist = {}
        for person, insats, fran, till in Deltagande.objects.order_by("startdatum").values_list(
            "person", "insats", "startdatum", "slutdatum"
        ):
            fore = sist.get((person, insats))
            assert fore is None or (fore[1] is not None and fore[1] < fran), "Två deltaganden möts."
            sist[person, insats] = (fran, till)

    @invariant()
    def varje_andring_star_i_loggen(self):
        """Once, in the name of who did it; what was refused does not."""
        nya = Handelse.objects.filter(pk__gt=self.sista)
        rader = Counter(nya.filter(typ__in=ANDRINGAR).values_list("typ", "anvandare_id"))
        assert rader == Counter({(str(typ), av): antal for (typ, av), antal in self.loggade.items()})
        self.sista = max([self.sista, *nya.values_list("pk", flat=True)])
        self.loggade.clear()

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


@pytest.fixture
def maskin(klockan, settings, tmp_path):
    Tillstand.klockan, Tillstand.settings, Tillstand.katalog = staticmethod(klockan), settings, tmp_path
    Tillstand.gjort, Tillstand.nekat = Counter(), Counter()
    return Tillstand


@pytest.mark.parametrize("fro", FRON)
def test_whatever_is_done_in_any_order_sus_holds_what_the_model_says(fro, maskin, monkeypatch):
    monkeypatch.setattr(engine, "BUFFER_SIZE", 64 * 1024)  # Hypothesis ends an example after some 1 500 steps otherwise

    run_state_machine_as_test(
        seed(fro)(maskin),
        settings=settings(
            max_examples=1,
            stateful_step_count=ANTAL,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
        _min_steps=ANTAL,
    )

    assert sum(maskin.gjort.values()) > ANTAL / 4, maskin.gjort
    assert maskin.nekat["vagg"] > ANTAL / 20, maskin.nekat
    assert len(maskin.gjort) == len({*ANDRINGAR, None}) or not ALLT, maskin.gjort
