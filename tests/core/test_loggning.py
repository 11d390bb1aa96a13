"""What the log of the process may hold."""

import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from organisations.models import Organisation
from sus.core.loggning import UtanRadinnehall

HEMLIGT = "Hemliga\n\nVägen 3"


@pytest.mark.django_db
def test_an_error_from_the_database_is_logged_without_the_row_that_broke_it():
    namn = HEMLIGT  # the traceback quotes the code
    try:
        with transaction.atomic():
            Organisation.objects.create(namn=namn, typ="okand")
    except IntegrityError:
        text = UtanRadinnehall().formatException(sys.exc_info())

    assert "organisation_kand_typ" in text
    assert "The above exception was the direct cause" in text
    assert "IntegrityError" in text
    assert "Hemliga" not in text
    assert "Vägen 3" not in text


def test_every_handler_of_the_process_leaves_rows_out():
    formatterare = settings.LOGGING["formatters"]
    assert {formatterare[hanterare["formatter"]]["class"] for hanterare in settings.LOGGING["handlers"].values()} == {
        "sus.core.loggning.UtanRadinnehall"
    }
