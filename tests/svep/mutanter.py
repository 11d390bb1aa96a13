"""Ways to break the walls, made from the declarations themselves: each is (name, how it is done inside the test's transaction)."""

import inspect
import sys
import textwrap
from dataclasses import fields, replace

from django.db import connection

from behorigheter import mixins, querysets, vaggar
from behorigheter.models import Anvandare
from behorigheter.models.behorighet import Behorighet
from behorigheter.models.bestallning import Bestallning, BestallningQuerySet
from behorigheter.models.uppdrag import Uppdrag, UppdragQuerySet
from behorigheter.roller import RATTIGHETER, Rattighet, Roll
from behorigheter.vaggar.tabeller import ALLT, TABELLER
from tests.svep.prov import OVERFLODIGA
from tests.test_arkitektur import vyer

MED_VILLKOR = [Behorighet, Uppdrag, Bestallning]


def kor(sql):
    with connection.cursor() as c:
        c.execute(sql)
        return c.fetchall() if c.description else []


def rattigheter():
    """Each rattighet taken from a role that has it, and given to a role that has it not."""
    for roll in Roll:
        for rattighet in Rattighet:
            yield f"{roll} {'mister' if rattighet in RATTIGHETER[roll] else 'får'} {rattighet}", _byt_rattighet(roll, rattighet)


def _byt_rattighet(roll, rattighet):
    return lambda monkeypatch: monkeypatch.setitem(RATTIGHETER, roll, RATTIGHETER[roll] ^ {rattighet})


def vyernas_rattighet():
    """The declaration taken away from each view that has one."""
    for namn, vy in vyer():
        klass = getattr(vy, "view_class", None)
        if getattr(klass, "rattighet", None):
            yield namn, lambda monkeypatch, klass=klass: monkeypatch.setattr(klass, "rattighet", None)


def tabellrader():
    """Each part of each table's line taken away, and each web grant widened: in the declaration and in the database."""
    for namn, rad in TABELLER.items():
        for falt in fields(rad):
            if falt.name in {"vagg", "las", "skapa", "skriv", "andra", "ta_bort", "fast", "kortare", "vakt"} and getattr(rad, falt.name):
                bort = () if isinstance(getattr(rad, falt.name), tuple) else ("true" if falt.name in {"las", "skapa", "skriv"} else "")
                if bort != getattr(rad, falt.name):
                    yield f"{namn} utan {falt.name}", _byt_rad(namn, replace(rad, **{falt.name: bort}))
        for roll in ("web", "konto"):
            if getattr(rad, roll) != ALLT:
                yield f"{namn} öppen för {roll}", _byt_rad(namn, replace(rad, **{roll: ALLT}))


def _byt_rad(namn, rad):
    def byt(monkeypatch):
        monkeypatch.setitem(TABELLER, namn, rad)
        for (policy,) in kor(f"SELECT policyname FROM pg_policies WHERE tablename = '{namn}'"):
            kor(f'DROP POLICY "{policy}" ON public.{namn}')
        for utlosare in ("fast", "kortare", "vakt"):
            kor(f"DROP TRIGGER IF EXISTS {utlosare} ON public.{namn}")
        with connection.cursor() as c:
            for roll in ("sus_web", "sus_konto", "sus_rapport"):
                c.execute(f"REVOKE ALL ON public.{namn} FROM {roll}")
            vaggar._ge_rattigheter(c, namn, rad)
            for sats in (*vaggar._utlosare(namn, rad), *vaggar._rad_for_rad(namn, rad)):
                c.execute(sats)

    return byt


def policyer():
    for tabell, policy in kor("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2"):
        yield f"{policy} på {tabell}", lambda _, t=tabell, p=policy: kor(f'DROP POLICY "{p}" ON public.{t}')


def villkor():
    """Each CHECK and exclusion of behörighet, uppdrag and beställning that refuses something alone."""
    for namn, tabell in databasens_villkor():
        if namn in OVERFLODIGA:
            continue
        yield namn, lambda _, n=namn, t=tabell: kor(f"ALTER TABLE {t} DROP CONSTRAINT {n}")


def databasens_villkor():
    tabeller = ", ".join(f"'{modell._meta.db_table}'::regclass" for modell in MED_VILLKOR)
    return kor(
        f"SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype IN ('c', 'x') AND conrelid IN ({tabeller}) ORDER BY 1"
    )


