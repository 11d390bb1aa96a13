"""The demo's translations of the consent text that comes with SUS: placeholders, as it is itself."""

from pathlib import Path

from behorigheter.models import Anvandare
from deltagare.actions.samtyckestext import lagg_till_oversattning
from deltagare.models import Samtyckessprak, Samtyckestext

OVERSATTNINGAR = Path(__file__).parent / "data" / "samtycke"


def skapa_oversattningar() -> None:
    fk = Anvandare.objects.get(anvandarnamn="fk_administrator")
    text = Samtyckestext.objects.get(ar_platshallare=True)
    for fil in sorted(OVERSATTNINGAR.glob("*.txt")):
        lagg_till_oversattning(samtyckestext=text, sprak=Samtyckessprak(fil.stem), text=fil.read_text(encoding="utf-8").strip(), by=fk)
