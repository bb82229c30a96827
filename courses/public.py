"""What other packages may know of courses: facts, and a few answers as plain values."""

from courses.assessment.events import ItemAnswered
from courses.assessment.queries import answers_of
from courses.cards.queries import (
    CertificateCard,
    ClassCard,
    ModuleCard,
    certificates_of,
    classes_open_for,
    classes_studied_by,
    modules_at,
    modules_teaching,
)
from courses.credentials.events import CertificateIssued, CertificateRevoked
from courses.credits.events import CreditEntered
from courses.enrolment.events import LearnerEnrolled, LearnerWithdrew, ModuleCompleted
from courses.figures.queries import (
    DayFigures,
    Figures,
    ModuleFigures,
    day_of,
    learners_by_commune,
    modules_by_skill,
    modules_of,
    of_all,
    of_college,
)
from courses.learning.events import UnitCompleted
from courses.learning.queries import NextStep, next_steps_of
from courses.standings.queries import (
    ClassStanding,
    LearnerStanding,
    QuietPlace,
    classes_of,
    quiet_at,
)

__all__ = [
    "CertificateCard",
    "CertificateIssued",
    "CertificateRevoked",
    "ClassCard",
    "ClassStanding",
    "CreditEntered",
    "DayFigures",
    "Figures",
    "ItemAnswered",
    "LearnerEnrolled",
    "LearnerStanding",
    "LearnerWithdrew",
    "ModuleCard",
    "ModuleCompleted",
    "ModuleFigures",
    "NextStep",
    "QuietPlace",
    "UnitCompleted",
    "answers_of",
    "certificates_of",
    "classes_of",
    "classes_open_for",
    "classes_studied_by",
    "day_of",
    "learners_by_commune",
    "modules_at",
    "modules_by_skill",
    "modules_of",
    "modules_teaching",
    "next_steps_of",
    "of_all",
    "of_college",
    "quiet_at",
]
