from django.urls import URLPattern

app_name = "behorigheter"
urlpatterns: list[URLPattern] = []
