"""The account pages we use of allauth's, at our addresses. No sign-up, no e-mail pages: what is not here does not exist."""

from allauth.account import views
from django.urls import path, re_path

from behorigheter.konto import bara_lokala_konton
from behorigheter.oidc import FranUtgivaren, TillUtgivaren
from sus.start.views import LoggaIn, LosenordSaknas

urlpatterns = [
    path("logga-in/", LoggaIn.as_view(), name="account_login"),
    path("logga-in/e-legitimation/", TillUtgivaren.as_view(), name="oidc_logga_in"),
    path("logga-in/e-legitimation/svar/", FranUtgivaren.as_view(), name="oidc_svar"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("konto/avstangt/", views.account_inactive, name="account_inactive"),
    path("konto/losenord/", bara_lokala_konton(views.password_change), name="account_change_password"),
    path("konto/losenord/saknas/", bara_lokala_konton(LosenordSaknas.as_view()), name="account_set_password"),
    path("konto/losenord/glomt/", bara_lokala_konton(views.password_reset), name="account_reset_password"),
    path("konto/losenord/glomt/skickat/", bara_lokala_konton(views.password_reset_done), name="account_reset_password_done"),
    path("konto/losenord/valj/klart/", bara_lokala_konton(views.password_reset_from_key_done), name="account_reset_password_from_key_done"),
    re_path(
        r"^konto/losenord/valj/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        bara_lokala_konton(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
