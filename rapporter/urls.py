from django.urls import path

from rapporter import views

app_name = "rapporter"
urlpatterns = [
    path("", views.RapportList.as_view(), name="list"),
    path("<slug:nyckel>/", views.RapportView.as_view(), name="rapport"),
]
