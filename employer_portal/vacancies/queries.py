"""Find open vacancies, by words or newest first, at every employer: they are public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from edu.db import db
from edu.i18n import LanguageMap, local, locale
from edu.search import current
from edu.search.index import Document, Hits, SearchQuery, Text
from edu.settings import in_force
from edu.taxonomy import queries as taxonomy
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation
from employer_portal.needs import queries as needs
from employer_portal.needs.models import SkillNeed
from employer_portal.needs.service import SEARCHED_AS
from employer_portal.vacancies.core.job_posting import Posting, job_posting

FACETS = ("offered", "commune")
SIZE = 24


@dataclass(frozen=True)
class Vacancy:
    """An open need with the names that a list shows beside it."""

    need: SkillNeed
    employer: Organisation
    commune: LanguageMap


def with_names(found: Iterable[SkillNeed]) -> list[Vacancy]:
    """Add employers' and communes' names, in one read each."""
    listed = list(found)
    communes = taxonomy.place_names(need.place_code for need in listed)
    hiring = tenancy.named({need.tenant_id for need in listed})
    return [
        Vacancy(need, hiring[need.tenant_id], communes.get(need.place_code, {})) for need in listed
    ]


def search(
    text: str, chosen: Mapping[str, tuple[str, ...]], cursor: str | None = None
) -> tuple[list[Vacancy], Hits]:
    """Find vacancies by words, best first, or the newest; accents may be left out."""
    hits = current.index().search(
        SearchQuery(
            text=text,
            kinds=(SEARCHED_AS,),
            facets=chosen,
            language=locale(),
            count_facets=FACETS,
            cursor=cursor,
            size=SIZE,
        )
    )
    ids = [UUID(hit.id) for hit in hits.items]
    found = needs.by_ids(ids)
    return with_names(found[key] for key in ids if key in found), hits


def as_json_ld(vacancy: Vacancy) -> dict[str, object]:
    """Describe a vacancy for search engines, in the reader's language."""
    need, base = vacancy.need, in_force().base_url
    province = tenancy.province()
    return job_posting(
        Posting(
            identifier=str(need.id),
            url=f"{base}/jobs/{need.id}",
            title=local(need.title),
            description=local(need.about),
            employer=local(vacancy.employer.name),
            employer_url=f"{base}/at/{vacancy.employer.code}/",
            posted_on=(need.published_at or need.created_at).date(),
            valid_until=need.valid_until,
            contract=need.contract.value if need.contract else "",
            locality=local(vacancy.commune),
            region=local(_name_of_place(province.place_code)) if province else "",
            pay_from=need.pay_from,
            pay_to=need.pay_to,
            openings=need.openings,
            skills=[local(entry.skill.label) for entry in need.skills],
            occupation=local(need.occupation.label),
            isco=need.occupation.isco,
        )
    )


def _name_of_place(code: str) -> LanguageMap:
    return taxonomy.place_names([code]).get(code, {})


class JobDocuments:
    """Open vacancies as the search index holds them."""

    kind = SEARCHED_AS

    def document_for(self, document_id: str) -> Document | None:
        """Describe a vacancy; None when nobody is to find it."""
        need = needs.by_ids([UUID(document_id)]).get(UUID(document_id))
        if need is None:
            return None
        employer = tenancy.get(need.tenant_id)
        texts = {
            language: Text(
                title=need.title[language],
                body=f"{need.about.get(language, '')}\n{local(employer.name, language)}",
                keywords=tuple(
                    local(label, language)
                    for label in (
                        need.occupation.label,
                        *(entry.skill.label for entry in need.skills),
                    )
                ),
            )
            for language in need.title
        }
        commune = (need.place_code,) if need.place_code else ()
        return Document(
            id=document_id,
            kind=self.kind,
            texts=texts,
            changed_at=need.published_at or need.created_at,
            facets={"offered": (need.kind.value,), "commune": commune},
            tenant_id=need.tenant_id,
        )

    def all_ids(self) -> Iterable[str]:
        """Name every open vacancy."""
        found = db.session.scalars(
            needs.vacancies().with_only_columns(SkillNeed.id).execution_options(all_tenants=True)
        )
        return [str(need_id) for need_id in found]
