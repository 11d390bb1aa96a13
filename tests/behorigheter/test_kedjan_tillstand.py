"""The chain as a machine: whatever is done in whatever order, and however the days go, no forbidden state is reached."""

import os
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from behorigheter.actions.anstallning import avsluta_anstallning
from behorigheter.actions.behorighet import aterkalla_behorighet
from behorigheter.actions.bestallare import utse_bestallare
from behorigheter.actions.bestallning import (
    aterta_bestallning,
    avsla_bestallning,
    bestall_for_annan,
    bestall_for_sig_sjalv,
    fornya_behorigheter,
    signera_bestallning,
    utfarda_bestallning,
)
from behorigheter.actions.overenskommelse import andra_overenskommelse, registrera_overenskommelse
from behorigheter.models import Anvandare, Behorighet, Bestallning, Overenskommelse, bestallbara_roller, om_tva_ar
from behorigheter.querysets import galler_behorighet
from behorigheter.roller import FAR_INTE_FORENAS, Rattighet, Roll, roller_med
from organisations.models import Organisation
from sus.core.databasfel import regelbrott_av
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott
from tests.factories import AnvandareFactory, BehorighetFactory, OrganisationFactory, OverenskommelseFactory
from tests.factories.personnummer import provpersonnummer

pytestmark = pytest.mark.django_db

EXEMPEL, STEG = (40, 50) if os.environ.get("SUS_ALLT") else (6, 25)
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
Status = Bestallning.Status
TILLATNA_STEG = {
    None: {Status.IFYLLD, Status.SIGNERAD},
    Status.IFYLLD: {Status.SIGNERAD, Status.AVSLAGEN, Status.ATERTAGEN},
    Status.SIGNERAD: {Status.UTFARDAD, Status.AVSLAGEN, Status.ATERTAGEN},
}
VAL = st.integers(0, 1000)
ROLLVAL = st.lists(VAL, min_size=1, max_size=2, unique=True)
DAGAR = st.integers(0, 740)  # now and then more than two years
PERSON = st.integers(1, 4)


