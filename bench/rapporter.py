"""How fast reports are for a whole country: ./run bench rapporter [rounds, 15 unless said] [deltaganden, 1000000].

The engine is measured beside one hand-written GROUPING SETS statement on the narrow table of facts, the same statement on what the
facts are taken from, and numpy over the same rows in memory: in turns, and with the same answer. Then whole pages, paper and Excel.
"""
# ruff: noqa: S608

import gc
import io
import multiprocessing
import os
import pickle
import resource
import statistics
import sys
import time
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench import nationell

OMGANGAR, DELTAGANDEN = (int(text) for text in (*sys.argv[1:], *("15", "1000000")[len(sys.argv) - 1 :]))
if __name__ == "__main__":
    nationell.valj(DELTAGANDEN)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sus.settings.test")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from behorigheter import vaggar  # noqa: E402
from behorigheter.models import Anvandare  # noqa: E402
from behorigheter.roller import Roll  # noqa: E402
from bench.nationell.innehall import fyll  # noqa: E402
from insatser.models import Insats  # noqa: E402
from organisations.models import Samverkansorganisation  # noqa: E402
from rapporter import motor  # noqa: E402
from rapporter.matt import ANTAL, ARBETAR, AVSLUTADE_MATT, AVSLUTADE_MED_MATNING, NYA, PAGAENDE, STUDERAR  # noqa: E402
from rapporter.rapport import skapa_rapport  # noqa: E402
from rapporter.register import RAPPORTER  # noqa: E402
from rapporter.renderare import FORMAT  # noqa: E402
from rapporter.renderare.to_xlsx import to_xlsx  # noqa: E402
from rapporter.tabell import Kolumn, Rad, Tabell, Typ  # noqa: E402
from rapporter.urval import Niva, Urval  # noqa: E402

AR = timezone.localdate().year - 1
FRAN, TILL = date(AR, 1, 1), date(AR, 12, 31)
KRAV_KVOT, KRAV_SIDA_MS, KRAV_RIKET_MS, KRAV_PDF_MS, KRAV_PDF_MIB = 1.3, 150, 1000, 2000, 150
MATT = [ANTAL, NYA, AVSLUTADE_MATT, PAGAENDE, AVSLUTADE_MED_MATNING, *ARBETAR, *STUDERAR]
GRUPPERINGAR: list[tuple[str, ...]] = [("kon", "utbildning"), ("utbildning",), ("kon", "alder"), ("alder",), ("kon",), ()]
MATTA = f"slutdatum BETWEEN '{FRAN}' AND '{TILL}' AND avslutningsanledning <> 7"
SKRIVEN = f"""
SELECT kon, grupp, band, count(*),
  count(*) FILTER (WHERE startdatum >= '{FRAN}'), count(*) FILTER (WHERE slutdatum <= '{TILL}'),
  count(*) FILTER (WHERE slutdatum IS NULL OR slutdatum > '{TILL}'), count(*) FILTER (WHERE {MATTA}),
  count(*) FILTER (WHERE {MATTA} AND arbete_fore IS NOT NULL), count(*) FILTER (WHERE {MATTA} AND arbete_efter IS NOT NULL),
  count(*) FILTER (WHERE {MATTA} AND studier_fore IS NOT NULL), count(*) FILTER (WHERE {MATTA} AND studier_efter IS NOT NULL)
FROM (SELECT f.*, CASE utbildning WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 7 THEN 4 ELSE 3 END AS grupp,
             CASE WHEN alder_vid_start <= 25 THEN 1 WHEN alder_vid_start <= 29 THEN 2 WHEN alder_vid_start <= 45 THEN 3 ELSE 4 END AS band
      FROM {{tabell}} f WHERE startdatum <= '{TILL}' AND (slutdatum IS NULL OR slutdatum >= '{FRAN}') {{urval}}) f
GROUP BY GROUPING SETS ((kon, grupp), (grupp), (kon, band), (band), (kon), ())
"""
KOLUMNER = ("startdatum", "slutdatum", "avslutningsanledning", "kon", "utbildning", "alder_vid_start", "insats_id")
I_MINNET = """
SELECT startdatum - date '2000-01-01', coalesce(slutdatum - date '2000-01-01', 99999), coalesce(avslutningsanledning, 0), kon, utbildning,
       alder_vid_start, insats_id, (arbete_fore IS NOT NULL)::int, (arbete_efter IS NOT NULL)::int, (studier_fore IS NOT NULL)::int,
       (studier_efter IS NOT NULL)::int
FROM deltagare_faktum
"""


