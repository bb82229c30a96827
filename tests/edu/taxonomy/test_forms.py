import pytest
from flask import render_template_string
from lxml import html

from edu.http.forms import TextField, required
from edu.taxonomy.forms import FormWithSkills, SkillPickerField


class NeedForm(FormWithSkills):
    title = TextField("Title", [required()])
    skills = SkillPickerField("Skills", [required()], most=2, description="What it takes")


class OutcomeForm(FormWithSkills):
    skill = SkillPickerField("Skill", most=1)


ARC, TIG, MIG = "sk-arc-welding", "sk-tig-welding", "sk-mig-welding"
TEMPLATE = '{% from "edu/taxonomy/_picker.html" import skill_picker %}{{ skill_picker(f) }}'


@pytest.fixture
def posted(app, ours, monkeypatch):
    """`posted(NeedForm, {…})`: the form as a browser posts it."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)

    def post(kind, data, **begin):
        context = app.test_request_context(
            "/", method="POST", data=data, base_url="http://portal.test"
        )
        context.push()
        contexts.append(context)
        return kind(**begin)

    contexts = []
    yield post
    for context in reversed(contexts):
        context.pop()


def inputs(form, name):
    page = html.fromstring(render_template_string(TEMPLATE, f=form[name]))
    return {
        box.get("value"): box.get("checked") is not None
        for box in page.xpath(f"//input[@name='{name}']")
    }


def test_ticked_skills_are_the_answer(posted):
    form = posted(NeedForm, {"title": "Welder", "skills": [TIG, ARC, TIG]})

    assert form.validate()
    assert form.skills.data == [TIG, ARC]
    assert [skill.code for skill in form.skills.chosen] == [TIG, ARC]


def test_a_form_begins_with_what_is_there(app, ours):
    with app.test_request_context("/", base_url="http://portal.test"):
        form = NeedForm(skills=[ARC])

        assert inputs(form, "skills") == {ARC: True}
        assert not form.skills.is_finding


def test_find_shows_the_form_again_without_errors_and_keeps_what_is_ticked(posted):
    form = posted(NeedForm, {"skills": [ARC], "skills-q": "hàn", "skills-find": "1"})

    assert not form.validate()
    assert form.errors == {}
    shown = inputs(form, "skills")
    assert shown[ARC] is True
    assert shown[TIG] is False


def test_find_without_words_sends_the_form(posted):
    form = posted(NeedForm, {"title": "W", "skills": [ARC], "skills-q": " ", "skills-find": "1"})

    assert form.validate()


def test_words_left_in_the_box_do_not_hinder_sending(posted):
    form = posted(NeedForm, {"title": "W", "skills": [ARC], "skills-q": "hàn"})

    assert form.validate()


def test_no_skill_is_an_error_where_one_is_required(posted):
    form = posted(NeedForm, {"title": "Welder"})

    assert not form.validate()
    assert list(form.errors) == ["skills"]
    page = html.fromstring(render_template_string(TEMPLATE, f=form.skills))
    box = page.xpath("//fieldset")[0]
    assert box.get("aria-describedby").split() == ["skills-hint", "skills-error"]
    assert page.xpath("//*[@id='skills-error']")
    assert page.xpath("//*[@id='skills-hint']")


def test_too_many_skills_are_an_error(posted):
    form = posted(NeedForm, {"title": "Welder", "skills": [ARC, TIG, MIG]}, meta={"locales": []})

    assert not form.validate()
    assert "2" in form.errors["skills"][0]


def test_a_code_nobody_could_tick_is_an_error(posted):
    form = posted(NeedForm, {"title": "Welder", "skills": [ARC, "sk-none"]})

    assert not form.validate()
    assert list(form.errors) == ["skills"]
    assert inputs(form, "skills") == {ARC: True}


def test_one_skill_is_chosen_by_radio_buttons_and_can_be_let_go(posted):
    form = posted(OutcomeForm, {"skill": [ARC], "skill-q": "tig", "skill-find": "1"})

    assert inputs(form, "skill") == {ARC: True, "": False, TIG: False}
    page = html.fromstring(render_template_string(TEMPLATE, f=form.skill))
    assert {box.get("type") for box in page.xpath("//input[@name='skill']")} == {"radio"}

    none = posted(OutcomeForm, {"skill": [""]})
    assert none.validate()
    assert none.skill.data == []


def test_the_field_answers_its_label_and_asks_as_one_types(posted):
    form = posted(NeedForm, {})
    page = html.fromstring(render_template_string(TEMPLATE, f=form.skills))

    (words,) = page.xpath("//input[@name='skills-q']")
    assert page.xpath(f"//label[@for='{words.get('id')}']")
    assert words.get("hx-get") == "/taxonomy/skills/find?field=skills&most=2"
    assert page.xpath("//button[@type='submit'][@name='skills-find'][@formnovalidate]")


def test_words_that_find_nothing_are_said_again(posted):
    form = posted(NeedForm, {"skills-q": "<zzz>", "skills-find": "1"})

    assert "&lt;zzz&gt;" in render_template_string(TEMPLATE, f=form.skills)


def test_the_fragment_gives_the_same_boxes(client, ours):
    answer = client.get(
        "/taxonomy/skills/find",
        query_string={"field": "skills", "most": 5, "skills-q": "hàn", "skills": ARC},
    )

    page = html.fromstring(answer.text)
    boxes = page.xpath("//input[@name='skills'][@type='checkbox']")
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == [ARC]
    assert len(boxes) > 1
    assert "<html" not in answer.text


@pytest.mark.parametrize("name", ["", "1x", "a b", '"><script>'])
def test_the_fragment_has_no_field_of_such_a_name(client, name):
    assert client.get("/taxonomy/skills/find", query_string={"field": name}).status_code == 404
