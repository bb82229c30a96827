from edu.tenancy import queries


def test_a_college_is_opened_with_one_command(app):
    said = app.test_cli_runner().invoke(
        args=["organisation", "add", "song-thu", "--kind", "college", "--name", "Trường Sông Thu"]
    )

    assert said.exit_code == 0, said.output
    assert queries.by_code("song-thu").name == {"vi": "Trường Sông Thu"}


def test_a_code_that_cannot_stand_in_an_address_is_refused_kindly(app):
    said = app.test_cli_runner().invoke(
        args=["organisation", "add", "Sông Thu", "--kind", "college", "--name", "X"]
    )

    assert said.exit_code == 1
    assert "Traceback" not in said.output


def test_a_code_is_given_once(app):
    runner = app.test_cli_runner()
    wanted = ["organisation", "add", "song-thu", "--kind", "college", "--name", "X"]
    runner.invoke(args=wanted)

    assert "song-thu already" in runner.invoke(args=wanted).output
