"""What settings say is read once, and refused at the start where it says nothing."""

import pytest
from pydantic import ValidationError

from edu.settings import Settings


@pytest.mark.parametrize(
    ("listed", "places"),
    [
        ("", set()),
        ("10.0.0.5:8080", {("10.0.0.5", 8080)}),
        (" store.internal:443 , [fd00::1]:80, ", {("store.internal", 443), ("fd00::1", 80)}),
    ],
)
def test_private_places_are_an_address_with_a_port_each(listed, places):
    assert Settings(fetch_also=listed).private_places() == places


@pytest.mark.parametrize("listed", ["10.0.0.5", ":8080", "10.0.0.5:http", "10.0.0.5:99999"])
def test_what_names_no_place_stops_the_start(listed):
    with pytest.raises(ValidationError, match="fetch_also"):
        Settings(fetch_also=listed)
