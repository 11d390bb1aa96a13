"""What is printed for the deltagare: form 9443, and the receipts of a samtycke and of its withdrawal."""

from deltagare import pappersblanketter
from deltagare.models import Samtyckesoversattning
from deltagare.models.samtyckestext import utan_underskrift
from deltagare.visning import plats
from sus.core.blankett import blankettpdf
from sus.core.formatering import datum
from sus.core.pdf import lagg_ut, skriv_ut


def samtyckesblankett(text, oversattning=None) -> bytes:
    """Form 9443 to sign, with a translation to read on the pages after it."""
    return blankettpdf(
        pappersblanketter.samtycke(text),
        "pdf/blankett_samtycke.html",
        text=text,
        stycken=utan_underskrift(text.stycken),
        oversattning=oversattning,
        oversatta=utan_underskrift(oversattning.stycken) if oversattning else [],
    )


def samtyckeskvitto(deltagande, identitet, kontakt) -> bytes:
    """What the deltagare has consented to, as a PDF. The personnummer is masked; `kontakt` is the user who gives the receipt."""
    samtycke = deltagande.samtycke
    innehall = {
        "samtycke": samtycke,
        "rader": _rader(deltagande, samtycke, identitet),
        "oversattning": Samtyckesoversattning.objects.lasta_med(samtycke).first(),
        "kontakt": ", ".join(str(text) for text in (kontakt, kontakt.epost, kontakt.telefon, kontakt.arbetsgivare) if text),
    }
    return skriv_ut(lagg_ut("pdf/kvitto_samtycke.html", innehall))


def aterkallelsekvitto(rader: list[tuple[str, str]]) -> bytes:
    return skriv_ut(lagg_ut("pdf/kvitto_atertagande.html", {"rader": rader}))


def _rader(deltagande, samtycke, identitet) -> list[tuple[str, str]]:
    rader = [
        ("Namn", identitet.namn),
        ("Personnummer", identitet.personnummer.maskerat),
        ("Kommun", plats(deltagande)),
        ("Insats", deltagande.insats.namn),
        ("Samverkansorganisation", deltagande.insats.samverkansorganisation.namn),
        ("Blankett", samtycke.text.i_ord),
        ("Underskrivet", datum(samtycke.datum)),
        ("Språk som informationen lästes på", samtycke.get_sprak_display()),
        ("Registrerat i SUS", datum(samtycke.registrerat)),
    ]
    return [*rader, ("Vårdnadshavare har skrivit under", "Ja")] if samtycke.vardnadshavare else rader
