"""What happens to classes as time goes by."""

from courses.catalogue import queries, service
from courses.catalogue.models import ClassGroup
from edu.db import db, inside, unit_of_work
from edu.jobs import job


@job(daily=True)
def close_what_is_over() -> None:
    """Close the classes whose last day is past, at every college."""
    for college_id, class_group_id in queries.over():
        with inside(college_id), unit_of_work():
            service.close_if_over(db.session.get_one(ClassGroup, class_group_id))
