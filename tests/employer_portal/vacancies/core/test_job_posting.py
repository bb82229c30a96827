from datetime import date

from employer_portal.vacancies.core.job_posting import Posting, job_posting

LEAST = Posting(
    identifier="1",
    url="https://x.example/jobs/1",
    title="Thợ hàn",
    description="",
    employer="Xưởng",
    employer_url="https://x.example/at/x/",
    posted_on=date(2026, 11, 22),
    valid_until=date(2027, 1, 21),
)


def test_what_is_not_known_is_left_out():
    said = job_posting(LEAST)

    assert said["@type"] == "JobPosting"
    assert said["description"] == "Thợ hàn"
    assert said["validThrough"] == "2027-01-21"
    assert not {"baseSalary", "employmentType", "skills", "occupationalCategory"} & said.keys()
    assert said["jobLocation"] == {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressCountry": "VN"},
    }


def test_a_full_posting_says_everything():
    full = Posting(
        **{name: getattr(LEAST, name) for name in LEAST.__slots__}
        | {
            "contract": "internship",
            "locality": "Hòa Khánh",
            "region": "Đà Nẵng",
            "pay_from": 3_000_000,
            "openings": 2,
            "skills": ("hàn", "bản vẽ"),
            "occupation": "Thợ hàn",
            "isco": "7212",
        }
    )

    said = job_posting(full)

    assert said["employmentType"] == "INTERN"
    assert said["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "minValue": 3_000_000,
        "unitText": "MONTH",
    }
    assert said["skills"] == "hàn, bản vẽ"
    assert said["occupationalCategory"] == "7212 Thợ hàn"
    assert said["jobLocation"]["address"]["addressLocality"] == "Hòa Khánh"
