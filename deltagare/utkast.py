"""The only way to drafts: unfinished forms, encrypted, for their own user, for a day.

Nothing of a person stands in one before folkbokföringen has answered: who has skyddade personuppgifter leaves no trace, and a withdrawal
finds every draft about the person by its uppslag.
"""

import json
import uuid
from datetime import timedelta

from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from behorigheter.inskickat import lamna_in
from deltagare.models import Utkast
from sus.core.kryptering import ar_ny, dekryptera, kryptera, uppslagsvarden
from sus.core.nyckelbyte import Slag
from sus.core.personnummer import Personnummer, tolka
from sus.core.regelbrott import Regelbrott

GALLER = timedelta(hours=24)
STORST = 30_000  # bytes; a filled in form takes one
ETT_ANNAT = "Du har redan ett utkast. Fortsätt med det eller ta bort det först."
FOR_STORT = "Det du har skrivit är för långt för ett utkast."


def hamta(*, insats, sida, deltagande=None, by) -> Utkast | None:
    """The user's draft of this form, unless it is too old."""
    return _egna(insats, sida, deltagande, by).filter(sparat__gte=timezone.now() - GALLER).first()


def las(utkast) -> dict[str, list[str]]:
    """{name: values} of the fields."""
    return json.loads(dekryptera(utkast.innehall, plats=_plats(utkast.pk)))


@transaction.atomic
def spara(*, insats, sida, deltagande=None, falt, uppslag=None, fortsatter=None, nyckel=None, by) -> Utkast | None:
    """Keep the fields. `fortsatter`: the id of the draft that the page has saved or taken up before.

    `nyckel`: the page's idempotency key, which a new draft has as its id: a page that never got its answer still knows its draft.
    None when the form with this key has been saved for good meanwhile. Raises Regelbrott when there is another
    draft, which is never written over.
    """
    nyckel = nyckel or uuid.uuid4()
    inlamnat, inte_sparat_an = lamna_in(nyckel=nyckel, by=by)  # waits for a parallel Spara of the same form
    if not inte_sparat_an:
        return None
    inlamnat.delete()
    text = json.dumps(falt, ensure_ascii=False)
    if len(text.encode()) > STORST:
        raise Regelbrott(FOR_STORT)
    _egna(insats, sida, deltagande, by).filter(sparat__lt=timezone.now() - GALLER).delete()
    tidigare = hamta(insats=insats, sida=sida, deltagande=deltagande, by=by)
    if tidigare and tidigare.pk not in {fortsatter, nyckel}:
        raise Regelbrott(ETT_ANNAT)
    utkast = tidigare or Utkast(pk=nyckel, insats=insats, sida=sida, deltagande=deltagande, anvandare=by)
    utkast.innehall, utkast.uppslag = kryptera(text, plats=_plats(utkast.pk)), uppslag
    try:
        with transaction.atomic():
            utkast.save(force_insert=not tidigare)
    except IntegrityError:  # another page of the user's was first
        raise Regelbrott(ETT_ANNAT) from None
    return utkast


def ta_bort(*, insats, sida, deltagande=None, by) -> bool:
    """Whether there was one to throw away."""
    return bool(_egna(insats, sida, deltagande, by).delete()[0])


def glom_om(personnummer: Personnummer, *, by=None) -> None:
    """Forget the user's drafts about a person who may not stand in one, in every insats; without `by` everybody's."""
    rader = Utkast.objects.filter(uppslag__in=uppslagsvarden(personnummer.tolv_siffror))
    (rader.filter(anvandare=by) if by else rader).delete()


def glom_gamla() -> int:
    """Forget everybody's drafts that are older than a day. Returns how many they were."""
    return Utkast.objects.filter(sparat__lt=timezone.now() - GALLER).delete()[0]


def kryptera_om(utkast: Utkast) -> bool:
    """The draft with the first of the keys. Whether it was not already."""
    falt = las(utkast)
    varde = next(iter(_mojliga_uppslag(utkast, falt)), None)
    if ar_ny(utkast.innehall) and utkast.uppslag == varde:
        return False
    utkast.uppslag, utkast.innehall = varde, kryptera(json.dumps(falt, ensure_ascii=False), plats=_plats(utkast.pk))
    return True


def stammer(utkast: Utkast) -> bool:
    """Whether it can be read and its look-up value is that of the person that it tells of."""
    mojliga = _mojliga_uppslag(utkast, las(utkast))
    return utkast.uppslag in mojliga if mojliga else utkast.uppslag is None


def _mojliga_uppslag(utkast: Utkast, falt: dict[str, list[str]]) -> list[bytes]:
    """The look-up value of the person that the draft tells of, with each of the keys."""
    return uppslagsvarden(tolka(falt["personnummer"][0], idag=timezone.localdate()).tolv_siffror) if utkast.uppslag else []


UTKAST = Slag("utkast", Utkast.objects.all(), ("uppslag", "innehall"), kryptera_om, stammer)


def hamtningsbevis(personnummer: Personnummer, by) -> str:
    """What a page carries to show that folkbokföringen has answered its user about this person."""
    return Signer(salt="deltagare.utkast").signature(f"{by.pk}|{personnummer.tolv_siffror}")


def ar_hamtad(personnummer: Personnummer, bevis: str, by) -> bool:
    return constant_time_compare(bevis, hamtningsbevis(personnummer, by))


def _egna(insats, sida, deltagande, by):
    return Utkast.objects.filter(anvandare=by, insats=insats, sida=sida, deltagande=deltagande)


def _plats(pk: uuid.UUID) -> str:
    return f"utkast|innehall|{pk}"
