"""Plant a town whose people wrote hostile text wherever text can be written.

`python -m tests.journeys.hostile_town` plants it into EDU_HOME and prints the cookies of its
people as JSON. Everything goes through the services that pages use; a form would refuse less.
"""

import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from courses.authoring import service as authoring
from courses.catalogue import service as catalogue
from courses.catalogue.models import ClassGroup
from courses.catalogue.service import Run
from courses.credentials import service as credentials
from courses.credits.models import Basis, CreditEntry
from courses.enrolment import service as enrolments
from courses.grading import service as grading
from courses.grading.models import MarkKind
from courses.programmes import service as programmes
from courses.programmes.service import ModuleText
from courses.sharing import service as sharing
from edu.accounts import service as accounts
from edu.accounts.models import Guardianship, Person, Role
from edu.app import create_app
from edu.audit import service as audit
from edu.db import db, inside, today, unit_of_work
from edu.guardians import service as guardians
from edu.jobs import run_due
from edu.lrs.keys import service as keys
from edu.lrs.public import agent_of, record
from edu.setup import prepare
from edu.taxonomy.models import Occupation, Skill
from edu.tenancy.models import Organisation
from employer_portal.companies import service as companies
from employer_portal.companies.service import CompanyFacts
from employer_portal.contacts import service as contacts
from employer_portal.needs import service as needs
from employer_portal.needs.models import Contract
from employer_portal.needs.service import NeedText
from employer_portal.profiles import service as profiles
from employer_portal.profiles.models import Purpose
from employer_portal.profiles.service import Choice
from oer_repository.public import Licence
from tests import factories

MARK = "zzq{{7*7}}{%raw%}"
HOSTILE = f"{MARK}'\"></title></textarea></script><svg/onload=pwn()><img src=x onerror=pwn()>\u202e"
"""Whatever shows it as anything but letters runs `pwn()`."""

BOTH = {"vi": HOSTILE, "en": HOSTILE}

LESSON = f"""# {HOSTILE}

{HOSTILE}

<script>pwn()</script> <svg><script>pwn()</script></svg> <b onclick="pwn()">b</b>

<details open ontoggle="pwn()"><iframe src="javascript:pwn()"></iframe></details>

<style>*{{display:none}}</style><base href="//evil.example"><form action="javascript:pwn()">

[a](javascript:pwn()) [b](JaVaScRiPt&#58;pwn()) [c](data:text/html,<script>pwn()</script>)
<javascript:pwn()> ![d](javascript:pwn()) ![e](x"onerror="pwn()) [f]: vbscript:pwn()

| {HOSTILE} | b |
| --- | --- |
| `{HOSTILE}` | [x](https://x.example "\\"onmouseover=pwn()") |

```html "><svg onload=pwn()>
{HOSTILE}
```

Note[^1] $<svg onload=pwn()>$

[^1]: {HOSTILE}

```quiz check
? {HOSTILE} {{#hostile-1}}
- [x] {HOSTILE}
  > {HOSTILE}
- [ ] <svg onload=pwn()>
  > <img src=x onerror=pwn()>
```
"""


@dataclass
class Town:
    """Its organisations, and one person for each eye."""

    college: Organisation
    employer: Organisation
    province: Organisation
    people: dict[str, Person]
    skill: Skill
    occupation: Occupation


def settle() -> Town:
    """People and organisations with hostile names."""
    college, employer = factories.a_college("thu"), factories.an_employer("xuong")
    province = factories.a_province()
    roles = {
        "learner": (None, None),
        "guardian": (None, None),
        "teacher": (Role.TEACHER, college),
        "manager": (Role.MANAGER, college),
        "recruiter": (Role.RECRUITER, employer),
        "officer": (Role.OFFICER, province),
    }
    people = {
        name: factories.a_person(HOSTILE, role=role, at=at) for name, (role, at) in roles.items()
    }
    with unit_of_work():
        for place in (college, employer, province):
            place.name, place.about = BOTH, BOTH
        for person in people.values():
            person.phone = "<b>'\"090"
            accounts.create_access_token(person, name=HOSTILE[:100], scopes=["read"])
            accounts.start_session(person, device=HOSTILE)
        skill = Skill(code="s1", label=BOTH)
        occupation = Occupation(code="o1", label=BOTH, isco="7212", synonyms={"vi": [HOSTILE]})
        db.session.add_all([skill, occupation])
    with unit_of_work():
        guardians.ask(people["guardian"], people["learner"].email)
    with unit_of_work():
        tie = db.session.query(Guardianship).one()
        guardians.decide(tie, actor=people["learner"], agrees=True)
    return Town(college, employer, province, people, skill, occupation)


