"""python -m sus.demo PORT: migrate, make demo data in an empty database, collect the static files, and serve on this machine.

Used by ./run app.
"""

import errno
import os
import socket
import sys
from importlib import import_module

import django
import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):
    def __init__(self, port: int):
        self.port = port
        super().__init__()

    def load_config(self):
        installningar = {
            "bind": f"127.0.0.1:{self.port}",
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            "loglevel": "error",
            "timeout": 120,
            "graceful_timeout": 5,
            "control_socket_disable": True,
        }
        for namn, varde in installningar.items():
            self.cfg.set(namn, varde)

    def load(self):
        return import_module("sus.wsgi").application


def hinder(port: int) -> str:
    """Why the server cannot listen on the port, or an empty string."""
    if not 0 < port < 65536:
        return "finns inte"
    with socket.socket() as sockel:
        sockel.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sockel.bind(("127.0.0.1", port))
        except OSError as fel:
            return "är upptagen" if fel.errno == errno.EADDRINUSE else f"kan inte användas ({fel.strerror})"
    return ""


def forbered_databasen():
    call_command("migrate", verbosity=0, interactive=False)
    if settings.DEMO and not get_user_model().objects.exists():
        print("Skapar demodata ...", flush=True)
        call_command("demodata", storlek="liten", verbosity=0)


def halsning(port: int):
    print(f"\nSUS är igång: http://localhost:{port}  (avsluta med Ctrl-C)")
    if settings.DEMO:
        print(f"Demo: välj användare på http://localhost:{port}/demo/")
        for anvandare in get_user_model().objects.order_by("pk")[:12]:
            print(f"  {anvandare.get_username():<28} {anvandare}")
    print(flush=True)


def main(port: int):
    if fel := hinder(port):
        sys.exit(f"./run: Port {port} {fel}. Välj en annan, till exempel: ./run app --port {port + 1 if 1024 <= port < 65535 else 8001}")
    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
        django.setup()
        forbered_databasen()
        call_command("collectstatic", interactive=False, verbosity=0)
    except (psycopg.OperationalError, ImproperlyConfigured) as fel:
        sys.exit(f"./run: Databasen kan inte användas: {str(fel).strip().splitlines()[0]}")
    halsning(port)
    connections["default"].close()
    connections["default"].close_pool()  # a pool's threads do not survive the fork to the server's worker
    Server(port).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
