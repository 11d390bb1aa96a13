from django.urls import path

from behorigheter.views import anvandare, behorigheter, bestallare, bestallningar, logg, overenskommelser

app_name = "behorigheter"
urlpatterns = [
    path("overenskommelser/", overenskommelser.OverenskommelseList.as_view(), name="overenskommelser"),
    path("overenskommelser/ny/", overenskommelser.OverenskommelseCreate.as_view(), name="overenskommelse_ny"),
    path("overenskommelser/<int:pk>/", overenskommelser.OverenskommelseDetail.as_view(), name="overenskommelse"),
    path("overenskommelser/<int:pk>/andra/", overenskommelser.OverenskommelseUpdate.as_view(), name="overenskommelse_andra"),
    path("bestallare/", bestallare.BestallareList.as_view(), name="bestallare"),
    path("bestallare/utse/", bestallare.BestallareUtse.as_view(), name="bestallare_utse"),
    path("bestallningar/", bestallningar.BestallningList.as_view(), name="bestallningar"),
    path("bestallningar/ny/", bestallningar.BestallningCreate.as_view(), name="bestallning_ny"),
    path("bestallningar/egen/", bestallningar.BestallningEgen.as_view(), name="bestallning_egen"),
    path("bestallningar/<int:pk>/", bestallningar.BestallningDetail.as_view(), name="bestallning"),
    path("bestallningar/<int:pk>/signera/", bestallningar.BestallningSignera.as_view(), name="bestallning_signera"),
    path("bestallningar/<int:pk>/avgor/", bestallningar.BestallningAvgor.as_view(), name="bestallning_avgor"),
    path("bestallningar/<int:pk>/aterta/", bestallningar.BestallningAterta.as_view(), name="bestallning_aterta"),
    path("fornya/", behorigheter.FornyaList.as_view(), name="fornya_lista"),
    path("behorighet/<int:pk>/fornya/", behorigheter.Fornya.as_view(), name="fornya"),
    path("behorighet/<int:pk>/aterkalla/", behorigheter.BehorighetAterkalla.as_view(), name="behorighet_aterkalla"),
    path("anvandare/", anvandare.AnvandareList.as_view(), name="anvandare"),
    path("anvandare/<int:pk>/", anvandare.AnvandareDetalj.as_view(), name="anvandare_detalj"),
    path("anvandare/<int:pk>/slutar/", anvandare.AnvandareSluta.as_view(), name="anvandare_sluta"),
    path("uppdrag/", anvandare.AnvandareUppdrag.as_view(), name="anvandare_uppdrag"),
    path("utan-uppdrag/", anvandare.UtanUppdrag.as_view(), name="utan_uppdrag"),
    path("behorighet/<int:pk>/uppdrag/", anvandare.UppdragTill.as_view(), name="uppdrag_till"),
    path("logg/", logg.LoggEgen.as_view(), name="logg_egen"),
    path("logg/granska/", logg.LoggGranska.as_view(), name="logg_granska"),
]
