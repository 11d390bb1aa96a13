from django.urls import path

from sus.start import halsa, views

app_name = "start"
urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("halsa/lever", halsa.lever, name="lever"),
    path("halsa/redo", halsa.redo, name="redo"),
]
