from django.urls import path

from insatser import views

app_name = "insatser"
urlpatterns = [
    path("", views.InsatsList.as_view(), name="list"),
    path("ny/", views.InsatsCreate.as_view(), name="create"),
    path("<int:pk>/", views.InsatsDetail.as_view(), name="detail"),
    path("<int:pk>/andra/", views.InsatsUpdate.as_view(), name="update"),
    path("<int:pk>/ta-bort/", views.InsatsDelete.as_view(), name="delete"),
    path("<int:pk>/budget/", views.InsatsBudgetUpdate.as_view(), name="budget"),
    path("<int:pk>/volym/", views.InsatsVolym.as_view(), name="volym"),
    path("<int:pk>/deltagaransvariga/", views.InsatsUppdragGe.as_view(), name="uppdrag_ge"),
    path("uppdrag/<int:pk>/avsluta/", views.InsatsUppdragAvsluta.as_view(), name="uppdrag_avsluta"),
]
