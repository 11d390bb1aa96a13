"""The port to folkbokföringen (Hämta). Which register answers stands in settings.FOLKBOKFORING: "fil:<path>" or "https://…"."""

from django.conf import settings

from deltagare.folkbokforing import fil, http
from deltagare.folkbokforing.svar import Folkbokford, RegistretSvararInte
from sus.core.personnummer import Personnummer

FIL = "fil:"
NATTENS_TALAMOD = 60.0  # seconds for a question about many


def ar_ansluten() -> bool:
    """Whether there is a register to ask at all."""
    return bool(settings.FOLKBOKFORING)


def hamta(personnummer: Personnummer) -> Folkbokford | None:
    """The person in folkbokföringen, or None when there is none. Raises RegistretSvararInte within http.TALAMOD seconds."""
    return _fraga([personnummer.tolv_siffror], http.TALAMOD)[personnummer.tolv_siffror]


def hamta_flera(personnummer: list[Personnummer]) -> dict[Personnummer, Folkbokford | None]:
    """Many at a time, for the nightly check. Raises RegistretSvararInte."""
    svar = _fraga([ett.tolv_siffror for ett in personnummer], NATTENS_TALAMOD)
    return {ett: svar[ett.tolv_siffror] for ett in personnummer}


def _fraga(siffror: list[str], talamod: float) -> dict[str, Folkbokford | None]:
    register = settings.FOLKBOKFORING
    if not register:
        raise RegistretSvararInte
    if register.startswith(FIL):
        return fil.fraga(register.removeprefix(FIL), siffror)
    return http.fraga(register, siffror, talamod)
