"""What other packages may know of courses: facts, and a few answers as plain values."""

from courses.assessment.events import ItemAnswered
from courses.credentials.events import CertificateIssued
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
    "CertificateIssued",
    "CollegeFigures",
    "CreditEntered",
    "DayFigures",
    "ItemAnswered",
    "LearnerEnrolled",
    "LearnerWithdrew",
    "ModuleCompleted",
    "ModuleFigures",
    "NextStep",
    "UnitCompleted",
    "days_of",
    "modules_of",
    "next_steps_of",
    "of_college",
]
