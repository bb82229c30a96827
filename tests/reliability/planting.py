"""Plant a small college into EDU_HOME and print, as JSON, what a drill needs to know of it.

`python -m tests.reliability.planting`: a class with a quiz, its learners signed in, a class with
one last place and fifty who want it, a key to the record store.
"""

import json
import sys

from edu.accounts import service as accounts
from edu.accounts.models import Person
from edu.app import create_app
from edu.db import inside, unit_of_work
from edu.lrs.keys import service as keys
from edu.setup import prepare
from edu.tenancy.models import Organisation
from tests.courses import classroom
from tests.factories import a_college, a_person

STUDENTS = 4
HOPEFUL = 50


def _signed_in(app, person: Person) -> str:
    """The cookie of a browser in which the person is signed in."""
    with unit_of_work():
        token = accounts.start_session(person)
    serializer = app.session_interface.get_signing_serializer(app)
    return serializer.dumps({"sign_in": token, "_permanent": True})


def _key(college: Organisation) -> tuple[str, str]:
    with inside(college.id), unit_of_work():
        made = keys.create_key("a player")
    return made.key.username, made.secret


def main() -> None:
    """Plant and tell."""
    app = create_app()
    with app.app_context():
        prepare()
        college = a_college("thu")
        skill = classroom.a_skill()
        room = classroom.a_class(college, [skill], lessons=1, questions=2)
        students = [a_person(f"Học viên {number}") for number in range(STUDENTS)]
        for student in students:
            classroom.enrol(room, student)
        wanted = classroom.a_class(college, [skill], lessons=1, questions=0)
        with inside(college.id), unit_of_work():
            wanted.group.capacity = 1
        hopeful = [a_person(f"Người chờ {number}") for number in range(HOPEFUL)]
        told = {
            "place": college.code,
            "class_group": str(room.group.id),
            "unit": str(room.units[0].id),
            "quiz": str(room.quizzes[0].id),
            "items": [str(entry.item_id) for entry in room.quizzes[0].entries],
            "last_place": str(wanted.group.id),
            "students": [_signed_in(app, person) for person in students],
            "hopeful": [_signed_in(app, person) for person in hopeful],
            "key": _key(college),
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
