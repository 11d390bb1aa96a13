"""Letters that follow from a change: written in its transaction, sent when it is certain that the change holds."""

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string


def skicka(mall, *, amne, till, **context):
    """The same letter to each of the addresses; empty ones are left out. A mail server that does not answer stops nothing.

    After the transaction the request has no rights, so whatever the letter reads it must read now.
    """
    text = render_to_string(mall, context)
    for adress in dict.fromkeys(adress for adress in till if adress):
        transaction.on_commit(partial(send_mail, amne, text, settings.DEFAULT_FROM_EMAIL, [adress]), robust=True)
