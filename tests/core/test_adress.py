import pytest
from django.http import Http404, QueryDict

from sus.core.adress import valt_ar


@pytest.mark.parametrize(("fraga", "ar"), [("ar=2011", 2011), ("ar=2010&ar=2011", 2011), ("ar=", None), ("sida=2", None)])
def test_the_year_of_the_address_is_read(fraga, ar):
    assert valt_ar(QueryDict(fraga), range(2009, 2013)) == valt_ar(QueryDict(fraga)) == ar


@pytest.mark.parametrize("text", ["abc", "11", "20111", "-2011", "٢٠١١", "2011.0", " 2011", "3011", "9" * 5000])
def test_what_is_no_year_is_no_page(text):
    with pytest.raises(Http404):
        valt_ar({"ar": text})


def test_a_year_that_cannot_be_chosen_is_no_page():
    assert valt_ar({"ar": "2013"}) == 2013
    for arval in (range(2009, 2013), []):
        with pytest.raises(Http404):
            valt_ar({"ar": "2013"}, arval)
