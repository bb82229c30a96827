import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edu.http.addresses import absolute, is_on_site


@pytest.mark.parametrize("address", ["/", "/account", "/a?b=c&d=%2F%2Fevil#e", "/at/hcm/học"])
def test_paths_of_this_site_are_kept(address):
    assert is_on_site(address)


@given(st.text(alphabet="/\\:@.?#ehtps \t\n\r\x00"))
@example("/\\evil")
@example("//evil")
@example("/\t/evil")
@example("https:evil")
def test_no_address_that_passes_can_name_a_host(address):
    if is_on_site(address):
        assert address[0] == "/"
        assert address[1:2] not in {"/", "\\"}
        assert not set(address) & set("\\\t\n\r\x00 ")


def test_whole_addresses_need_no_request(app):
    assert absolute("accounts.sign_in") == "http://portal.test/sign-in"
    assert absolute("tenancy.show", place="hcm") == "http://portal.test/at/hcm/"
