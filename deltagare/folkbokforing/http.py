"""The adapter that asks a service over HTTP (docs/folkbokforing.md).

Who is asked for stands in the body only, never in an address, and nothing that an exception or a log line could hold.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from http import HTTPStatus
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from deltagare.folkbokforing.svar import SKYDDAD, Folkbokford, RegistretSvararInte

TALAMOD = 3.0  # seconds that a person waits at most, whatever happens on the way
PAUS = 0.2  # seconds before the second try
VILA = 15.0  # seconds in which a register that has fallen silent is not asked again, so that not everybody waits for it
PA_SAMMA_DATOR = {"localhost", "127.0.0.1", "::1"}


_tyst_till: dict[str, float] = {}  # by address


def ar_saker(adress: str) -> bool:
    """Whether what is sent there can be read by nobody else."""
    delar = urlsplit(adress)
    return delar.scheme == "https" or delar.hostname in PA_SAMMA_DATOR


def fraga(adress: str, siffror: list[str], talamod: float = TALAMOD) -> dict[str, Folkbokford | None]:
    if not ar_saker(adress):
        raise ImproperlyConfigured("FOLKBOKFORING måste börja med https://.")
    if time.monotonic() < _tyst_till.get(adress, 0):
        raise RegistretSvararInte
    try:
        svar = _inom(talamod, lambda: _fraga_tills_det_gar(adress, siffror, talamod))
        return _las(svar, siffror)
    except (requests.ConnectionError, requests.Timeout, TimeoutError):
        _tyst_till[adress] = time.monotonic() + VILA
        raise RegistretSvararInte from None
    except (requests.RequestException, ValueError, KeyError, TypeError):
        raise RegistretSvararInte from None


def _inom(sekunder: float, anrop: Callable[[], Any]) -> Any:
    """The call's result. A thread of its own: a name server or a register that drips would outlast every time-out of a socket."""
    resultat: Future = Future()

    def kor():
        try:
            resultat.set_result(anrop())
        except Exception as fel:
            resultat.set_exception(fel)

    Thread(target=kor, name="folkbokforingen", daemon=True).start()
    return resultat.result(timeout=sekunder)


def _fraga_tills_det_gar(adress: str, siffror: list[str], talamod: float) -> Any:
    """Asks once more after what may pass: no answer, or one in the 500s."""
    per_forsok = (talamod - PAUS) / 2
    try:
        return _fraga_en_gang(adress, siffror, per_forsok)
    except requests.RequestException as fel:
        if fel.response is not None and fel.response.status_code < 500:
            raise
    time.sleep(PAUS)
    return _fraga_en_gang(adress, siffror, per_forsok)


def _fraga_en_gang(adress: str, siffror: list[str], sekunder: float) -> Any:
    svar = requests.post(adress, json={"personnummer": siffror}, auth=_nyckel, timeout=sekunder, allow_redirects=False)
    if svar.status_code != HTTPStatus.OK:
        raise requests.HTTPError(response=svar)
    return svar.json()


def _nyckel(begaran: requests.PreparedRequest) -> requests.PreparedRequest:
    """As auth and not as a header, which a .netrc would replace."""
    if settings.FOLKBOKFORING_NYCKEL:
        begaran.headers["Authorization"] = f"Bearer {settings.FOLKBOKFORING_NYCKEL}"
    return begaran


def _las(svar: Any, siffror: list[str]) -> dict[str, Folkbokford | None]:
    """Everybody asked for must be answered about: silence is not the same as nobody."""
    personer = {rad["personnummer"]: _folkbokford(rad) for rad in svar["personer"]}
    return {ett: personer[ett] for ett in siffror}


def _folkbokford(rad: dict[str, Any]) -> Folkbokford | None:
    match rad["status"]:
        case "finns_inte":
            return None
        case "skyddad":
            return SKYDDAD
        case "finns" if isinstance(rad["namn"], str) and rad["namn"].strip() and isinstance(rad["kommun"], str):
            return Folkbokford(namn=rad["namn"].strip(), kommun_kod=rad["kommun"])
        case _:
            raise ValueError("okänt svar")
