import pytest

from courses.authoring import queries as authoring
from courses.authoring import service as writing
from courses.sharing import service
from courses.sharing.service import Offer
from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden, Invalid
from edu.lrs.core.vocabulary import Verb
from edu.lrs.public import statements
from oer_repository.public import Licence, card, get
from tests.courses.classroom import a_module, a_skill
from tests.courses.workshop import imported, unit_called
from tests.factories import a_college, a_person

BY = Offer(licence=Licence.BY, authors=["Trần Minh Quang"], description={"vi": "Về gas"})


@pytest.fixture
def unit(teacher, module):
    a_skill("sk-gas", "Gas lạnh", "Refrigerants")
    imported(teacher, module, publish=True, skills={"gas-1": ["sk-gas"]})
    return unit_called(module, "01-an-toan.md")


@pytest.fixture
def vy(app):
    return a_person("Đỗ Thị Khánh Vy", role=Role.TEACHER, at=a_college("khac"))


@pytest.fixture
def her_module(vy):
    return a_module(vy.memberships[0].organisation)


def share(teacher, unit, offer=BY):
    with inside(unit.tenant_id), unit_of_work():
        return service.share_unit(teacher, unit, offer)


def reuse(person, module, resource_id):
    with inside(module.tenant_id), unit_of_work():
        return service.reuse(person, module, resource_id)


def licensed(unit, licence):
    with inside(unit.tenant_id), unit_of_work():
        unit.source_licence = licence
    return unit


# Giving -------------------------------------------------------------------------------------


def test_a_shared_lesson_is_whole_in_every_language(teacher, unit):
    resource = get(share(teacher, unit))

    latest = resource.latest
    assert latest.title == {"vi": "An toàn", "en": "Safety"}
    assert set(latest.body) == {"vi", "en"}
    assert "# An toàn" not in latest.body["vi"]
    assert "http://content.test/files/" in latest.body["vi"]
    assert 'src="http://content.test/files/' in latest.html["vi"]
    assert [entry.skill.code for entry in resource.skills] == ["sk-gas"]


def test_links_to_other_lessons_keep_their_words_alone(teacher, unit):
    html = get(share(teacher, unit)).latest.html["vi"]

    assert "bài sau" in html
    assert "/~" not in html
    assert "02-gas.md" not in html


def test_sharing_again_is_the_next_version_of_the_same(teacher, unit):
    first = share(teacher, unit)

    again = share(teacher, unit)

    assert again == first
    assert len(get(first).versions) == 2


def test_sharing_is_told_to_the_record_in_the_same_breath(teacher, unit):
    share(teacher, unit)

    with inside(unit.tenant_id):
        (told,) = statements(verb=Verb.SHARED.iri)
    assert told.statement["object"]["id"].endswith(f"/units/{unit.id}")
    assert told.statement["actor"]["account"]["name"] == str(teacher.id)


def test_a_draft_is_not_shared(teacher, module):
    imported(teacher, module)

    with pytest.raises(writing.NothingToPublish):
        share(teacher, unit_called(module, "02-gas.md"))


def test_somebody_must_have_written_it(teacher, unit):
    with pytest.raises(Invalid):
        share(teacher, unit, Offer(licence=Licence.BY, authors=[], description={}))


def test_others_do_not_share_it(unit, dn_college):
    learner = a_person("An", role=Role.LEARNER, at=dn_college)

    with pytest.raises(Forbidden):
        share(learner, unit)


@pytest.mark.parametrize(
    ("source", "licence", "is_offered"),
    [
        ("", Licence.CC0, True),
        ("", Licence.BY_NC_ND, True),
        ("CC-BY-4.0", Licence.CC0, False),
        ("CC-BY-4.0", Licence.BY_SA, True),
        ("CC-BY-SA-4.0", Licence.BY, False),
        ("CC-BY-SA-4.0", Licence.BY_SA, True),
        ("CC-BY-NC-4.0", Licence.BY, False),
        ("CC-BY-ND-4.0", Licence.BY_ND, False),
        ("MIT", Licence.CC0, False),
        ("MIT", Licence.BY, True),
        ("all rights reserved", Licence.BY, False),
    ],
)
def test_only_licences_that_fit_the_source_are_offered(unit, source, licence, is_offered):
    assert (licence in service.licences_for(licensed(unit, source))) is is_offered


def test_cc_by_is_suggested(unit):
    assert service.licences_for(licensed(unit, ""))[0] is Licence.BY


def test_a_licence_that_drops_the_sources_terms_is_refused(teacher, unit):
    licensed(unit, "CC-BY-SA-4.0")

    with pytest.raises(service.NotYoursToShare):
        share(teacher, unit)


# Taking -------------------------------------------------------------------------------------


def test_a_lesson_taken_is_a_draft_with_whose_work_it_is(teacher, unit, vy, her_module):
    resource_id = share(teacher, unit)

    taken = reuse(vy, her_module, resource_id)

    with inside(her_module.tenant_id):
        draft = authoring.draft_of(taken)
    assert taken.published is None
    assert taken.title == {"vi": "An toàn", "en": "Safety"}
    assert taken.derived_from == f"resource:{resource_id}"
    assert taken.source_licence == "CC-BY-4.0"
    assert set(taken.attribution) == {"vi", "en"}
    assert "Trần Minh Quang" in taken.attribution["vi"]
    assert "Gas nào cháy được?" in draft.source["vi"]


def test_its_pictures_come_along(teacher, unit, vy, her_module):
    taken = reuse(vy, her_module, share(teacher, unit))

    with inside(her_module.tenant_id), unit_of_work():
        version = writing.publish(vy, taken)
        (asset,) = authoring.assets_in(her_module)

    assert f"/~asset/{asset.id}" in "".join(block.html for block in version.blocks)
    assert (asset.width, asset.height) == (1, 1)


def test_reuse_is_noted_once(teacher, unit, vy, her_module):
    resource_id = share(teacher, unit)

    first = reuse(vy, her_module, resource_id)
    second = reuse(vy, her_module, resource_id)

    assert first.id == second.id
    assert card(get(resource_id)).reuses == 1


def test_a_changed_lesson_says_that_it_was_adapted(teacher, unit, vy, her_module):
    taken = reuse(vy, her_module, share(teacher, unit))
    assert "Adapted" not in taken.attribution["en"]

    with inside(her_module.tenant_id), unit_of_work():
        writing.edit(vy, taken, {"vi": "# An toàn\n\nTheo xưởng của tôi."})
        writing.edit(vy, taken, {"vi": "# An toàn\n\nTheo xưởng của chúng tôi."})

    assert taken.attribution["en"].endswith("Adapted.")
    assert taken.attribution["vi"].count("Đã chỉnh sửa.") == 1


def test_what_is_made_of_it_keeps_to_its_licence(teacher, unit, vy, her_module):
    licensed(unit, "")
    offer = Offer(licence=Licence.BY_SA, authors=["Quang"], description={})

    taken = reuse(vy, her_module, share(teacher, unit, offer))

    assert service.licences_for(taken) == (Licence.BY_SA,)


def test_what_may_not_be_changed_is_not_taken(teacher, unit, vy, her_module):
    licensed(unit, "")
    resource_id = share(
        teacher, unit, Offer(licence=Licence.BY_ND, authors=["Quang"], description={})
    )

    with pytest.raises(service.NotAdaptable):
        reuse(vy, her_module, resource_id)


def test_nobody_takes_it_into_the_module_of_others(teacher, unit, vy, module):
    resource_id = share(teacher, unit)

    with pytest.raises(Forbidden):
        reuse(vy, module, resource_id)
