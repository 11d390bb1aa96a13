"""The national database of the benches: made once in the local cluster, under a name of its own, and used again."""

import os
import re

import psycopg

HELA = 1_000_000


def valj(deltaganden: int = HELA) -> None:
    """Point Django at the database before it starts; make the database if there is none. Fewer deltaganden: all in the same scale."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sus.settings.test"
    namn = "sus_nationell" if deltaganden == HELA else f"sus_nationell_{deltaganden}"
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as c:
        if c.execute("SELECT FROM pg_database WHERE datname = %s", [namn]).fetchone() is None:
            c.execute(f"CREATE DATABASE {namn}")
    os.environ["DATABASE_URL"] = re.sub(r"/sus(\?|$)", rf"/{namn}\1", url)
