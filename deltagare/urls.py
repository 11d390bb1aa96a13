from django.urls import path

from deltagare.views import anonyma, deltagande, registrera, samtycke, sok

app_name = "deltagare"
urlpatterns = [
    path("registrera/", registrera.Registrera.as_view(), name="registrera"),
    path("sok/", sok.Sok.as_view(), name="sok"),
    path("anonyma/", anonyma.Anonyma.as_view(), name="anonyma"),
    path("<uuid:pk>/", deltagande.Detail.as_view(), name="detail"),
    path("<uuid:pk>/visa/", deltagande.Visa.as_view(), name="visa"),
    path("<uuid:pk>/ut/", deltagande.Ut.as_view(), name="ut"),
    path("<uuid:pk>/ratta/", deltagande.Ratta.as_view(), name="ratta"),
    path("<uuid:pk>/ateroppna/", deltagande.Ateroppna.as_view(), name="ateroppna"),
    path("<uuid:pk>/samtycke/", samtycke.Samtycke.as_view(), name="samtycke"),
]
