"""Logins. The cookie holds a key, the table only its hash, so that a row read out of the table opens nothing (docs/beslut/sessioner.md)."""

import hashlib
import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from behorigheter.models import Session

SKRIVS_HOGST = timedelta(minutes=1)  # how often the time of the latest use is written


def fingeravtryck(nyckel: str) -> str:
    return hashlib.sha256(nyckel.encode()).hexdigest()


def levande() -> Q:
    """Logins that still hold: used lately, and not begun too long ago."""
    nu = timezone.now()
    return Q(expire_date__gt=nu, senast__gt=nu - _inaktiv())


def _inaktiv() -> timedelta:
    return timedelta(minutes=settings.SUS_INAKTIV_MINUTER)


class SessionStore(db.SessionStore):
    """SESSION_ENGINE. A login ends after SUS_INAKTIV_MINUTER without use, and SUS_LANGSTA_TIMMAR after it began whatever is done."""

    def __init__(self, session_key=None):
        super().__init__(session_key)
        self.rad: Session | None = None  # as it was read or made; what is written afterwards goes straight to the table
        self.varifran: dict[str, str] = {}

    @classmethod
    def get_model_class(cls):
        return Session

    @property
    def skapad(self):
        """When the user logged in."""
        return self.rad.skapad if self.rad else None

    @property
    def kvar(self) -> int:
        """Seconds until the login ends, if nothing is done."""
        if not self.rad:
            return 0
        slut = min(self.rad.senast + _inaktiv(), self.rad.expire_date)
        return max(0, int((slut - timezone.now()).total_seconds()))

    @property
    def fingeravtryck(self) -> str:
        return fingeravtryck(self.session_key or "")

    def anteckna(self, *, ip, webblasare):
        """Where the login came from; written with the session."""
        self.varifran = {"ip": ip, "webblasare": webblasare[:200]}
        self.modified = True

    def _get_session_from_db(self):
        self.rad = self.model.objects.filter(levande(), pk=self.fingeravtryck).first()
        if self.rad is None:
            self._session_key = None
        elif timezone.now() - self.rad.senast >= SKRIVS_HOGST:
            self.rad.senast = timezone.now()
            self.model.objects.filter(pk=self.rad.pk).update(senast=self.rad.senast)
        return self.rad

    def exists(self, session_key):
        return self.model.objects.filter(pk=fingeravtryck(session_key)).exists()

    def save(self, must_create=False):
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        falt = {"session_data": self.encode(data), "anvandare_id": data.get(SESSION_KEY), **self.varifran}
        if must_create:
            self._skapa_rad(falt)
        elif not self.model.objects.filter(pk=self.fingeravtryck).update(**falt):
            raise UpdateError

    def _skapa_rad(self, falt):
        slut = timezone.now() + timedelta(hours=settings.SUS_LANGSTA_TIMMAR)
        try:
            with transaction.atomic():
                self.rad = self.model.objects.create(pk=self.fingeravtryck, expire_date=slut, **falt)
        except IntegrityError as fel:
            raise CreateError from fel

    def cycle_key(self):
        """A new key: of a new row at login, of the same row when a login goes on, so that it does not last longer."""
        if SESSION_KEY not in self:
            super().cycle_key()
            return
        gammal = self.fingeravtryck
        self._session_key = self._get_new_session_key()
        self.model.objects.filter(pk=gammal).update(session_key=self.fingeravtryck)
        self.modified = True

    def delete(self, session_key=None):
        nyckel = session_key or self.session_key
        if nyckel:
            self.model.objects.filter(pk=fingeravtryck(nyckel)).delete()

    @classmethod
    def clear_expired(cls):
        Session.objects.exclude(levande()).delete()


WEBBLASARE = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEM = {"Windows": "Windows", "iPhone|iPad": "iOS", "Android": "Android", "Mac OS X": "Mac", "Linux": "Linux"}


def i_ord(webblasare: str) -> str:
    """What a browser says of itself, as its user knows it: "Firefox på Windows"."""
    namn = next((namn for tecken, namn in WEBBLASARE.items() if tecken in webblasare), "Okänd webbläsare")
    system = next((namn for monster, namn in SYSTEM.items() if re.search(monster, webblasare)), "")
    return f"{namn} på {system}" if system else namn
