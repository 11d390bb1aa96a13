from django.urls import path

from insatser.views import budget, insats, uppdrag, volym

app_name = "insatser"
urlpatterns = [
    path("", insats.InsatsList.as_view(), name="list"),
    path("ny/", insats.InsatsCreate.as_view(), name="create"),
    path("<int:pk>/", insats.InsatsDetail.as_view(), name="detail"),
    path("<int:pk>/andra/", insats.InsatsUpdate.as_view(), name="update"),
    path("<int:pk>/ta-bort/", insats.InsatsDelete.as_view(), name="delete"),
    path("<int:pk>/budget/", budget.InsatsBudgetUpdate.as_view(), name="budget"),
    path("<int:pk>/volym/", volym.InsatsVolym.as_view(), name="volym"),
    path("<int:pk>/deltagaransvariga/", uppdrag.InsatsUppdragGe.as_view(), name="uppdrag_ge"),
    path("uppdrag/<int:pk>/avsluta/", uppdrag.InsatsUppdragAvsluta.as_view(), name="uppdrag_avsluta"),
]
