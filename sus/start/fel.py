"""The error pages. 500 and 503 are rendered without user and database."""

from django.shortcuts import render

from behorigheter.actions.bestallning import hinder_mot_egen
from behorigheter.behallet import eget_formular, skicka_igen
from behorigheter.models import Anvandare, Handelse
from behorigheter.nekande import logga_nekande, ny_referens


def felaktig(request, exception=None):
    return render(request, "fel/400.html", status=400)


def nekad(request, exception=None):
    """403: no valid behörighet at all, or a page that none of the user's roles may see."""
    referens = ny_referens("403")
    logga_nekande(request, "rattighet", referens=referens)
    anvandare = request.user
    inloggad = anvandare.is_authenticated
    context = {
        "saknar_behorighet": inloggad and not anvandare.gallande_roller,
        "anvandare": anvandare if inloggad else None,
        "senaste_behorighet": anvandare.behorigheter.order_by("-giltig_till").first() if inloggad else None,
        "bestallare": Anvandare.objects.andra_bestallare(anvandare) if inloggad else [],
        "hinder": hinder_mot_egen(anvandare) if inloggad else "",
        "falt": eget_formular(request) if inloggad else [],
        "adress": request.get_full_path(),
        "referens": referens,
    }
    return render(request, "fel/403.html", context, status=403)


def saknas(request, exception=None):
    """404: no such address, or no such row for this user, which look the same. Who tries rows leaves a trace, whether they exist or not."""
    if request.resolver_match and request.user.is_authenticated:
        logga_nekande(request, "rad")
    falt = eget_formular(request) if getattr(request, "user", None) and request.user.is_authenticated else []
    return render(request, "fel/404.html", {"falt": falt, "adress": request.get_full_path()}, status=404)


def internt(request):
    return render(None, "fel/500.html", status=500)


def csrf(request, reason=""):
    """Mostly the old page of somebody who has logged in again: what was typed is kept."""
    if svar := skicka_igen(request):
        return svar
    logga_nekande(request, "csrf")
    return render(request, "fel/403_csrf.html", status=403)


def for_manga(request):
    """429: allauth's rate limits on the account pages."""
    logga_nekande(request, "takt", Handelse.Typ.FOR_MANGA_FORSOK)
    return render(request, "fel/429.html", status=429)
