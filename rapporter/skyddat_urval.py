"""Rule 1 of the röjandekontroll (skydd.py, docs/regler.md): which selections tables about attributes are protected in."""

from rapporter.urval import Urval
from sus.core.regelbrott import Regelbrott

DELAR_AV_AR = {(1, 4), (5, 8), (9, 12), (1, 6), (7, 12)}  # first and last month of tertial and half-years
FEL_PERIOD = (
    "Skyddade tal om deltagarna finns för ett tertial, ett halvår eller hela år. Välj till exempel januari–april, januari–juni "
    "eller januari–december."
)
FLERA_FILTER = "I den skyddade versionen kan du välja ut deltagare på en sak i taget. Ta bort alla urval på deltagare utom ett."

# The same where a selection that is seen exactly is compared with one that is not.
FEL_PERIOD_BREDVID = (
    "Jämförelsen visas skyddad, och skyddade tal om deltagarna finns för ett tertial, ett halvår eller hela år. Välj en sådan period, "
    "eller ingen jämförelse."
)
FLERA_FILTER_BREDVID = (
    "Jämförelsen visas skyddad, och då kan du välja ut deltagare på en sak i taget. Ta bort alla urval på deltagare utom ett, "
    "eller jämförelsen."
)


class BaraExakt(Regelbrott):
    """A selection that tables about attributes are given in exactly, and not protected."""


def granska_urval(urval: Urval, falt: str = "") -> None:
    """Rule 1. Raises BaraExakt for a selection that tables about attributes are not protected in: at the field, or at `falt`, that of
    the comparison, when it is what the selection is compared with.
    """
    ett_ar = urval.fran.year == urval.till.year
    if not urval.hela_ar and not (ett_ar and (urval.fran.month, urval.till.month) in DELAR_AV_AR):
        raise BaraExakt(FEL_PERIOD_BREDVID if falt else FEL_PERIOD, falt or "till")
    if len(urval.personer) > 1:
        raise BaraExakt(FLERA_FILTER_BREDVID if falt else FLERA_FILTER, falt or list(urval.personer)[-1])
