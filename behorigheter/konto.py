"""Local accounts through allauth: accounts are ordered, never signed up for."""

from allauth.account.adapter import DefaultAccountAdapter


class KontoAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
