"""The account pages we use of allauth's, at our addresses. No sign-up, no e-mail pages: what is not here does not exist."""

from allauth.account import views
from django.urls import path, re_path

from behorigheter.konto import bara_lokala_konton
from behorigheter.oidc import FranUtgivaren, TillUtgivaren
from behorigheter.views import andra_faktor, bekrafta, konto
from sus.start.views import LoggaIn, LosenordSaknas

urlpatterns = [
    path("logga-in/", LoggaIn.as_view(), name="account_login"),
    path("logga-in/e-legitimation/", TillUtgivaren.as_view(), name="oidc_logga_in"),
    path("logga-in/e-legitimation/svar/", FranUtgivaren.as_view(), name="oidc_svar"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("konto/", konto.Konto.as_view(), name="konto"),
    path("konto/inloggningar/", konto.Inloggningar.as_view(), name="konto_inloggningar"),
    path("konto/inloggningar/avsluta/", konto.InloggningAvsluta.as_view(), name="konto_inloggning_avsluta"),
    path("konto/inloggningar/avsluta-andra/", konto.InloggningarAvslutaAndra.as_view(), name="konto_inloggningar_avsluta_andra"),
    path("konto/fortsatt/", konto.Fortsatt.as_view(), name="konto_fortsatt"),
    path("konto/klart/", konto.Klart.as_view(), name="konto_klart"),
    path("konto/bekrafta/", bekrafta.Bekrafta.as_view(), name="konto_bekrafta"),
    path("konto/andra-faktor/", andra_faktor.AndraFaktor.as_view(), name="mfa_index"),
    path("konto/andra-faktor/kod/", andra_faktor.Kod.as_view(), name="mfa_authenticate"),
    path("konto/andra-faktor/app/", andra_faktor.AppLaggTill.as_view(), name="mfa_activate_totp"),
    path("konto/andra-faktor/app/bild/", andra_faktor.AppBild.as_view(), name="konto_app_bild"),
    path("konto/andra-faktor/app/ta-bort/", andra_faktor.AppTaBort.as_view(), name="mfa_deactivate_totp"),
    path("konto/andra-faktor/nyckel/", andra_faktor.NyckelLaggTill.as_view(), name="mfa_add_webauthn"),
    path("konto/andra-faktor/nyckel/<int:pk>/ta-bort/", andra_faktor.NyckelTaBort.as_view(), name="mfa_remove_webauthn"),
    path("konto/andra-faktor/reservkoder/", andra_faktor.Reservkoder.as_view(), name="mfa_view_recovery_codes"),
    path("konto/andra-faktor/reservkoder/nya/", andra_faktor.ReservkoderNya.as_view(), name="mfa_generate_recovery_codes"),
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
