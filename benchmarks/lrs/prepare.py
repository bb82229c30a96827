"""Make an empty record with a key, for `throughput`; print `KEY SECRET`."""

from edu.app import create_app
from edu.db import db, inside, unit_of_work
from edu.lrs.keys import service
from edu.tenancy.models import Organisation, OrganisationKind


def main() -> None:
    with create_app().app_context():
        db.create_all()
        college = Organisation(code="bench", kind=OrganisationKind.COLLEGE, name={"vi": "Đo"})
        with unit_of_work():
            db.session.add(college)
        with inside(college.id), unit_of_work():
            made = service.create_key("bench")
        print(made.key.username, made.secret)


if __name__ == "__main__":
    main()