def teach(town: Town) -> ClassGroup:
    """A programme, a lesson with questions, the lesson as an open resource, and a class."""
    teacher, manager = town.people["teacher"], town.people["manager"]
    day = today()
    with inside(town.college.id), unit_of_work():
        programme = programmes.create_programme(code="p1", title=BOTH, about=BOTH, level=4)
        version = programmes.draft_version(
            programme, valid_from=day, rule_set="vn-vocational-2022", credits=53
        )
        about = ModuleText(code="M<b>1", title=BOTH, about=BOTH, credits=3)
        module = programmes.add_module(version, about, outcomes=[(BOTH, town.skill.id)])
        programmes.put_in_force(version)
    with inside(town.college.id), unit_of_work():
        ends = day + timedelta(days=60)
        run = Run(code="K1<b>", starts_on=day - timedelta(days=30), ends_on=ends, is_open=True)
        group = catalogue.open_class(manager, module, run, teacher=teacher)
        catalogue.publish(manager, group)
    with inside(town.college.id), unit_of_work():
        unit = authoring.add_unit(teacher, module, title=BOTH)
        authoring.edit(teacher, unit, {"vi": LESSON, "en": LESSON})
        authoring.publish(teacher, unit)
        offer = sharing.Offer(licence=Licence.BY, authors=[HOSTILE], description=BOTH)
        sharing.share_unit(teacher, unit, offer)
    return group


def study(town: Town, group: ClassGroup) -> None:
    """The learner takes part, is marked, has two certificates; one is revoked in hostile words."""
    learner, manager = town.people["learner"], town.people["manager"]
    with inside(town.college.id), unit_of_work():
        place = enrolments.enrol(group, learner)
        grading.give(manager, place, MarkKind.REGULAR, Decimal(8))
        audit.record(HOSTILE[:60], actor_id=learner.id, subject=manager, note=HOSTILE)
        keys.create_key(HOSTILE[:100], ("all",))
        record(
            {
                "actor": agent_of(learner) | {"name": HOSTILE},
                "verb": {"id": "http://x.example/v", "display": BOTH},
                "object": {
                    "id": "http://x.example/a",
                    "definition": {"name": BOTH, "description": BOTH},
                },
            }
        )
    for is_revoked in (False, True):
        with inside(town.college.id), unit_of_work():
            entry = CreditEntry(
                learner_id=learner.id,
                module_id=group.module_id,
                module_code="M<b>1",
                module_title=BOTH,
                credits=3,
                basis=Basis.STUDY,
                rule_set="vn-vocational-2022",
            )
            db.session.add(entry)
            db.session.flush()
            certificate = credentials.issue(entry)
            if is_revoked:
                credentials.revoke(manager, certificate, because=HOSTILE)


def hire(town: Town) -> None:
    """A company that says hostile things, its job, a candidate, and what they wrote each other."""
    learner, recruiter = town.people["learner"], town.people["recruiter"]
    with inside(town.employer.id), unit_of_work():
        facts = CompanyFacts(
            tax_code="9900000016", about=BOTH, website="https://x.example/'\"onmouseover=pwn()"
        )
        company = companies.describe(recruiter, town.employer, facts)
        companies.verify(town.people["officer"], company)
    wish = NeedText(
        title=BOTH,
        occupation=town.occupation,
        skills=[(town.skill, True)],
        contract=Contract.FULL_TIME,
        about=BOTH,
    )
    with inside(town.employer.id), unit_of_work():
        need = needs.draft(recruiter, wish)
        needs.publish(recruiter, need)
    with unit_of_work():
        profile = profiles.show(learner, Choice(headline=HOSTILE, declared=[town.skill]))
        profiles.agree(learner, Purpose.BE_FOUND)
    with inside(town.employer.id), unit_of_work():
        contacts.ask(recruiter, need, profile, message=HOSTILE)


def main() -> None:
    """Plant and tell."""
    app = create_app()
    with app.app_context():
        prepare()
        town = settle()
        study(town, teach(town))
        hire(town)
        run_due()
        told = {}
        serializer = app.session_interface.get_signing_serializer(app)
        for name, person in town.people.items():
            with unit_of_work():
                token = accounts.start_session(person)
            told[name] = serializer.dumps({"sign_in": token, "_permanent": True})
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
