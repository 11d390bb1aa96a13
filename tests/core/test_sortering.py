import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models.expressions import RawSQL
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sus.core.sortering import SvenskSortering, sortnyckel

I_ORDNING = [
    "",
    "10 steg",
    "2 steg",
    "Ale",
    "alingsås",
    "Angered",
    "Édouard",
    "Eslöv",
    "Laxå",
    "Lilla Edet",
    "Lillan",
    "Mx",
    "Münster",
    "Vallentuna",
    "Växjö",
    "Wien",
    "Zorn",
    "Åmål",
    "Ängelholm",
    "ärla",
    "Ærø",
    "Öckerö",
    "Østersund",
    "Östersund",
]
BAKLANGES = list(reversed(I_ORDNING))


def test_swedish_letters_come_last_and_case_and_accents_do_not_count():
    ordning = sorted(BAKLANGES, key=sortnyckel)

    assert [sortnyckel(ord_) for ord_ in ordning] == [sortnyckel(ord_) for ord_ in I_ORDNING]
    assert sortnyckel("Østersund") == sortnyckel("östersund") < sortnyckel("ÖZ")


def _uttryck(kolumn):
    uttryck, _ = SvenskSortering(RawSQL(kolumn, [])).as_sql(Group.objects.all().query.get_compiler(connection=connection), connection)
    return uttryck


def _sorterade_i_databasen(texter):
    with connection.cursor() as markor:
        markor.execute(f"SELECT text FROM unnest(%s::text[]) WITH ORDINALITY AS rad(text, nr) ORDER BY {_uttryck('text')}, nr", [texter])
        return [rad[0] for rad in markor]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8), max_size=30))
@example(BAKLANGES)
@example(["{", "å", "Å", "|", "z", "~", "\U0001f600", "\uffee", "İ", "ſ", "K"])
def test_postgresql_gives_the_same_order_as_python(texter):
    assert _sorterade_i_databasen(texter) == sorted(texter, key=sortnyckel)


@pytest.mark.django_db
def test_expression_is_immutable_so_that_it_can_be_a_generated_column_and_an_index():
    uttryck = _uttryck("namn")

    with connection.cursor() as markor:
        markor.execute(f'CREATE TEMPORARY TABLE ort (namn text, svensk text COLLATE "C" GENERATED ALWAYS AS ({uttryck}) STORED)')
        markor.execute(f"CREATE INDEX ON ort (({uttryck}))")
        markor.execute("INSERT INTO ort SELECT unnest(%s::text[])", [["Östersund", "Åmål", "Ale"]])
        markor.execute("SELECT namn FROM ort ORDER BY svensk")
        assert [rad[0] for rad in markor] == ["Ale", "Åmål", "Östersund"]


@pytest.mark.django_db
def test_order_does_not_depend_on_the_collation_of_the_database():
    with connection.cursor() as markor:
        markor.execute(f"SELECT pg_collation_for({_uttryck('text')}) FROM (VALUES ('å')) AS rad(text)")
        assert markor.fetchone() == ('"C"',)


@pytest.mark.django_db
def test_querysets_can_be_ordered_by_it():
    namn = ["Ö", "a", "Å", "Z", "ä"]
    Group.objects.bulk_create([Group(name=ett_namn) for ett_namn in namn])

    ordning = Group.objects.order_by(SvenskSortering("name")).values_list("name", flat=True)

    assert list(ordning) == ["a", "Z", "Å", "ä", "Ö"]