def tid(gor):
    start = time.perf_counter()
    gor()
    return (time.perf_counter() - start) * 1000


def arbete(gor, omgangar=5):
    """What it costs in processor time, here and in the connection's server process: about the same when the machine is busy.

    Of at least so many rounds and half a second: the clock of the server process goes in hundredths.
    """
    [(pid,)] = fraga("SELECT pg_backend_pid()")

    def hittills():
        falt = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (time.process_time() + sum(map(int, falt[11:13])) / os.sysconf("SC_CLK_TCK")) * 1000

    start, slut, gjorda = hittills(), time.perf_counter() + 0.5, 0
    while gjorda < omgangar or time.perf_counter() < slut:
        gor()
        gjorda += 1
    return (hittills() - start) / gjorda


def p95(tider):
    return statistics.quantiles(tider, n=20)[-1]


def fraga(sql):
    with connection.cursor() as c:
        c.execute(sql)
        return c.fetchall()


def nivaer():
    """{level: (selection, its insatser, the same in SQL)}: the largest län, förbund and insats of the year."""
    storst = (
        "SELECT i.id, s.id, s.lan_id FROM deltagare_faktum f JOIN insatser_insats i ON i.id = f.insats_id JOIN"
        " organisations_samverkansorganisation s ON s.id = i.samverkansorganisation_id WHERE f.startdatum BETWEEN"
        f" '{FRAN}' AND '{TILL}' GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    [(insats, forbund, lan)] = fraga(storst)
    riket, alla = Urval(fran=FRAN, till=TILL, ar=(AR,)), Insats.objects.som_pagar_nagon_gang(FRAN, TILL)
    i_sql = "SELECT id FROM organisations_samverkansorganisation WHERE lan_id = "
    return {
        "riket": (riket, alla, "true"),
        "län": (
            replace(riket, niva=Niva.LAN, lan=lan),
            alla.filter(samverkansorganisation__lan=lan),
            f"samverkansorganisation_id IN ({i_sql}'{lan}')",
        ),
        "organisation": (
            replace(riket, niva=Niva.ORGANISATION, organisation=forbund),
            alla.filter(samverkansorganisation=forbund),
            f"samverkansorganisation_id = {forbund}",
        ),
        "insats": (replace(riket, niva=Niva.INSATS, insats=insats), alla.filter(pk=insats), f"id = {insats}"),
    }


class Minnet:
    """The facts as arrays, and the same counts of them."""

    def __init__(self):
        rader = np.array(fraga(I_MINNET), dtype=np.int64)
        self.kolumner = [np.ascontiguousarray(rader[:, nr]) for nr in range(rader.shape[1])]

    def rakna(self, insatser):
        start, slut, anledning, kon, utbildning, alder, insats, *svar = self.kolumner
        fran, till = (FRAN - date(2000, 1, 1)).days, (TILL - date(2000, 1, 1)).days
        urval = (start <= till) & (slut >= fran) & np.isin(insats, insatser)
        start, slut, anledning, kon, utbildning, alder = (kolumn[urval] for kolumn in (start, slut, anledning, kon, utbildning, alder))
        svar = [kolumn[urval].astype(bool) for kolumn in svar]
        grupp = np.choose(utbildning - 1, [1, 2, 3, 3, 3, 3, 4])
        band = np.digitize(alder, [26, 30, 46]) + 1
        matta = (slut >= fran) & (slut <= till) & (anledning != 7)
        masker = [np.ones(len(kon), bool), start >= fran, slut <= till, slut > till, matta, *(matta & ett for ett in svar)]
        nycklar = {
            (1, 1, 0): kon * 10 + grupp,
            (0, 1, 0): grupp,
            (1, 0, 1): kon * 10 + band,
            (0, 0, 1): band,
            (1, 0, 0): kon,
            (0, 0, 0): kon * 0,
        }
        return {vilka: [np.bincount(nyckel[mask], minlength=25) for mask in masker] for vilka, nyckel in nycklar.items()}


def motorn(omgangar):
    print(f"\nMotorn, {AR}: medianer av {omgangar} omgångar i ms; inom parentes motorn delad med det andra. Sedan samma i processortid.")
    print(f"{'nivå':<14}{'rader':>9}{'motorn':>9}{'handskriven SQL':>20}{'samma på källan':>20}{'numpy':>18}")
    minnet, brister = Minnet(), []
    for namn, (urval, rader, i_sql) in nivaer().items():
        insatser = sorted(rader.values_list("pk", flat=True))
        pagar = f"startdatum <= '{TILL}' AND (slutdatum IS NULL OR slutdatum >= '{FRAN}')"
        villkor = f"AND insats_id IN (SELECT id FROM insatser_insats WHERE {pagar} AND {i_sql})"
        skriven = SKRIVEN.format(tabell="deltagare_faktum", urval=villkor)
        kallan = SKRIVEN.format(tabell="vagg.faktumkalla", urval=villkor)

        def i_motorn(mat, urval=urval):
            with motor.oppna(urval, motor.insatser_i([urval])[0]) as oppen:
                return mat(lambda: oppen.rakna(MATT, GRUPPERINGAR))

        svar = next(rad for rad in fraga(skriven) if rad[:3] == (None, None, None))[3:]
        assert tuple(i_motorn(lambda gor: gor()).rad().values()) == svar, namn
        assert [int(ett[0]) for ett in minnet.rakna(insatser)[0, 0, 0]] == list(svar), namn
        andra = [lambda s=skriven: fraga(s), lambda s=kallan: fraga(s), lambda i=insatser: minnet.rakna(i)]
        matta = [(i_motorn(tid), *map(tid, andra)) for _ in range(omgangar)]
        tider = [statistics.median(kolumn) for kolumn in zip(*matta, strict=True)]
        kostar = [i_motorn(arbete), *map(arbete, andra)]
        print(f"{namn:<14}{svar[0]:>9}{_kvoter(tider)}")
        print(f"{'':<14}{'arbete':>9}{_kvoter(kostar)}", flush=True)
        kvot = kostar[0] / kostar[1]  # of the work: on a busy machine the times of a few milliseconds tell of the others
        brister += [f"motorn på nivån {namn}: {kvot:.2f} × handskriven"] if kvot > KRAV_KVOT else []
    return brister


def _kvoter(tider):
    return f"{tider[0]:>9.1f}" + "".join(f"{annan:>11.1f} ({tider[0] / max(annan, 0.1):5.2f})" for annan in tider[1:])


def formular(nyckel, by, **falt):
    data = QueryDict(mutable=True)
    data.update({namn: str(varde) for namn, varde in falt.items()})
    form = RAPPORTER[nyckel].form_class(data, anvandare=by)
    assert form.is_valid(), form.errors
    return form


def rapporten(nyckel, **falt):
    """The report as the system makes it."""
    with vaggar.som(None):
        return skapa_rapport(definition=RAPPORTER[nyckel], form=formular(nyckel, None, ar=AR, **falt), by=None)


def sidor(omgangar):
    """Whole requests of the samverkansadministratör of the largest förbund; protected ones too of the largest with few insatser, whose
    parts are counted too (rule 8): with a filter in two parts each part twice.
    """
    forbund = nivaer()["organisation"][0].organisation
    [anvandare] = Anvandare.objects.filter(uppdrag__samverkansorganisation=forbund, uppdrag__roll=Roll.SAMVERKANSADMINISTRATOR)[:1]
    klient, brister = Client(), []
    klient.force_login(anvandare)
    print(
        f"\nHela sidor, {Samverkansorganisation.objects.get(pk=forbund)}, {AR}{'':<12}{'median, ms':>12}{'95:e percentilen':>19}{'krav':>6}"
    )
    typer = ("bakgrund", "forsorjning", "forsorjningsgrupp", "sysselsattning", "avslutningsanledning", "in-ut", "tid")
    delat = {"organisation": storst_av_fa("samverkansorganisation_id", "i.id"), "skydd": "skyddad"}
    for nyckel, val in [
        *(("insats", {}), ("kostnad", {}), ("registrering", {}), ("standard-deltagare", {"typ": "resultat"})),
        *(("deltagare", {"typ": typ}) for typ in typer),
        *(("deltagare", {"typ": typ, **delat}) for typ in typer),
        ("deltagare", {"typ": "bakgrund", "kon": "kvinna", **delat}),
    ]:
        adress, falt = reverse("rapporter:rapport", args=[nyckel]), {"niva": "organisation", "organisation": forbund, "ar": AR, **val}

        def hamta(adress=adress, falt=falt):
            svar = klient.get(adress, falt)
            assert svar.status_code == 200, svar.text

        tid(hamta)
        tider = [tid(hamta) for _ in range(max(20, omgangar))]
        tal = f"{statistics.median(tider):>12.0f}{p95(tider):>19.0f}{KRAV_SIDA_MS:>6}{arbete(hamta):>9.0f}"
        namn = " ".join(val.get(falt, "") for falt in ("typ", "skydd", "kon"))
        print(f"  {f'{nyckel} {namn}':<58}{tal}", flush=True)
        brister += [f"sidan {nyckel} {namn}: p95 {p95(tider):.0f} ms"] if p95(tider) > KRAV_SIDA_MS else []
    return brister


def storst_av_fa(plats, del_):
    """The place of the most deltaganden in the year, of those with two to five parts."""
    [(storst,)] = fraga(
        f"SELECT {plats} FROM deltagare_faktum f JOIN insatser_insats i ON i.id = f.insats_id JOIN organisations_samverkansorganisation s"
        f" ON s.id = i.samverkansorganisation_id WHERE i.startdatum <= '{TILL}' AND (i.slutdatum IS NULL OR i.slutdatum >= '{FRAN}')"
        f" GROUP BY 1 HAVING count(DISTINCT {del_}) BETWEEN 2 AND 5 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    return storst


def riket_kallt():
    """The first report of a new connection: nothing is planned or kept. Also a protected one of a län, whose förbund are counted too."""
    brister, lan = [], storst_av_fa("s.lan_id", "s.id")
    print(f"\nHela landet, och ett län av få förbund, på en ny anslutning, {AR}, ms (krav {KRAV_RIKET_MS})")
    typer = [("deltagare", {"typ": "bakgrund"}), ("deltagare", {"typ": "forsorjning"}), ("standard-deltagare", {"typ": "resultat"})]
    typer += [(nyckel, {**typ, "niva": "lan", "lan": lan, "skydd": "skyddad"}) for nyckel, typ in typer]
    for nyckel, val in [("insats", {}), ("kostnad", {}), ("nationell", {}), *typer]:
        tider = []
        for _ in range(3):
            connection.close()
            tider.append(tid(lambda nyckel=nyckel, val=val: rapporten(nyckel, **{"niva": "riket", **val})))
        kostar = arbete(lambda nyckel=nyckel, val=val: rapporten(nyckel, **{"niva": "riket", **val}), 3)
        namn, median = " ".join([nyckel, *map(str, val.values())]), statistics.median(tider)
        print(f"  {namn:<30}{tider[0]:>8.0f} första, {median:.0f} median, {kostar:.0f} arbete", flush=True)
        brister += [f"riket {namn}: {max(tider):.0f} ms"] if max(tider) > KRAV_RIKET_MS else []
    return brister


def _mest_minne():
    """MiB of this program at most; getrusage would tell of the process that started it too."""
    [rad] = [rad for rad in Path("/proc/self/status").read_text().splitlines() if rad.startswith("VmHWM:")]
    return int(rad.split()[1]) / 1024


def _i_egen_process(inskickat, svar):
    """Paper in a new process: time, processor time, and how much more memory it took than the program with the report already had."""
    rapport = pickle.loads(inskickat)  # our own report, handed to a process of our own
    FORMAT["pdf"].rendera(replace(rapport, tabeller=()))  # fonts and style sheets are read once per process
    gc.collect()
    gc.freeze()  # as sus/wsgi.py
    fore = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    start, arbete_fore = time.perf_counter(), time.process_time()
    pdf = FORMAT["pdf"].rendera(rapport)
    ms, kostar = (time.perf_counter() - start) * 1000, (time.process_time() - arbete_fore) * 1000
    svar.put((ms, kostar, _mest_minne() - fore, pdf))


def papper():
    """A förbund's package of a year, its time for ten pages, and the first rows of riket's Insatsrapport, so many that they fill ten."""
    organisation = nivaer()["organisation"][0].organisation
    print(f"\nPDF, för tio sidor{'':<20}{'sidor':>8}{'ms':>8}{'krav':>7}{'arbete':>9}{'MiB mer':>10}{'krav':>6}")
    paket = rapporten("paket", typ="ar", niva="organisation", organisation=organisation)
    return [*_per_tio_sidor("Rapportpaket, år", *_pa_papper(paket)), *_per_tio_sidor("Insatsrapport, bred", *_tio_breda_sidor())]


def _tio_breda_sidor():
    rapport, rader = rapporten("insats", niva="riket"), 60
    for _ in range(6):
        [tabell] = [tabell for tabell in rapport.tabeller if tabell.nyckel == "insatser"]
        kort = replace(tabell, rader=tabell.rader[:rader], delsummor=tuple(par for par in tabell.delsummor if par[0] < rader))
        matt = _pa_papper(replace(rapport, tabeller=(kort,)))
        if matt[0] == 10:
            break
        rader = max(10, round(rader * 10 / max(1, matt[0])))
    return matt


def _pa_papper(rapport):
    """Pages, milliseconds, processor time and MiB."""
    processer = multiprocessing.get_context("spawn")
    ko = processer.Queue()
    barn = processer.Process(target=_i_egen_process, args=(pickle.dumps(_raknad(rapport)), ko))
    barn.start()
    ms, kostar, mib, pdf = ko.get(timeout=300)
    barn.join()
    return len(PdfReader(io.BytesIO(pdf)).pages), ms, kostar, mib


def _raknad(rapport):
    """The report without the marks for the röjandekontroll: paper has no use for them, and a function is not sent to a process."""

    def utan_marken(tabell):
        return replace(tabell, skyddad=None, kolumner=tuple(replace(kolumn, raknas_om=None) for kolumn in tabell.kolumner))

    return replace(rapport, tabeller=tuple(map(utan_marken, rapport.tabeller)))


def _per_tio_sidor(namn, sidor, ms, kostar, mib):
    ms, kostar = (matt * 10 / sidor for matt in (ms, kostar))
    print(f"  {namn:<36}{sidor:>8}{ms:>8.0f}{KRAV_PDF_MS:>7}{kostar:>9.0f}{mib:>10.0f}{KRAV_PDF_MIB:>6}")
    return [f"{namn}: {ms:.0f} ms, {mib:.0f} MiB"] if ms > KRAV_PDF_MS or mib > KRAV_PDF_MIB else []


def excel():
    """The rows lie in memory already; what the file takes besides must not grow with them, but for the finished file itself."""
    rapport = rapporten("kostnad", niva="riket")
    kolumner = (Kolumn("a", "Insats"), *(Kolumn(f"k{nr}", f"Tal {nr}", Typ.ANTAL) for nr in range(11)))
    print("\nExcel          rader      ms     fil, MiB   mest minne utöver raderna och filen, MiB")
    matta = []
    for antal in (10_000, 100_000):
        tabell = Tabell("prov", "Prov", kolumner, tuple(Rad((f"Insats {nr}", *range(nr, nr + 11))) for nr in range(antal)))
        prov = replace(rapport, tabeller=(tabell,))
        ms = tid(lambda prov=prov: to_xlsx(prov))
        tracemalloc.start()
        fil = len(to_xlsx(prov)) / 2**20
        mest = tracemalloc.get_traced_memory()[1] / 2**20 - 2 * fil  # the buffer, and the bytes taken out of it
        tracemalloc.stop()
        matta.append(mest)
        print(f"{'':<10}{antal:>10}{ms:>8.0f}{fil:>12.1f}{mest:>20.1f}")
    return [] if matta[1] < matta[0] + 5 else [f"Excel: {matta[1]:.0f} MiB för 100 000 rader, {matta[0]:.0f} för 10 000"]


def main():
    fyll(DELTAGANDEN)
    tom = statistics.median(tid(lambda: fraga("SELECT 1")) for _ in range(500))
    print(f"En tom fråga tar {tom:.3f} ms här: så fort är datorn just nu. Last: {os.getloadavg()[0]:.1f} på {os.cpu_count()} kärnor.")
    print(f"{fraga('SELECT count(*) FROM deltagare_faktum')[0][0]} deltaganden, {Insats.objects.count()} insatser.")
    gc.collect()
    gc.freeze()  # as sus/wsgi.py
    with connection.cursor() as c:
        c.execute("SET work_mem = '64MB'")  # for the hand-written statement too
    brister = [*motorn(OMGANGAR), *riket_kallt(), *sidor(OMGANGAR), *papper(), *excel()]
    print(f"\nKraven är {'inte uppfyllda: ' + '; '.join(brister) if brister else 'uppfyllda'}.")
    sys.exit(bool(brister))


if __name__ == "__main__":
    main()
