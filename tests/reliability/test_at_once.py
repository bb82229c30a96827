"""Many do the same thing in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.reliability.installation import Browser, form_at

MANY = 50


def _together(asks) -> list[int]:
    """Let everybody ask at the same moment; give the statuses."""
    gate = Barrier(len(asks))

    def ask(one) -> int:
        gate.wait(60)
        return one().status

    with ThreadPoolExecutor(len(asks)) as crowd:
        return sorted(crowd.map(ask, asks))


def test_fifty_want_the_last_place_and_one_gets_it(installation):
    installation.serve()
    told = installation.told
    page = f"/at/{told['place']}/classes/{told['last_place']}"
    action = f"{page}/enrolment"
    crowd = [installation.browser(cookie) for cookie in told["hopeful"]]

    def wanting(browser: Browser):
        fields = form_at(browser.get(page).text, action)
        return lambda: browser.post(action, fields)

    with ThreadPoolExecutor(8) as readers:
        asks = list(readers.map(wanting, crowd))

    statuses = _together(asks)

    taken = "SELECT count(*) FROM enrolment WHERE class_group_id = ?"
    assert len(crowd) == MANY
    assert statuses == [303] + [409] * (MANY - 1)
    assert installation.count(taken, told["last_place"].replace("-", "")) == 1


def test_one_submission_sent_fifty_times_counts_once(installation):
    installation.serve()
    learner = installation.browser(installation.told["students"][0])
    fields = form_at(learner.get(installation.lesson).text, installation.question)
    answer = fields | {"choice": "a"}

    statuses = _together([lambda: learner.post(installation.question, answer)] * MANY)
    for _ in range(3):
        statuses.append(learner.post(installation.question, answer).status)

    assert statuses == [303] * (MANY + 3)
    assert installation.count("SELECT count(*) FROM answer") == 1
    assert installation.count("SELECT count(*) FROM job WHERE name LIKE '%learn_from'") == 1


def test_another_answer_to_the_same_question_is_another_attempt(installation):
    installation.serve()
    learner = installation.browser(installation.told["students"][0])
    fields = form_at(learner.get(installation.lesson).text, installation.question)

    for choice in ("b", "a"):
        assert learner.post(installation.question, fields | {"choice": choice}).status == 303

    attempts = installation.rows("SELECT attempt, is_correct FROM answer ORDER BY attempt")
    assert attempts == [(1, 0), (2, 1)]


def test_one_statement_stored_by_fifty_at_once_is_one_statement(installation):
    installation.serve()
    statement = {
        "id": "0193a1b2-0000-7000-8000-000000000001",
        "actor": {"mbox": "mailto:an@example.test"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": "http://example.test/may-han"},
    }
    player = installation.browser()

    statuses = _together([lambda: player.put_statement(statement)] * MANY)

    assert statuses == [204] * MANY
    stored = "SELECT count(*) FROM lrs_statement WHERE id = ?"
    assert installation.count(stored, statement["id"].replace("-", "")) == 1
