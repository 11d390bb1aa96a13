"""The error pages. 500 and 503 are rendered without user and database."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string

TECKEN_I_REFERENS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def felaktig(request, exception=None):
    return render(request, "fel/400.html", status=400)


def nekad(request, exception=None):
    """403: no valid behörighet at all, or a page that none of the user's roles may see."""
    anvandare = request.user
    inloggad = anvandare.is_authenticated
    context = {
        "saknar_behorighet": inloggad and not anvandare.gallande_roller,
        "anvandare": anvandare if inloggad else None,
        "senaste_behorighet": anvandare.behorigheter.order_by("-giltig_till").first() if inloggad else None,
        "referens": f"403-{get_random_string(4, TECKEN_I_REFERENS)}-{timezone.localdate():%Y%m%d}",
    }
    return render(request, "fel/403.html", context, status=403)


def saknas(request, exception=None):
    return render(request, "fel/404.html", status=404)


def internt(request):
    return render(None, "fel/500.html", status=500)


def csrf(request, reason=""):
    return render(request, "fel/403_csrf.html", status=403)


def for_manga(request):
    """429: allauth's rate limits on the account pages."""
    return render(request, "fel/429.html", status=429)
