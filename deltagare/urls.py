from django.urls import path

from deltagare.views import anonyma, att_gora, blanketter, borttagning, deltagande, original, registrera, samtycke, samtyckestext, sok

app_name = "deltagare"
urlpatterns = [
    path("registrera/", registrera.Registrera.as_view(), name="registrera"),
    path("sok/", sok.Sok.as_view(), name="sok"),
    path("att-gora/", att_gora.AttGora.as_view(), name="att_gora"),
    path("original/", original.Original.as_view(), name="original"),
    path("anonyma/", anonyma.Anonyma.as_view(), name="anonyma"),
    path("<uuid:pk>/", deltagande.Detail.as_view(), name="detail"),
    path("<uuid:pk>/visa/", deltagande.Visa.as_view(), name="visa"),
    path("<uuid:pk>/ut/", deltagande.Ut.as_view(), name="ut"),
    path("<uuid:pk>/ratta/", deltagande.Ratta.as_view(), name="ratta"),
    path("<uuid:pk>/aterta/", borttagning.Aterta.as_view(), name="aterta"),
    path("<uuid:pk>/felregistrering/", borttagning.Felregistrera.as_view(), name="felregistrera"),
    path("<uuid:pk>/felregistrering/avgor/", borttagning.FelregistreringAvgor.as_view(), name="felregistrering_avgor"),
    path("kvitto/<str:kvitto>/", borttagning.Kvitto.as_view(), name="kvitto"),
    path("<uuid:pk>/ateroppna/", deltagande.Ateroppna.as_view(), name="ateroppna"),
    path("<uuid:pk>/samtycke/", samtycke.Samtycke.as_view(), name="samtycke"),
    path("<uuid:pk>/blankett-in/", blanketter.BlankettIn.as_view(), name="blankett_in"),
    path("<uuid:pk>/blankett-ut/", blanketter.BlankettUt.as_view(), name="blankett_ut"),
    path("insats/<int:pk>/blankett-in/", blanketter.InsatsblankettIn.as_view(), name="insatsblankett_in"),
    path("insats/<int:pk>/blankett-ut/", blanketter.InsatsblankettUt.as_view(), name="insatsblankett_ut"),
    path("<uuid:pk>/samtycke/kvitto/", samtycke.Samtyckeskvitto.as_view(), name="samtyckeskvitto"),
]
# Under Administration, beside the other registers that Försäkringskassan keeps.
registersidor = [
    path("samtyckestexter/", samtyckestext.SamtyckestextList.as_view(), name="samtyckestexter"),
    path("samtyckestexter/ny/", samtyckestext.SamtyckestextCreate.as_view(), name="samtyckestext_ny"),
    path("samtyckestexter/<int:pk>/", samtyckestext.SamtyckestextDetail.as_view(), name="samtyckestext"),
    path("samtyckestexter/<int:pk>/oversattning/", samtyckestext.SamtyckesoversattningCreate.as_view(), name="samtyckesoversattning_ny"),
    path("samtyckestexter/<int:pk>/ta-bort/", samtyckestext.SamtyckestextDelete.as_view(), name="samtyckestext_ta_bort"),
]
