"""What other packages may know of courses: facts, and a few answers as plain values."""

from courses.assessment.events import ItemAnswered
from courses.credentials.events import CertificateIssued
from courses.credits.events import CreditEntered
from courses.enrolment.events import LearnerEnrolled, LearnerWithdrew, ModuleCompleted
from courses.learning.events import UnitCompleted
from courses.learning.queries import NextStep, next_steps_of

__all__ = [
    "CertificateIssued",
    "CreditEntered",
    "ItemAnswered",
    "LearnerEnrolled",
    "LearnerWithdrew",
    "ModuleCompleted",
    "NextStep",
    "UnitCompleted",
    "next_steps_of",
]
