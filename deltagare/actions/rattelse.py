"""The history of a deltagande: what each correction changed. It goes with the deltagande; the log has the names of the fields only."""

from datetime import date
from typing import Any

from deltagare.models import Rattelse


def skillnad(fore: dict[str, Any], efter: dict[str, Any]) -> dict[str, list[Any]]:
    """{name: [code before, code after]} of what differs; None where there was or is nothing."""
    namn = sorted(fore | efter)
    par = {ett: (fore.get(ett), efter.get(ett)) for ett in namn}
    return {ett: [_kod(innan), _kod(sedan)] for ett, (innan, sedan) in par.items() if innan != sedan}


def spara_rattelse(*, deltagande, andringar, by) -> list[str]:
    """Keep what a correction changed. Returns the names that the log may hold: not which question was answered."""
    Rattelse.objects.create(deltagande=deltagande, insats_id=deltagande.insats_id, andringar=andringar, av=by)
    return sorted({namn.partition(".fraga_")[0] + ".svar" if ".fraga_" in namn else namn for namn in andringar})


def _kod(varde: Any) -> Any:
    return str(varde) if isinstance(varde, date) else varde
