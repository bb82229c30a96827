"""`edu up`: one program in the foreground that takes its parts with it when it ends."""

import signal
import socket
from contextlib import closing

import pytest

from tests.reliability.installation import children_of, is_alive, wait_until


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_ends_every_part(installation, number):
    program = installation.up()
    parts = program.children()

    code = program.end(number)

    assert set(parts) == {"valkey", "worker", "web"}
    assert code == 0
    assert [name for name, pid in parts.items() if is_alive(pid)] == []
    assert not installation.answers()


def test_another_one_in_the_same_home_is_refused_kindly_and_harms_nothing(installation):
    installation.up()

    second, wiping = installation.start("up"), installation.start("wipe", "--yes")

    refusal = f"Another `edu up` already works in {installation.home}."
    assert second.process.wait(60) == 1
    assert wiping.process.wait(60) == 1
    assert refusal in second.said
    assert f"{refusal} Stop it first." in wiping.said
    assert "Traceback" not in second.said + wiping.said
    assert installation.answers()
    assert installation.count("SELECT count(*) FROM person") > 0


def test_a_port_in_use_is_said_with_a_way_out(installation):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()

        program = installation.start("up")

        assert program.process.wait(60) == 1
        assert f"Port {installation.port} is in use" in program.said
        assert f"EDU_PORT={installation.port + 1}" in program.said
        assert "Traceback" not in program.said


def test_killed_itself_it_still_takes_its_parts_with_it_and_can_start_again(installation):
    program = installation.up()
    parts = program.children()

    program.end(signal.SIGKILL)

    wait_until(lambda: not any(is_alive(pid) for pid in parts.values()), seconds=15)
    installation.up()
    assert installation.browser().get("/").status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_several_processes_of_the_web_server_end_with_the_one_that_began_them(installation, number):
    installation.settings["EDU_WEB_PROCESSES"] = "2"
    program = installation.serve()
    wait_until(lambda: len(children_of(program.process.pid)) == 2)
    processes = children_of(program.process.pid)
    assert "Traceback" not in program.said

    program.end(number)

    wait_until(lambda: not any(is_alive(pid) for pid in processes), seconds=15)
    assert not installation.answers()
