from django.urls import path

from organisations.views import budget, budgetandringar, fraga, omrade, parter, register, sammanslagning, samverkansorganisation, uppdrag

app_name = "organisations"
urlpatterns = [
    path("", samverkansorganisation.SamverkansorganisationList.as_view(), name="list"),
    path("ny/", samverkansorganisation.SamverkansorganisationCreate.as_view(), name="create"),
    path("sla-ihop/", sammanslagning.SammanslagningCreate.as_view(), name="sla_ihop"),
    path("<int:pk>/", samverkansorganisation.SamverkansorganisationDetail.as_view(), name="detail"),
    path("<int:pk>/andra/", samverkansorganisation.SamverkansorganisationUpdate.as_view(), name="update"),
    path("<int:pk>/grunduppgifter/", samverkansorganisation.GrunduppgifterUpdate.as_view(), name="grunduppgifter"),
    path("<int:pk>/omrade/", omrade.OmradeUpdate.as_view(), name="omrade"),
    path("<int:pk>/parter/", parter.ParterUpdate.as_view(), name="parter"),
    path("<int:pk>/budget/", budget.Budget.as_view(), name="budget"),
    path("<int:pk>/budget/andringar/", budgetandringar.Budgetandringar.as_view(), name="budgetandringar"),
    path("<int:pk>/fragor/", fraga.FragorVisa.as_view(), name="fragor"),
    path("<int:pk>/fragor/formular/", fraga.FrageformularVisa.as_view(), name="frageformular"),
    path("<int:pk>/fragor/ny/", fraga.FragaCreate.as_view(), name="fraga_create"),
    path("fragor/<int:pk>/", fraga.FragaDetail.as_view(), name="fraga"),
    path("fragor/<int:pk>/andra/", fraga.FragaUpdate.as_view(), name="fraga_update"),
    path("fragor/<int:pk>/publicera/", fraga.FragaPublicera.as_view(), name="fraga_publicera"),
    path("fragor/<int:pk>/flytta/", fraga.FragaFlytta.as_view(), name="fraga_flytta"),
    path("fragor/<int:pk>/ta-bort/", fraga.FragaDelete.as_view(), name="fraga_delete"),
    path("<int:pk>/uppdrag/", uppdrag.UppdragVisa.as_view(), name="uppdrag"),
    path("<int:pk>/uppdrag/<slug:roll>/", uppdrag.SamverkansuppdragGe.as_view(), name="uppdrag_ge"),
    path("uppdrag/<int:pk>/avsluta/", uppdrag.SamverkansuppdragAvsluta.as_view(), name="uppdrag_avsluta"),
]
# Under Administration: kept by Försäkringskassan, for everybody.
registersidor = [
    path("organisationer/", register.OrganisationList.as_view(), name="organisationer"),
    path("organisationer/ny/", register.OrganisationCreate.as_view(), name="organisation_ny"),
    path("organisationer/<int:pk>/", register.OrganisationDetail.as_view(), name="organisation"),
    path("organisationer/<int:pk>/andra/", register.OrganisationUpdate.as_view(), name="organisation_andra"),
    path("stadsdelar/", register.StadsdelList.as_view(), name="stadsdelar"),
    path("stadsdelar/ny/", register.StadsdelCreate.as_view(), name="stadsdel_ny"),
    path("stadsdelar/<int:pk>/andra/", register.StadsdelUpdate.as_view(), name="stadsdel_andra"),
]