class Kedjan(RuleBasedStateMachine):
    """A kommun, a förbund, Arbetsförmedlingen and Försäkringskassan; four persons who may be ordered for anywhere."""

    gjort = 0

    @initialize()
    def borja(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.tid = time_machine.travel(START, tick=False)
        self.klocka = self.tid.__enter__()
        self.lagen = {}
        fk, af = Organisation.objects.get(typ="fk"), Organisation.objects.get(typ="af")
        self.organisationer = [fk, af, OrganisationFactory(), OrganisationFactory(typ=Organisation.Typ.SAMORDNINGSFORBUND)]
        for organisation in self.organisationer[1:]:
            OverenskommelseFactory(organisation=organisation)
        self.gunilla = self.har(Roll.FK_ADMINISTRATOR, fk)
        self.har(Roll.FK_ADMINISTRATOR, fk)
        for organisation in (fk, fk, af):
            self.har(Roll.UTFARDARE, organisation)
        for nr, organisation in enumerate(self.organisationer, start=90):
            self.utse(nr, organisation)

    def har(self, roll, organisation):
        behorighet = BehorighetFactory(
            anvandare=AnvandareFactory(arbetsgivare=organisation),
            roll=roll,
            giltig_fran=timezone.localdate(),
            giltig_till=om_tva_ar(timezone.localdate()),
        )
        return behorighet.anvandare

    def utse(self, nr, organisation):
        utse_bestallare(
            organisation=organisation,
            uppgifter=self.uppgifter(nr),
            personnummer=self.personnummer(nr),
            fran=timezone.localdate(),
            till=om_tva_ar(timezone.localdate()),
            by=self.gunilla,
        )

    def uppgifter(self, nr):
        return {"fornamn": "Prov", "efternamn": f"Person {nr}", "epost": f"prov{nr}@example.com", "telefon": "070"}

    def personnummer(self, nr):
        return tolka(provpersonnummer(nr), idag=timezone.localdate())

    def period(self, om, dagar):
        fran = timezone.localdate() + timedelta(days=om % 40)
        return {"fran": fran, "till": fran + timedelta(days=dagar)}

    def roller(self, organisation, val):
        """Mostly such as may be ordered there, now and then any."""
        mojliga = bestallbara_roller(organisation.typ if organisation else "") if val[0] % 10 else list(Roll)
        return list({mojliga[ett % len(mojliga)] for ett in val})

    def forsok(self, handling, **kwargs):
        """Do it as the pages do: refused is fine, half done is not."""
        try:
            with transaction.atomic():
                handling(**kwargs)
                Kedjan.gjort += 1
        except Regelbrott:
            pass
        except IntegrityError as fel:
            assert regelbrott_av(fel), fel

    def nagon(self, val, rattighet=None):
        """One of the users, of those who hold the rattighet."""
        rader = Anvandare.objects.order_by("pk")
        if rattighet:
            rader = rader.filter(galler_behorighet("behorigheter__"), behorigheter__roll__in=roller_med(rattighet)).distinct()
        return self.rad(val, rader)

    def rad(self, val, rader):
        rader = list(rader.order_by("pk"))
        return rader[val % len(rader)] if rader else None

    # --- what people do ---

    @rule(val=VAL, nr=PERSON, roller=ROLLVAL, om=VAL, dagar=DAGAR)
    def bestall_at_annan(self, val, nr, roller, om, dagar):
        if by := self.nagon(val, Rattighet.BESTALLNING_GORA):
            person = {"uppgifter": self.uppgifter(nr), "personnummer": self.personnummer(nr)}
            self.forsok(bestall_for_annan, **person, roller=self.roller(by.arbetsgivare, roller), **self.period(om, dagar), by=by)

    @rule(val=VAL, roller=ROLLVAL, om=VAL, dagar=DAGAR)
    def bestall_sjalv(self, val, roller, om, dagar):
        by = self.nagon(val)
        innehall = {"roller": self.roller(by.arbetsgivare, roller), **self.period(om, dagar)}
        self.forsok(bestall_for_sig_sjalv, epost="a@example.com", telefon="1", **innehall, by=by)

    @rule(vilken=VAL, vem=VAL, nr=PERSON, roller=ROLLVAL, om=VAL, dagar=DAGAR)
    def hela_vagen(self, vilken, vem, nr, roller, om, dagar):
        """Ordered, signed and issued at a stretch, so that many behörigheter come to stand beside each other."""
        by, utfardare = self.nagon(vilken, Rattighet.BESTALLNING_GORA), self.nagon(vem, Rattighet.BESTALLNING_AVGORA)
        if by and utfardare:
            innehall = {"roller": self.roller(by.arbetsgivare, roller), **self.period(om, dagar)}
            self.forsok(self._alla_steg, by=by, utfardare=utfardare, nr=nr, innehall=innehall)

    def _alla_steg(self, by, utfardare, nr, innehall):
        bestallning = bestall_for_annan(uppgifter=self.uppgifter(nr), personnummer=self.personnummer(nr), **innehall, by=by)
        signera_bestallning(bestallning=bestallning, **innehall, by=by)
        if Bestallning.objects.tillatna_for(utfardare, Rattighet.BESTALLNING_AVGORA).filter(pk=bestallning.pk).exists():
            utfarda_bestallning(bestallning=bestallning, by=utfardare)
        self.lagen[bestallning.pk] = Status.SIGNERAD

    @rule(val=VAL, vilken=VAL)
    def signera(self, val, vilken):
        by = self.nagon(val, Rattighet.BESTALLNING_GORA)
        if by and (rad := self.rad(vilken, Bestallning.objects.tillatna_for(by, Rattighet.BESTALLNING_GORA))):
            self.forsok(signera_bestallning, bestallning=rad, roller=rad.roller, fran=rad.fran, till=rad.till, by=by)

    @rule(val=VAL, vilken=VAL)
    def utfarda(self, val, vilken):
        by = self.nagon(val, Rattighet.BESTALLNING_AVGORA)
        if by and (rad := self.rad(vilken, Bestallning.objects.tillatna_for(by, Rattighet.BESTALLNING_AVGORA))):
            self.forsok(utfarda_bestallning, bestallning=rad, by=by)

    @rule(val=VAL, vilken=VAL)
    def avsla(self, val, vilken):
        if by := self.nagon(val, Rattighet.BESTALLNING_AVGORA):
            rad = self.rad(vilken, Bestallning.objects.tillatna_for(by, Rattighet.BESTALLNING_AVGORA))
            if rad:
                self.forsok(avsla_bestallning, bestallning=rad, lage=Status.SIGNERAD, skal="Nej.", by=by)

    @rule(val=VAL, vilken=VAL)
    def aterta(self, val, vilken):
        by = self.nagon(val)
        if rad := self.rad(vilken, Bestallning.objects.tillatna_for(by, Rattighet.BESTALLNING_EGEN)):
            self.forsok(aterta_bestallning, bestallning=rad, by=by)

    @rule(val=VAL, vilken=VAL)
    def aterkalla(self, val, vilken):
        if by := self.nagon(val, Rattighet.BEHORIGHET_ATERKALLA):
            rader = Behorighet.objects.tillatna_for(by, Rattighet.BEHORIGHET_ATERKALLA).exclude(anvandare=self.gunilla)
            if rad := self.rad(vilken, rader):
                self.forsok(aterkalla_behorighet, behorighet=rad, by=by)

    @rule(val=VAL, vilken=VAL, dagar=DAGAR)
    def fornya(self, val, vilken, dagar):
        if by := self.nagon(val, Rattighet.BESTALLNING_GORA):
            rad = self.rad(vilken, Behorighet.objects.tillatna_for(by, Rattighet.BESTALLNING_GORA).giltiga())
            if rad:
                till = rad.giltig_till + timedelta(days=dagar)
                self.forsok(
                    fornya_behorigheter, anvandare=rad.anvandare, roller=[rad.roll], till=till, epost="a@example.com", telefon="1", by=by
                )

    @rule(nr=PERSON, vilken=VAL, om=VAL, dagar=DAGAR)
    def utse_bestallare(self, nr, vilken, om, dagar):
        organisation = self.organisationer[vilken % len(self.organisationer)]
        person = {"uppgifter": self.uppgifter(nr), "personnummer": self.personnummer(nr)}
        self.forsok(utse_bestallare, organisation=organisation, **person, **self.period(om, dagar), by=self.gunilla)

    @rule(vilken=VAL, dagar=st.integers(-10, 60))
    def avsluta_overenskommelse(self, vilken, dagar):
        if rad := self.rad(vilken, Overenskommelse.objects.all()):
            till = timezone.localdate() + timedelta(days=dagar)
            self.forsok(andra_overenskommelse, overenskommelse=rad, fran=rad.fran, till=till, referens=rad.referens, by=self.gunilla)

    @rule(vilken=VAL, dagar=st.integers(0, 30))
    def ny_overenskommelse(self, vilken, dagar):
        organisation = self.organisationer[vilken % len(self.organisationer)]
        fran = timezone.localdate() + timedelta(days=dagar)
        self.forsok(registrera_overenskommelse, organisation=organisation, fran=fran, till=None, referens="Ny", by=self.gunilla)

    @rule(val=VAL, vem=VAL, dagar=st.integers(-1, 20))
    def slutar(self, val, vem, dagar):
        by = self.nagon(val, Rattighet.BEHORIGHET_ATERKALLA)
        anvandare = self.rad(vem, Anvandare.objects.tillatna_for(by, Rattighet.BEHORIGHET_ATERKALLA).exclude(pk=self.gunilla.pk))
        if anvandare:
            sista_dag = timezone.localdate() + timedelta(days=dagar) if dagar >= 0 else None
            self.forsok(avsluta_anstallning, anvandare=anvandare, sista_dag=sista_dag, by=by)

    @rule(dagar=st.integers(1, 120))
    def dagar_gar(self, dagar):
        self.klocka.shift(timedelta(days=dagar))

    # --- what must hold ---

    @invariant()
    def ingen_har_roller_som_inte_far_forenas(self):
        for en, annan in combinations(Behorighet.objects.filter(aterkallad=None), 2):
            mots = en.giltig_fran <= annan.giltig_till and annan.giltig_fran <= en.giltig_till
            if en.anvandare_id == annan.anvandare_id and mots:
                assert annan.roll not in FAR_INTE_FORENAS.get(Roll(en.roll), set()), (en, annan)
                assert en.roll != annan.roll, (en, annan)

    @invariant()
    def ingen_har_det_som_den_sjalv_bestallt_eller_utfardat(self):
        for rad in Behorighet.objects.select_related("bestallning"):
            assert rad.anvandare_id not in (rad.bestalld_av_id, rad.utfardad_av_id), rad
            if order := rad.bestallning:
                assert order.status == Status.UTFARDAD
                assert rad.anvandare_id == order.anvandare_id
                assert rad.roll in order.roller
                assert len({rad.anvandare_id, order.signerad_av_id, order.avgjord_av_id}) == 3, rad
                assert rad.giltig_till <= order.till

    @invariant()
    def inget_galler_utan_overenskommelse_hos_den_egna_arbetsgivaren(self):
        idag = timezone.localdate()
        avtal = [(rad.organisation_id, rad.fran, rad.till) for rad in Overenskommelse.objects.all()]
        har_avtal = {organisation for organisation, fran, till in avtal if fran <= idag and (till is None or idag <= till)}
        for rad in Behorighet.objects.giltiga().select_related("anvandare"):
            assert rad.arbetsgivare_id in har_avtal, rad
            assert rad.arbetsgivare_id == rad.anvandare.arbetsgivare_id, rad
            assert rad.aterkallad is None
            assert rad.giltig_fran <= idag <= rad.giltig_till, rad

    @invariant()
    def inget_galler_langre_an_tva_ar_eller_for_fel_arbetsgivare(self):
        for rad in Behorighet.objects.select_related("arbetsgivare"):
            assert rad.giltig_till <= om_tva_ar(rad.giltig_fran), rad
            assert not (rad.roll == Roll.DELTAGARANSVARIG and rad.arbetsgivare.typ == "samordningsforbund"), rad

    @invariant()
    def en_bestallning_gar_bara_framat(self):
        for pk, status in Bestallning.objects.values_list("pk", "status"):
            fore = self.lagen.get(pk)
            assert status == fore or status in TILLATNA_STEG.get(fore, set()), (fore, status)
            self.lagen[pk] = status

    def teardown(self):
        self.tid.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def test_no_order_of_steps_leads_to_a_forbidden_state():
    run_state_machine_as_test(
        Kedjan,
        settings=settings(
            max_examples=EXEMPEL,
            stateful_step_count=STEG,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            derandomize=not os.environ.get("SUS_ALLT"),
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Kedjan.gjort > EXEMPEL * 5, "Nästan ingenting av det som prövades gick igenom."
