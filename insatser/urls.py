from django.urls import path

from insatser.views import arsredogorelse, budget, budgetandringar, insats, malgrupp, uppdrag, volym

app_name = "insatser"
urlpatterns = [
    path("", insats.InsatsList.as_view(), name="list"),
    path("ny/", insats.InsatsCreate.as_view(), name="create"),
    path("<int:pk>/", insats.InsatsDetail.as_view(), name="detail"),
    path("<int:pk>/andra/", insats.InsatsUpdate.as_view(), name="update"),
    path("<int:pk>/ta-bort/", insats.InsatsDelete.as_view(), name="delete"),
    path("<int:pk>/budget/", budget.InsatsBudgetUpdate.as_view(), name="budget"),
    path("<int:pk>/budget/andringar/", budgetandringar.InsatsBudgetandringar.as_view(), name="budgetandringar"),
    path("<int:pk>/volym/", volym.InsatsVolym.as_view(), name="volym"),
    path("<int:pk>/deltagaransvariga/", uppdrag.InsatsUppdragGe.as_view(), name="uppdrag_ge"),
    path("uppdrag/<int:pk>/hamtningar/", uppdrag.InsatsUppdragAndra.as_view(), name="uppdrag_andra"),
    path("uppdrag/<int:pk>/avsluta/", uppdrag.InsatsUppdragAvsluta.as_view(), name="uppdrag_avsluta"),
    path("<int:pk>/arsredogorelser/", arsredogorelse.InsatsArsredogorelser.as_view(), name="arsredogorelser"),
    path("<int:pk>/arsredogorelse/", arsredogorelse.ArsredogorelseSkriv.as_view(), name="arsredogorelse_skriv"),
    path("arsredogorelse/<int:pk>/", arsredogorelse.ArsredogorelseDetail.as_view(), name="arsredogorelse"),
    path("arsredogorelse/<int:pk>/oppna/", arsredogorelse.ArsredogorelseOppna.as_view(), name="arsredogorelse_oppna"),
    path("arsredogorelse/<int:pk>/ta-bort/", arsredogorelse.ArsredogorelseTaBort.as_view(), name="arsredogorelse_ta_bort"),
    path("arsredogorelser/<int:pk>/", arsredogorelse.SamladeArsredogorelser.as_view(), name="arsredogorelser_samlade"),
]
# Under Administration, beside the other registers that Försäkringskassan keeps.
registersidor = [
    path("malgrupper/", malgrupp.MalgruppList.as_view(), name="malgrupper"),
    path("malgrupper/ny/", malgrupp.MalgruppCreate.as_view(), name="malgrupp_ny"),
    path("malgrupper/<slug:pk>/andra/", malgrupp.MalgruppUpdate.as_view(), name="malgrupp_andra"),
]
