from courses.sharing.core.addresses import files_named, with_whole_addresses

WHOLE = {"kho.png": "https://content/files/t/kho.png", "%E1%BA%A3nh.png": "https://c/files/t/a.png"}


def whole(markdown):
    return with_whole_addresses(markdown, WHOLE.get)


def test_pictures_become_whole_wherever_they_are_named():
    assert whole("![Kho](kho.png)") == "![Kho](https://content/files/t/kho.png)"
    assert whole('<img src="kho.png">') == '<img src="https://content/files/t/kho.png">'
    assert whole("![Kho](<kho.png>)") == "![Kho](<https://content/files/t/kho.png>)"
    assert whole("![Kho][k]\n\n[k]: kho.png") == "![Kho][k]\n\n[k]: https://content/files/t/kho.png"


def test_vietnamese_names_are_found_as_they_are_written():
    assert whole("![x](ảnh.png)") == "![x](https://c/files/t/a.png)"


def test_words_and_other_addresses_stay():
    text = "Tệp kho.png nằm ở [đây](https://example.vn/kho.png) và ![x](kho.png.bak)"

    assert whole(text) == text
    assert whole("Tệp kho.png: ![x](kho.png)").startswith("Tệp kho.png: ![x](https://")


def test_files_of_ours_are_found_again():
    text = "![a](https://content/files/token/kho%20gas.png) [b](https://example.vn/other) [c](http://[)"

    assert list(files_named(text)) == [
        ("https://content/files/token/kho%20gas.png", "token", "kho gas.png")
    ]


def test_an_address_that_is_none_is_passed_over():
    assert list(files_named('<img src="//[/files/t/a.png">')) == []
