"""A login. The table holds a hash of the cookie's key, so that a row read out of it opens nothing."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from behorigheter.models.anvandare import Anvandare


class Session(AbstractBaseSession):
    session_key = models.CharField("nyckelns hash", max_length=64, primary_key=True)
    anvandare = models.ForeignKey(
        Anvandare, on_delete=models.CASCADE, null=True, related_name="sessioner"
    )  # a login is nothing without its user
    skapad = models.DateTimeField("inloggad", auto_now_add=True)
    senast = models.DateTimeField("senast använd", auto_now_add=True)
    ip = models.GenericIPAddressField("ip-adress", null=True)
    webblasare = models.CharField("webbläsare", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "inloggning"
        verbose_name_plural = "inloggningar"
        indexes = [models.Index(fields=["anvandare", "-senast"]), models.Index(fields=["expire_date"])]

    def __str__(self):
        return f"{self.anvandare} {self.skapad:%Y-%m-%d %H:%M}"
