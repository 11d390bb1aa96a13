from django.urls import path

from deltagare.views import insats

app_name = "deltagare"
urlpatterns = [
    path("registrera/", insats.ValjInsats.as_view(), name="registrera"),
    path("sok/", insats.ValjInsats.as_view(rubrik="Sök deltagare"), name="sok"),
    path("anonyma/", insats.ValjInsats.as_view(rubrik="Registrera anonyma"), name="anonyma"),
]
