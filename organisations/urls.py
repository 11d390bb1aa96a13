from django.urls import path

from organisations.views import budget, omrade, parter, samverkansorganisation, uppdrag

app_name = "organisations"
urlpatterns = [
    path("", samverkansorganisation.SamverkansorganisationList.as_view(), name="list"),
    path("ny/", samverkansorganisation.SamverkansorganisationCreate.as_view(), name="create"),
    path("<int:pk>/", samverkansorganisation.SamverkansorganisationDetail.as_view(), name="detail"),
    path("<int:pk>/andra/", samverkansorganisation.SamverkansorganisationUpdate.as_view(), name="update"),
    path("<int:pk>/grunduppgifter/", samverkansorganisation.GrunduppgifterUpdate.as_view(), name="grunduppgifter"),
    path("<int:pk>/omrade/", omrade.OmradeUpdate.as_view(), name="omrade"),
    path("<int:pk>/parter/", parter.ParterUpdate.as_view(), name="parter"),
    path("<int:pk>/budget/", budget.Budget.as_view(), name="budget"),
    path("<int:pk>/uppdrag/", uppdrag.UppdragVisa.as_view(), name="uppdrag"),
    path("<int:pk>/uppdrag/<slug:roll>/", uppdrag.SamverkansuppdragGe.as_view(), name="uppdrag_ge"),
    path("uppdrag/<int:pk>/avsluta/", uppdrag.SamverkansuppdragAvsluta.as_view(), name="uppdrag_avsluta"),
]
