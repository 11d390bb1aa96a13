"""Step-up: before rights are changed and before data leave the system the user has shown lately who it is (docs/beslut/sessioner.md)."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from behorigheter.behallet import behall


def har_losenord(anvandare) -> bool:
    """A local account that has been activated."""
    return bool(anvandare.password) and anvandare.has_usable_password()


def nyligen_bekraftad(request) -> bool:
    """The user has logged in, or confirmed the login, within SUS_BEKRAFTA_MINUTER."""
    grans = timezone.now() - timedelta(minutes=settings.SUS_BEKRAFTA_MINUTER)
    return _senast_bekraftad(request) > grans.timestamp()


def _senast_bekraftad(request) -> float:
    """When the user last showed who it is, which may be before the login at an issuer who remembers; without notes, when it began."""
    tider = [rad["at"] for rad in get_authentication_records(request, request.user)]
    if tider:
        return max(tider)
    return request.session.skapad.timestamp() if request.session.skapad else 0


def begar_bekraftelse(request):
    """To the page Bekräfta att det är du and back; what has been typed into a form waits on a page of its own meanwhile."""
    if request.method == "POST":
        return behall(request, orsak="bekrafta", lank=bekrafta_adress(reverse("konto_klart")))
    return HttpResponseRedirect(bekrafta_adress(request.get_full_path()))


def bekrafta_adress(sedan: str) -> str:
    return f"{reverse('konto_bekrafta')}?{urlencode({'next': sedan})}"


class BekraftaMixin:
    """A view that changes rights says `kraver_bekraftelse = True`."""

    kraver_bekraftelse = False

    def dispatch(self, request, *args, **kwargs):
        if self.kraver_bekraftelse and not nyligen_bekraftad(request):
            return begar_bekraftelse(request)
        return super().dispatch(request, *args, **kwargs)
