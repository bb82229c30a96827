"""What other packages may know of courses: facts, and a few answers as plain values."""

from courses.assessment.events import ItemAnswered
from courses.cards.queries import (
    CertificateCard,
    ClassCard,
    ModuleCard,
    certificates_of,
    classes_open_for,
    modules_at,
    modules_teaching,
)
from courses.credentials.events import CertificateIssued, CertificateRevoked
from courses.credits.events import CreditEntered
from courses.enrolment.events import LearnerEnrolled, LearnerWithdrew, ModuleCompleted
from courses.figures.queries import (
    CollegeFigures,
    DayFigures,
    ModuleFigures,
    days_of,
    modules_of,
    of_college,
)
from courses.learning.events import UnitCompleted
from courses.learning.queries import NextStep, next_steps_of

__all__ = [
    "CertificateCard",
    "CertificateIssued",
    "CertificateRevoked",
    "ClassCard",
    "CollegeFigures",
    "CreditEntered",
    "DayFigures",
    "ItemAnswered",
    "LearnerEnrolled",
    "LearnerWithdrew",
    "ModuleCard",
    "ModuleCompleted",
    "ModuleFigures",
    "NextStep",
    "UnitCompleted",
    "certificates_of",
    "classes_open_for",
    "days_of",
    "modules_at",
    "modules_of",
    "modules_teaching",
    "next_steps_of",
    "of_college",
]
