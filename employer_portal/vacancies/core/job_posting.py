"""A vacancy in the words of schema.org, which search engines read (schema.org/JobPosting)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

EMPLOYMENT_TYPES = {
    "full-time": "FULL_TIME",
    "part-time": "PART_TIME",
    "seasonal": "TEMPORARY",
    "internship": "INTERN",
    "apprenticeship": "OTHER",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A vacancy as plain values in one language; empty texts and None are left out."""

    identifier: str
    url: str
    title: str
    description: str
    employer: str
    employer_url: str
    posted_on: date
    valid_until: date
    contract: str = ""
    locality: str = ""
    region: str = ""
    pay_from: int | None = None
    pay_to: int | None = None
    openings: int = 1
    skills: Sequence[str] = ()
    occupation: str = ""
    isco: str = ""


def job_posting(posting: Posting) -> dict[str, object]:
    """Write a vacancy as JSON-LD. Pay is gross, in đồng a month."""
    return _said(
        {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "identifier": {
                "@type": "PropertyValue",
                "name": posting.employer,
                "value": posting.identifier,
            },
            "url": posting.url,
            "title": posting.title,
            "description": posting.description or posting.title,
            "datePosted": posting.posted_on.isoformat(),
            "validThrough": posting.valid_until.isoformat(),
            "employmentType": EMPLOYMENT_TYPES.get(posting.contract),
            "totalJobOpenings": posting.openings,
            "hiringOrganization": {
                "@type": "Organization",
                "name": posting.employer,
                "sameAs": posting.employer_url,
            },
            "jobLocation": _place(posting),
            "baseSalary": _pay(posting),
            "skills": ", ".join(posting.skills),
            "occupationalCategory": f"{posting.isco} {posting.occupation}".strip(),
            "directApply": True,
        }
    )


def _place(posting: Posting) -> dict[str, object]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": posting.locality,
        "addressRegion": posting.region,
        "addressCountry": "VN",
    }
    return {"@type": "Place", "address": _said(address)}


def _pay(posting: Posting) -> dict[str, object] | None:
    if posting.pay_from is None and posting.pay_to is None:
        return None
    value = {
        "@type": "QuantitativeValue",
        "minValue": posting.pay_from,
        "maxValue": posting.pay_to,
        "unitText": "MONTH",
    }
    return {"@type": "MonetaryAmount", "currency": "VND", "value": _said(value)}


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "")}
