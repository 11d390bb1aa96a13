"""A folkbokföring on this machine that answers over HTTP as docs/folkbokforing.md says, or as badly as a test wants."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PERSONER = {
    "196209019808": {"status": "finns", "namn": "Alma Testsson", "kommun": "1488"},
    "195810269802": {"status": "finns", "namn": "Elsa Testexempel", "kommun": "1488"},
    "196606069810": {"status": "skyddad"},
}


class Svarare(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        register = self.server.register
        begaran = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        register.begarda.append((self.path, self.headers.get("Authorization"), begaran))
        satt = register.satt[min(len(register.begarda), len(register.satt)) - 1]
        getattr(self, f"svara_{satt}")(begaran["personnummer"])

    def svara(self, status, kropp, **rubriker):
        self.send_response(status)
        for namn, varde in {"Content-Type": "application/json", "Content-Length": str(len(kropp)), **rubriker}.items():
            self.send_header(namn, varde)
        self.end_headers()
        self.wfile.write(kropp)

    def svara_ratt(self, siffror):
        personer = [{"personnummer": ett, **self.server.register.personer.get(ett, {"status": "finns_inte"})} for ett in siffror]
        self.svara(200, json.dumps({"personer": personer}).encode())

    def svara_tillsammans(self, siffror):
        """Answers when as many ask at the same time as `grind` waits for."""
        try:
            self.server.register.grind.wait(timeout=10)
        except threading.BrokenBarrierError:
            return self.svara(404, b"")
        return self.svara_ratt(siffror)

    def svara_tomt(self, siffror):
        self.svara(200, b'{"personer": []}')

    def svara_404(self, siffror):
        self.svara(404, b"")

    def svara_503(self, siffror):
        self.svara(503, b"")

    def svara_omdirigering(self, siffror):
        self.svara(307, b"", Location="/annanstans")

    def svara_strunt(self, siffror):
        self.svara(200, f"<html>{siffror}".encode())

    def svara_okand_status(self, siffror):
        self.svara(200, json.dumps({"personer": [{"personnummer": ett, "status": "avliden"} for ett in siffror]}).encode())

    def svara_utan_namn(self, siffror):
        self.svara(200, json.dumps({"personer": [{"personnummer": ett, "status": "finns", "kommun": "1488"} for ett in siffror]}).encode())

    def svara_aldrig(self, siffror):
        self.server.slut.wait(20)
        self.close_connection = True

    def svara_droppvis(self, siffror):
        """A byte now and then keeps every time-out of a socket from running out."""
        self.send_response(200)
        self.end_headers()
        while not self.server.slut.wait(0.2):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def log_message(self, *args):
        pass


class Register:
    """`satt`: how the first question is answered, the second, and so on; the last holds for all the rest."""

    def __init__(self, server):
        self.adress = f"http://127.0.0.1:{server.server_port}/personer"
        self.satt = ["ratt"]
        self.personer = dict(PERSONER)
        self.begarda = []
        self.grind = threading.Barrier(1)

    @property
    def antal(self):
        return len(self.begarda)


@pytest.fixture
def register(settings):
    """A register over HTTP, which SUS asks as long as the test lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Svarare)
    server.daemon_threads = True
    server.slut = threading.Event()
    server.register = Register(server)
    trad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    trad.start()
    settings.FOLKBOKFORING = server.register.adress
    yield server.register
    server.slut.set()
    _vanta_ut_fragorna()
    server.shutdown()
    server.server_close()
    trad.join()


def _vanta_ut_fragorna():
    """A question that was given up goes on in its thread until the register ends it; the next test must not meet it."""
    slut = time.monotonic() + 5
    while any(trad.name == "folkbokforingen" for trad in threading.enumerate()) and time.monotonic() < slut:
        time.sleep(0.02)
