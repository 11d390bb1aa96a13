"""Every address of SUS, app by app."""

from django.urls import include, path

import deltagare.urls
import insatser.urls
import organisations.urls
import sus.start.urls

registersidor = [
    *organisations.urls.registersidor,
    *insatser.urls.registersidor,
    *deltagare.urls.registersidor,
    *sus.start.urls.registersidor,
]
urlpatterns = [
    path("samverkansorganisation/", include("organisations.urls")),
    path("insats/", include("insatser.urls")),
    path("deltagande/", include("deltagare.urls")),
    path("rapporter/", include("rapporter.urls")),
    path("administration/", include("behorigheter.urls")),
    path("administration/", include((registersidor, "register"))),
    path("", include("sus.start.konto_urls")),
    path("", include("sus.start.urls")),
]
handler400 = "sus.start.fel.felaktig"
handler403 = "sus.start.fel.nekad"
handler404 = "sus.start.fel.saknas"
handler429 = "sus.start.fel.for_manga"  # asked for by allauth
handler500 = "sus.start.fel.internt"
