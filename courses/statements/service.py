"""Say in xAPI what learners do, in the unit of work in which they do it.

Verbs and shapes follow the cmi5 and ADL vocabularies. Activities have the address of their page;
the registration ties together everything of one learner's run of one class (cmi5 §9.4).
"""

from typing import Any

from courses.assessment.core import interactions
from courses.assessment.core.items import Item
from courses.assessment.core.scoring import Outcome
from courses.assessment.models import Answer
from courses.authoring.models import Unit
from courses.catalogue.models import ClassGroup
from courses.enrolment.models import Enrolment
from edu.accounts.models import Person
from edu.lrs.core import build
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.public import agent_of, record
from edu.settings import in_force

Json = dict[str, Any]  # a part of a statement; edu.lrs checks it

SHOWN_AT = "/xapi/extensions/shown-at"
ATTEMPT = "/xapi/extensions/attempt"
SKILLS = "/xapi/extensions/skills"


def address(path: str) -> str:
    """Make the IRI of something of ours."""
    return f"{in_force().base_url}{path}"


def class_activity(group: ClassGroup) -> Json:
    """The run of a module, as an activity."""
    return build.activity(
        address(f"/classes/{group.id}"), ActivityType.COURSE, name=group.module.title
    )


def module_activity(group: ClassGroup) -> Json:
    """The module itself, the same for every class of it."""
    return build.activity(
        address(f"/modules/{group.module_id}"), ActivityType.MODULE, name=group.module.title
    )


def unit_activity(unit: Unit) -> Json:
    """A unit, whatever its version."""
    return build.activity(address(f"/units/{unit.id}"), ActivityType.LESSON, name=unit.title)


def registered(enrolment: Enrolment) -> None:
    """The learner took a place in a class."""
    _say(enrolment, Verb.REGISTERED, class_activity(enrolment.class_group))


def initialized(enrolment: Enrolment, unit: Unit) -> None:
    """The learner opened a unit for the first time."""
    _say(enrolment, Verb.INITIALIZED, unit_activity(unit))


def resumed(enrolment: Enrolment, unit: Unit) -> None:
    """The learner came back to a unit."""
    _say(enrolment, Verb.RESUMED, unit_activity(unit))


def completed_unit(enrolment: Enrolment, unit: Unit) -> None:
    """The learner finished a unit."""
    _say(enrolment, Verb.COMPLETED, unit_activity(unit), result=build.result(completion=True))


def answered(enrolment: Enrolment, given: Answer, asked: Item, outcome: Outcome) -> None:
    """The learner answered a question (xAPI 1.0.3 Data §2.4.4.1, interaction activities)."""
    activity = {
        "objectType": "Activity",
        "id": address(f"/items/{given.item_id}"),
        "definition": interactions.definition(asked),
    }
    _say(
        enrolment,
        Verb.ANSWERED,
        activity,
        result=build.result(
            success=outcome.correct,
            response=interactions.response_text(asked, given.response["value"]),
            score=build.score(scaled=outcome.scaled),
            extensions={address(ATTEMPT): given.attempt},
        ),
        parent=given.unit,
        extensions={
            address(SHOWN_AT): given.shown_at.isoformat(),
            address(SKILLS): [entry.skill.code for entry in given.item.skills],
        },
    )


def passed_module(enrolment: Enrolment, *, mark: float | None) -> None:
    """Every rule of the module is met."""
    outcome = build.score(raw=mark, lowest=0, highest=10) if mark is not None else None
    _say(
        enrolment,
        Verb.PASSED,
        module_activity(enrolment.class_group),
        result=build.result(success=True, completion=True, score=outcome),
    )


def earned(learner: Person, *, iri_path: str, title: dict[str, str]) -> None:
    """The learner was given a certificate."""
    badge = build.activity(address(iri_path), ActivityType.BADGE, name=title)
    record(build.statement(agent_of(learner), Verb.EARNED, badge))


def shared(teacher: Person, unit: Unit) -> None:
    """A teacher gave a lesson to everyone."""
    record(build.statement(agent_of(teacher), Verb.SHARED, unit_activity(unit)))


def _say(  # noqa: PLR0913 - the parts of a statement
    enrolment: Enrolment,
    verb: Verb,
    activity: Json,
    *,
    result: Json | None = None,
    parent: Unit | None = None,
    extensions: dict[str, object] | None = None,
) -> None:
    group = enrolment.class_group
    record(
        build.statement(
            agent_of(enrolment.learner),
            verb,
            activity,
            result=result,
            context=build.context(
                registration=enrolment.registration,
                parent=[unit_activity(parent)] if parent else [class_activity(group)],
                grouping=[module_activity(group)],
                extensions=extensions,
            ),
        )
    )
