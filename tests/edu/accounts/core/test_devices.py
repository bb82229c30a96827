import pytest

from edu.accounts.core.devices import recognise


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/141.0.0.0 Mobile Safari/537.36"
            ),
            ("Chrome", "Android"),
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            ("Safari", "iPhone"),
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "coc_coc_browser/130.0.0 Chrome/124.0.0.0 Safari/537.36"
            ),
            ("Cốc Cốc", "Windows"),
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0", ("Edge", "Windows")),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            ("Firefox", "Linux"),
        ),
        ("curl/8.5", ("", "")),
    ],
)
def test_browser_and_system_have_their_everyday_names(user_agent, expected):
    assert tuple(recognise(user_agent)) == expected