# {function or method: the terms that are replaced, one at a time}
PYTHON = {
    (querysets.RattighetQuerySet, "tillatna_for"): [
        (" & anvandare.gallande_roller", ""),
        ("rattighet in OBEROENDE_AV_UPPDRAGETS_PLATS", "True"),
        ("roller & RIKSROLLER", "roller"),
        # Q(pk__in=[]) is what a model without any path falls back to; only roles for the whole country reach such a model at all.
        ("return self.filter(villkor)", "return self.all()"),
    ],
    (querysets.ArbetsgivarQuerySet, "tillatna_for"): [
        ("roller & RIKSROLLER", "roller"),
        ("roller & {Roll.BESTALLARE, Roll.LOGGRANSKARE}", "True"),
        ("Roll.UTFARDARE in roller", "True"),
        ("hos_af if anvandare.arbetsgivare.typ == AF else ~hos_af", "hos_af | ~hos_af"),
        ("anvandare.arbetsgivare.typ == AF", "False"),
        ("return self.filter(villkor)", "return self.all()"),
    ],
    (BestallningQuerySet, "tillatna_for"): [("Q(anvandare=anvandare)", "Q(pk__isnull=False)")],
    (querysets, "galler_behorighet"): [
        ('galler(dag, f"{prefix}giltig_fran", f"{prefix}giltig_till")\n        & ', ""),
        ('f"{prefix}aterkallad": None, ', ""),
        (', f"{prefix}anvandare__is_active": True', ""),
        ('\n        & Q(**{f"{prefix}arbetsgivare": F(f"{prefix}anvandare__arbetsgivare")})', ""),
        ('\n        & galler(dag, f"{prefix}arbetsgivare__overenskommelser__fran", f"{prefix}arbetsgivare__overenskommelser__till")', ""),
    ],
    (querysets, "galler"): [('Q(**{f"{fran}__lte": dag}) & ', ""), ('Q(**{f"{till}__gte": dag}) | ', "Q() | ")],
    (Anvandare, "uppdragsplatser"): [(" if uppdrag.roll in roller", "")],
    (UppdragQuerySet, "aktuella"): [
        ("Exists(_behorighet_bakom(dag)), ", ""),
        ('galler(dag, "fran", "till"), ', ""),
        (", aterkallat=None", ""),
    ],
    (mixins.RattighetMixin, "dispatch"): [("not self.ar_oppen()", "False")],
    (mixins.RattighetMixin, "ar_oppen"): [("self.request.user.har_roll_med(self.rattighet)", "True")],
    (mixins.TillatnaMixin, "get_queryset"): [(".tillatna_for(self.request.user, self.rattighet)", "")],
    (Anvandare, "har_roll_med"): [("bool(self.gallande_roller & roller_med(rattighet))", "True")],
}


def pythonkod():
    for (agare, namn), byten in PYTHON.items():
        for bort, dit in byten:
            yield f"{namn}: {bort.strip()} → {dit or 'inget'}", _byt_kod(agare, namn, bort, dit)


def _byt_kod(agare, namn, bort, dit):
    def byt(monkeypatch):
        gammal = vars(agare)[namn]
        kod = textwrap.dedent(inspect.getsource(gammal))
        assert bort in kod, f"{namn} säger inte längre {bort}"
        rum = dict(gammal.__globals__)
        if "super()" in kod:
            kod = kod.replace("super()", f"super({agare.__name__}, self)")
        rum[agare.__name__.rpartition(".")[2]] = agare
        exec("from __future__ import annotations\n" + kod.replace(bort, dit), rum)  # noqa: S102  # our own source with one term replaced
        if not inspect.ismodule(agare):
            monkeypatch.setattr(agare, namn, rum[namn])
            return
        for modul in [m for m in list(sys.modules.values()) if getattr(m, namn, None) is gammal]:
            monkeypatch.setattr(modul, namn, rum[namn])

    return byt


