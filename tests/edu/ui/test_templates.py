"""What every template obeys, and what the macros of forms promise to screen readers."""

import re

import pytest
from flask import render_template, render_template_string
from jinja2 import Environment
from lxml import html
from wtforms import FileField, Form, RadioField, StringField
from wtforms.validators import InputRequired

from edu.ui import charts
from edu.ui.pages import FeatureLoader
from edu.ui.styleguide import samples

NAMES = [name for name in FeatureLoader().list_templates() if name.endswith(".html")]
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*nonce=)|javascript:", re.IGNORECASE
)


class JoinForm(Form):
    name = StringField(
        "Họ và tên", [InputRequired("Hãy viết họ và tên")], description="Như căn cước"
    )
    shift = RadioField(
        "Buổi học", [InputRequired("Hãy chọn")], choices={"am": "Sáng", "pm": "Chiều"}
    )
    paper = FileField("Học bạ")


@pytest.fixture
def draw(built_app):
    def _draw(source, **context):
        with built_app.test_request_context("/", base_url="http://portal.test"):
            return html.fromstring(render_template_string(source, **context))

    return _draw


@pytest.fixture
def guide(built_app):
    with built_app.test_request_context("/?lang=en", base_url="http://portal.test"):
        return html.fromstring(render_template("styleguide.html", **samples()))


def _refused():
    form = JoinForm(data={"name": ""})
    assert not form.validate()
    return form


@pytest.mark.parametrize("name", NAMES)
def test_no_template_has_inline_style_or_script(name):
    source, _, _ = FeatureLoader().get_source(Environment(autoescape=True), name)

    assert INLINE.findall(source) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_button_has_a_type(name):
    source, _, _ = FeatureLoader().get_source(Environment(autoescape=True), name)

    assert [tag for tag in re.findall(r"<button[^>]*>", source) if "type=" not in tag] == []


def test_a_field_is_tied_to_its_label_hint_and_error(draw):
    page = draw('{% from "macros/forms.html" import field %}{{ field(f) }}', f=_refused().name)

    control = page.get_element_by_id("name")
    assert page.xpath("//label[@for='name']")[0].text_content().startswith("Họ và tên")
    assert control.get("aria-invalid") == "true"
    described = [page.get_element_by_id(i) for i in control.get("aria-describedby").split()]
    assert [d.text_content().strip() for d in described] == ["Như căn cước", "Hãy viết họ và tên"]


def test_a_field_without_fault_says_nothing_of_faults(draw):
    page = draw(
        '{% from "macros/forms.html" import field %}<div>{{ field(f, autocomplete="name") }}</div>',
        f=JoinForm(data={"name": "Thảo"}).name,
    )

    control = page.get_element_by_id("name")
    assert control.get("aria-invalid") is None
    assert control.get("aria-describedby") == "name-hint"
    assert control.get("autocomplete") == "name"
    assert control.get("value") == "Thảo"


def test_choices_are_a_named_group_whose_first_option_can_be_reached(draw):
    page = draw('{% from "macros/forms.html" import choices %}{{ choices(f) }}', f=_refused().shift)

    assert page.tag == "fieldset"
    assert page.find("legend").text_content().startswith("Buổi học")
    assert page.get("aria-describedby") == "shift-error"
    assert [option.get("id") for option in page.iter("input")] == ["shift", "shift-2"]
    assert all(label.find("input") is not None for label in page.iter("label"))


def test_a_file_field_tells_its_limits_beforehand(draw):
    page = draw(
        '{% from "macros/forms.html" import file_field %}'
        '{{ file_field(f, "PDF, 10 MB", accept=".pdf") }}',
        f=JoinForm().paper,
    )

    control = page.get_element_by_id("paper")
    assert control.get("accept") == ".pdf"
    assert page.get_element_by_id(control.get("aria-describedby")).text == "PDF, 10 MB"


def test_the_error_summary_takes_focus_and_leads_to_each_field(draw):
    page = draw(
        '{% from "macros/forms.html" import form, fields %}'
        '<div>{% call form("/join", f, submit="Gửi") %}{{ fields(f) }}{% endcall %}</div>',
        f=_refused(),
    )

    (summary,) = page.find_class("error-summary")
    assert summary.get("tabindex") == "-1"
    assert "autofocus" in summary.attrib
    targets = [link.get("href").removeprefix("#") for link in summary.iter("a")]
    assert targets == ["name", "shift"]
    assert {page.get_element_by_id(target).tag for target in targets} == {"input"}


def test_a_form_posts_its_token(draw):
    page = draw('{% from "macros/forms.html" import form %}{% call form("/join") %}{% endcall %}')

    assert page.get("method") == "post"
    assert len(page.xpath("//input[@name='csrf_token']/@value")[0]) > 20


def test_text_from_people_is_escaped_everywhere_a_macro_shows_it(draw):
    evil = "<img src=x onerror=alert(1)>"

    page = draw(
        """{% from "macros/cards.html" import card, link_card, next_step, row, stat %}
        {% from "macros/badges.html" import badge %}{% from "macros/empty.html" import empty %}
        {% import "macros/charts.html" as chart %}
        <div>{% call card(x) %}{% endcall %}{{ link_card(x, "/") }}{{ next_step(x, "/", x, x) }}
        {{ row(x, "/", x) }}{{ stat(x, x, x) }}{{ badge(x) }}{{ empty(x, x) }}
        {{ chart.bars(bars, x, head=x) }}</div>""",
        x=evil,
        bars=charts.bars([(evil, 3)]),
    )

    assert page.xpath("//img") == []
    assert page.text_content().count(evil) >= 12


def test_a_chart_tells_its_numbers_as_a_table(guide):
    figures = guide.xpath("//figure[contains(@class, 'chart') and not(contains(@class, 'ring'))]")

    assert len(figures) == 6
    for figure in figures:
        assert figure.find("figcaption").text_content().strip()
        assert len(figure.xpath(".//details//tbody/tr")) >= 2


def test_the_style_guide_refers_only_to_what_is_there(guide):
    ids = guide.xpath("//@id")

    assert len(ids) == len(set(ids))
    named = guide.xpath("//@for | //@aria-labelledby | //@aria-describedby")
    assert {one for names in named for one in names.split()} <= set(ids)
    assert {
        link.removeprefix("#")
        for link in guide.xpath("//@href[starts-with(., '#')]")
        if link != "#"
    } <= set(ids)
    assert len(guide.xpath("//h1")) >= 1


def test_every_page_names_itself_its_language_and_a_way_past_the_menu(guide):
    assert guide.get("lang") == "en"
    assert guide.find(".//title").text == "Style guide · Nghề Số"
    assert guide.xpath("//a[@class='skip-link']/@href") == ["#main"]
    assert guide.get_element_by_id("main").tag == "main"
    assert guide.xpath("//*[@role='status']")
