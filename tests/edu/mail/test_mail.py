import email
import email.policy
import io
import ssl

import pytest

from edu.mail.adapters.console_mailer import ConsoleMailer
from edu.mail.adapters.memory_mailer import MemoryMailer
from edu.mail.adapters.smtp_mailer import SmtpMailer, SmtpServer
from edu.mail.from_url import from_url
from edu.mail.mailer import BadAddress, BadHeader, Letter, MailRefused, MailUnavailable, as_email

SENDER = "nghe-so@college.test"
LETTER = Letter(
    to="an@learner.test",
    subject="Bạn đã được nhận vào lớp Điện lạnh",
    text="Xin chào An,\n\n.một dòng bắt đầu bằng dấu chấm\nHẹn gặp bạn.\n",
    html="<p>Xin chào <b>An</b></p>",
    reply_to="teacher@college.test",
)


def received(content: bytes):
    return email.message_from_bytes(content, policy=email.policy.default)


@pytest.fixture
def mailer(server, certificate):
    """A mailer to the server on loopback, whose certificate it trusts."""

    def make(**more) -> SmtpMailer:
        trust = more.pop("trust", ssl.create_default_context(cafile=certificate))
        place = SmtpServer(host="127.0.0.1", port=server.port, timeout=5, **more)
        return SmtpMailer(place, sender=SENDER, tls=trust)

    return make


def test_a_letter_arrives_as_it_was_written(mailer, server):
    mailer().send(LETTER)

    (content,) = server.letters
    message = received(content)
    assert message["Subject"] == LETTER.subject
    assert (message["From"], message["To"]) == (SENDER, LETTER.to)
    assert message["Reply-To"] == "teacher@college.test"
    assert message["Message-ID"].endswith("@college.test>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.tzinfo is not None
    plain, html = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert plain.get_content().splitlines() == LETTER.text.splitlines()
    assert html.get_content().strip() == LETTER.html
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_letter_without_html_is_plain():
    message = as_email(Letter(to="a@b.test", subject="x", text="y"), sender=SENDER)

    assert message.get_content_type() == "text/plain"
    assert message["Reply-To"] is None


def test_the_password_is_told_only_under_tls(mailer, server):
    mailer(username="an", password="mat:khau").send(LETTER)

    verbs = [command.split(" ")[0] for command in server.commands]
    assert verbs.index("STARTTLS") < verbs.index("AUTH")
    assert len(server.letters) == 1


def test_tls_from_the_first_byte(mailer, server):
    server.is_tls = True

    mailer(is_tls=True).send(LETTER)

    assert len(server.letters) == 1
    assert "STARTTLS" not in server.commands


def test_a_server_that_is_not_trusted_gets_no_letter(mailer, server):
    with pytest.raises(MailUnavailable):
        mailer(trust=ssl.create_default_context(), username="an", password="mat:khau").send(LETTER)

    assert server.letters == []
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_without_tls_letters_go_to_loopback_only(mailer, server):
    server.offers_starttls = False

    mailer().send(LETTER)
    assert len(server.letters) == 1

    elsewhere = SmtpServer(host="localhost.localdomain", port=server.port)
    abroad = SmtpMailer(elsewhere, sender=SENDER)
    abroad._connected = mailer()._connected  # a name that leads here, but is not loopback's
    with pytest.raises(MailRefused, match="no TLS"):
        abroad.send(LETTER)
    assert len(server.letters) == 1


@pytest.mark.parametrize(
    ("verb", "answer", "error"),
    [
        ("RCPT", "550 no such person", MailRefused),
        ("RCPT", "450 mailbox busy", MailUnavailable),
        ("MAIL", "530 sign in first", MailRefused),
        ("MAIL", "421 closing", MailUnavailable),
        ("DATA", "554 spam", MailRefused),
        ("DATA", "451 later", MailUnavailable),
    ],
)
def test_a_refusal_is_final_or_not_as_the_server_says(mailer, server, verb, answer, error):
    server.answers[verb] = answer

    with pytest.raises(error) as failure:
        mailer().send(LETTER)

    if error is MailRefused:
        assert failure.value.values["reason"] == answer


def test_a_wrong_password_is_final(mailer):
    with pytest.raises(MailRefused, match="535"):
        mailer(username="an", password="wrong").send(LETTER)


def test_a_server_that_is_away_may_come_back(server):
    nowhere = SmtpServer(host="127.0.0.1", port=server.port, timeout=1)
    server.server_close()

    with pytest.raises(MailUnavailable):
        SmtpMailer(nowhere, sender=SENDER).send(LETTER)


HOSTILE = ["x\r\nBcc: all@evil.test", "x\nSubject: y", "x\r", "x\0", "x\u2028y", "x\x0b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_subject_writes_no_headers(text):
    with pytest.raises(BadHeader):
        as_email(Letter(to="a@b.test", subject=text, text=""), sender=SENDER)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "an",
        "an@",
        "@b.test",
        "a b@c.test",
        "a@b.test, c@d.test",
        "An <an@b.test>",
        "a@b..test",
        "a@b.test\r\nBcc: c@d.test",
        "đ@b.test",
        f"{'a' * 65}@b.test",
    ],
)
def test_only_one_plain_address_is_taken(address):
    for more in ({"to": address}, {"to": "a@b.test", "reply_to": address or "x"}):
        with pytest.raises(BadAddress):
            as_email(Letter(subject="x", text="", **more), sender=SENDER)
    with pytest.raises(BadAddress):
        as_email(Letter(to="a@b.test", subject="x", text=""), sender=address)


def test_the_console_shows_a_letter_to_read(capsys):
    ConsoleMailer(sender=SENDER).send(LETTER)
    output = io.StringIO()
    ConsoleMailer(sender=SENDER, output=output).send(LETTER)

    assert output.getvalue() == capsys.readouterr().err
    for part in (LETTER.subject, "To: an@learner.test", "Hẹn gặp bạn."):
        assert part in output.getvalue()


def test_memory_keeps_letters_and_refuses_like_the_others():
    mailer = MemoryMailer(sender=SENDER)

    mailer.send(LETTER)
    with pytest.raises(BadHeader):
        mailer.send(Letter(to="a@b.test", subject="x\n", text=""))

    assert mailer.sent == [LETTER]
    assert mailer.messages[0]["To"] == LETTER.to


def test_a_password_that_smtp_cannot_say_is_refused_at_once():
    with pytest.raises(ValueError, match="ASCII"):
        from_url("smtp://an:m%E1%BA%ADt@mail.test", sender=SENDER)


def test_an_address_chooses_the_mailer():
    assert isinstance(from_url("console://", sender=SENDER), ConsoleMailer)
    assert isinstance(from_url("memory://", sender=SENDER), MemoryMailer)
    plain = from_url("smtp://an:m%40t@mail.test", sender=SENDER)
    tls = from_url("smtps://mail.test:4650", sender=SENDER)
    assert plain._server == SmtpServer(
        host="mail.test", port=587, username="an", password="m@t", is_tls=False
    )
    assert tls._server == SmtpServer(host="mail.test", port=4650, is_tls=True)
    assert "m@t" not in repr(plain._server)


@pytest.mark.parametrize("url", ["", "smtp://", "http://mail.test", "mail.test"])
def test_another_address_is_refused(url):
    with pytest.raises(ValueError, match="not the address"):
        from_url(url, sender=SENDER)
