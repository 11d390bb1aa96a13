"""manage.py rapport NYCKEL: the same report, rights and formats as on the page."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.template.loader import render_to_string

from behorigheter import vaggar
from behorigheter.models import Anvandare
from behorigheter.roller import Rattighet
from rapporter.falt import FleraField
from rapporter.rapport import skapa_rapport
from rapporter.register import RAPPORTER
from rapporter.renderare import FORMAT
from rapporter.renderare.to_html import to_html
from sus.core.regelbrott import Regelbrott

SYSTEM = "system"


class Command(BaseCommand):
    help = (
        "Skriver en rapport. Urvalet har samma namn som på rapportsidan, till exempel --ar 2011 --organisation NAMN."
        " Samverkansorganisation, insats och fråga väljs med namn eller nummer (numret går före), län och kommun med namn eller kod."
    )

    def add_arguments(self, parser):
        parser.add_argument("nyckel", choices=sorted(RAPPORTER))
        parser.add_argument("--format", choices=["html", *FORMAT], default="html")
        parser.add_argument("--ut", type=Path, help="fil att skriva till; annars standard ut")
        parser.add_argument("--som", required=True, help="användarnamn, eller system för exakta tal (bara för drift)")
        parser.add_argument("--ar", action="append", help="helt år, ÅÅÅÅ; får upprepas")
        falt = {namn: falt for definition in RAPPORTER.values() for namn, falt in definition.form_class.base_fields.items()}
        for namn in sorted(falt):
            parser.add_argument(f"--{namn}", **({"action": "append"} if isinstance(falt[namn], FleraField) else {}))

    def handle(self, *args, **val):
        definition = RAPPORTER[val["nyckel"]]
        self._granska_urval(definition, val)
        anvandare = _anvandare(val["som"])
        if not definition.ar_oppen_for(anvandare):
            raise CommandError(f"--som: {val['som']} får inte göra rapporten {definition.nyckel}.")
        with vaggar.som(anvandare):
            innehall = self._rapport(definition, val, anvandare)
        if val["ut"]:
            val["ut"].write_bytes(innehall)
        else:
            sys.stdout.buffer.write(innehall)
            sys.stdout.buffer.flush()

    def _granska_urval(self, definition, val):
        """A filter that the report does not have must not be passed over in silence."""
        falt = definition.form_class.base_fields
        okanda = [
            namn for annan in RAPPORTER.values() for namn in annan.form_class.base_fields if namn not in falt and val.get(namn) is not None
        ]
        if okanda:
            raise CommandError(
                f"Rapporten {definition.nyckel} har inte urvalet {', '.join(f'--{namn}' for namn in dict.fromkeys(okanda))}."
            )

    def _rapport(self, definition, val, anvandare):
        form = definition.form_class(_adress(definition, val), anvandare=anvandare)
        if not form.is_valid():
            raise CommandError("\n".join(f"--{falt}: {text}" for falt, texter in form.errors.items() for text in texter))
        try:
            rapport = skapa_rapport(definition=definition, form=form, by=anvandare, filformat=val["format"])
            if val["format"] == "html":
                return render_to_string("rapporter/fristaende.html", to_html(rapport)).encode()
            return FORMAT[val["format"]].rendera(rapport)
        except Regelbrott as brott:
            raise CommandError(f"--{brott.falt}: {brott.text}" if brott.falt else brott.text) from None


def _adress(definition, val) -> QueryDict:
    fraga = QueryDict(mutable=True)
    for namn in definition.form_class.base_fields:
        if val.get(namn) is not None:
            fraga.setlist(namn, val[namn] if isinstance(val[namn], list) else [val[namn]])
    if val["ar"]:
        fraga.setlist("ar", val["ar"])
    return fraga


def _anvandare(namn: str) -> Anvandare | None:
    """The acting user, or None for the system."""
    if namn == SYSTEM:
        return None
    anvandare = Anvandare.objects.filter(anvandarnamn=namn).first()
    if anvandare is None or not anvandare.har_roll_med(Rattighet.RAPPORT_SE):
        raise CommandError(f"--som: {namn} finns inte eller har ingen gällande behörighet att se rapporter.")
    return anvandare
