from django.urls import path

from sus.start import blanketter, galleri, halsa, tillganglighet, views
from sus.start.hjalp import forslag, nyheter, sidor, texter

app_name = "start"
urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("demo/", views.Demo.as_view(), name="demo"),
    path("demo/<slug:anvandarnamn>/", views.DemoLoggaIn.as_view(), name="demo_logga_in"),
    path("galleri/", galleri.Galleri.as_view(), name="galleri"),
    path("hjalp/", sidor.Hjalpsida.as_view(), name="hjalp"),
    path("hjalp/handbok/<slug:nyckel>/", sidor.Handbokskapitel.as_view(), name="handbok"),
    path("hjalp/kurs/<slug:nyckel>/<int:nummer>/", sidor.Kurssida.as_view(), name="kurs"),
    path("nyheter/", nyheter.Nyheter.as_view(), name="nyheter"),
    path("nyheter/<int:pk>/last/", nyheter.MarkeraLast.as_view(), name="nyhet_last"),
    path("forslag/", forslag.EgnaForslag.as_view(), name="forslag_egna"),
    path("forslag/nytt/", forslag.ForslagLamna.as_view(), name="forslag_lamna"),
    path("forslag/<int:pk>/", forslag.ForslagDetail.as_view(), name="forslag"),
    path("blanketter/", blanketter.Blanketter.as_view(), name="blanketter"),
    path("blanketter/<slug:nummer>/", blanketter.Blankett.as_view(), name="blankett"),
    path("samtycke/", blanketter.Samtyckesinformation.as_view(), name="samtycke"),
    path("tillganglighet/", tillganglighet.Tillganglighet.as_view(), name="tillganglighet"),
    path("halsa/lever", halsa.lever, name="lever"),
    path("halsa/redo", halsa.redo, name="redo"),
]
# Under Administration, beside the other registers that Försäkringskassan keeps.
registersidor = [
    path("hjalptexter/", texter.HjalptextList.as_view(), name="hjalptexter"),
    path("hjalptexter/ny/", texter.HjalptextCreate.as_view(), name="hjalptext_ny"),
    path("hjalptexter/<int:pk>/", texter.HjalptextDetail.as_view(), name="hjalptext"),
    path("hjalptexter/<int:pk>/andra/", texter.HjalptextUpdate.as_view(), name="hjalptext_andra"),
    path("forslag/", forslag.ForslagList.as_view(), name="forslag"),
    path("forslag/<int:pk>/", forslag.ForslagSvara.as_view(), name="forslag_svara"),
]