# {function of vagg: terms}
SQL = {
    "fullmakt": [
        ("b.aterkallad IS NULL AND ", ""),
        (" AND v_idag BETWEEN b.giltig_fran AND b.giltig_till", ""),
        ("AND a.is_active ", ""),
        (" AND a.arbetsgivare_id = b.arbetsgivare_id", ""),
        ("\n   AND v_idag BETWEEN o.fran AND coalesce(o.till, 'infinity')", ""),
        ("WHERE b.anvandare_id = p_anvandare AND", "WHERE"),
        ("bool_or(b.roll = 'deltagaransvarig')", "true"),
        (" AND u.aterkallat IS NULL", ""),
        ("\n             AND v_idag BETWEEN u.fran AND coalesce(u.till, 'infinity')", ""),
        ("u.anvandare_id = p_anvandare AND ", ""),
        (" FILTER (WHERE b.roll = 'loggranskare')", ""),
    ],
    "borja": [
        ("p_bevis IS DISTINCT FROM vagg.hmac(concat_ws('|', 'borja', p_anvandare, p_tid))", "false"),
    ],
    "las": [("left(v_satt, 64) <> vagg.sigill(p_namn, v_varde)", "false")],
    "i_omfang": [("coalesce(p_insats = ANY (vagg.omfang()), false)", "true")],
    "synliga": [("AND (v_alla OR d.insats_id = ANY (v_omfang))", "")],
    "registrera": [("IF NOT vagg.i_omfang(p_insats) THEN", "IF false THEN")],
    "byt_namn": [("IF NOT p_person = ANY (vagg.identifierade()) THEN", "IF false THEN")],
    "glom": [(" AND NOT EXISTS (SELECT FROM public.deltagare_deltagande d WHERE d.person_id = p.id)", "")],
    "glom_utkast": [("vagg.i_omfang(p_insats) AND ", "")],
    "felregistreringar_idag": [("NOT vagg.ar_systemet() AND p_av IS DISTINCT FROM vagg.anvandare()", "false")],
    "visa": [("vagg.synliga(p_personer)", "p_personer")],
    "sla_upp": [("AND vagg.i_omfang(p_insats)", "")],
    "logg_id": [("p.id = ANY ((SELECT vagg.synliga(ARRAY[p_person]))::uuid[])", "p.id = p_person")],
    "logg_id_for": [("IF vagg.granskar() IS NULL THEN", "IF false THEN")],
    "logga": [("p_av IS DISTINCT FROM vagg.anvandare() OR", "")],
    "far_andra_uppdrag": [("p_anvandare <> vagg.anvandare() AND CASE", "true OR CASE")],
    "far_utfarda": [("p_anvandare <> vagg.anvandare() AND p_utfardad_av = vagg.anvandare() AND CASE", "true OR CASE")],
    "far_se_bestallning": [("vagg.anvandare() IN (p_ifylld_av, p_anvandare) OR", "true OR")],
    "far_rakna": [(" WHERE insats = ANY (v_omfang) OR vagg.styr_insats(insats)", "")],
    "deltaganden_utanfor": [("WHERE NOT vagg.styr_insats(insats)", "WHERE false")],
}


# {function of vagg that guards the kompletterande frågor: terms}. The lock of svar_vakt shows in a race only.
FRAGOR = {
    "har_svar": [("s.fraga_id = p_fraga", "false"), ("s.fraga_id = p_fraga", "true")],
    "far_andra_fraga": [("vagg.har_uppdrag('samverkansadministrator', f.samverkansorganisation_id)", "true"), ("f.id = p_fraga", "true")],
    "fraga_vakt": [("IF vagg.har_svar(OLD.id) THEN", "IF false THEN"), ("CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END", "NEW")],
    "svarsalternativ_vakt": [
        ("IF vagg.har_svar(v_rad.fraga_id) THEN", "IF false THEN"),
        ("RETURN v_rad", "RETURN NEW"),
    ],
    "svar_vakt": [
        ("IF NOT EXISTS (", "IF false AND NOT EXISTS ("),
        (" AND a.id = NEW.alternativ_id", ""),
        (" AND i.id = NEW.insats_id", ""),
        ("f.publicerad IS NOT NULL AND ", ""),
        (" AND f.mattillfalle IN (NEW.typ, 'bada')", ""),
        ("ON i.samverkansorganisation_id = f.samverkansorganisation_id", "ON true"),
        ("WHERE f.id = NEW.fraga_id AND a.id", "WHERE a.id"),
    ],
}


def sqlfunktioner():
    yield from _funktionsmutanter(SQL)


def fragornas_funktioner():
    yield from _funktionsmutanter(FRAGOR)


def _funktionsmutanter(funktioner):
    for namn, byten in funktioner.items():
        for bort, dit in byten:
            yield f"vagg.{namn}: {bort.strip()} → {dit or 'inget'}", lambda _, n=namn, b=bort, d=dit: _byt_funktion(n, b, d)


def _byt_funktion(namn, bort, dit):
    [(kod,)] = kor(f"SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'vagg'::regnamespace AND proname = '{namn}'")
    assert bort in kod, f"vagg.{namn} säger inte längre {bort}"
    kor(kod.replace(bort, dit))


SLAG = {
    "rattighet": rattigheter,
    "vy": vyernas_rattighet,
    "tabell": tabellrader,
    "policy": policyer,
    "villkor": villkor,
    "python": pythonkod,
    "sql": sqlfunktioner,
    "fraga": fragornas_funktioner,
}
