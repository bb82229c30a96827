"""What other packages may know of courses: facts, and a few answers as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from courses.assessment.events import ItemAnswered
from courses.credits.events import CreditEntered
from courses.credentials.events import CertificateIssued
from courses.enrolment.events import LearnerEnrolled, LearnerWithdrew, ModuleCompleted
from courses.learning.events import UnitCompleted

__all__ = [
    "CertificateIssued",
    "CreditEntered",
    "ItemAnswered",
    "LearnerEnrolled",
    "LearnerWithdrew",
    "ModuleCompleted",
    "UnitCompleted",
]
