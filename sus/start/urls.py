from django.urls import path

from sus.start import galleri, halsa, hjalp, views

app_name = "start"
urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("demo/", views.Demo.as_view(), name="demo"),
    path("demo/<slug:anvandarnamn>/", views.DemoLoggaIn.as_view(), name="demo_logga_in"),
    path("galleri/", galleri.Galleri.as_view(), name="galleri"),
    path("hjalp/", hjalp.Hjalpsida.as_view(), name="hjalp"),
    path("tillganglighet/", hjalp.Tillganglighet.as_view(), name="tillganglighet"),
    path("halsa/lever", halsa.lever, name="lever"),
    path("halsa/redo", halsa.redo, name="redo"),
]
