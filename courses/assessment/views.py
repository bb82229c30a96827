"""Questions on a page: shown, answered, explained."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup

from courses.assessment import queries, service
from courses.assessment.core import items as core
from courses.assessment.core.presentation import presented
from courses.assessment.core.render import plain_html
from courses.assessment.core.scoring import score
from courses.assessment.forms import response_from
from courses.assessment.models import Answer, Item, Quiz
from courses.catalogue import queries as catalogue
from courses.enrolment import queries as enrolments
from courses.enrolment.models import Enrolment
from edu.db import unit_of_work, utcnow
from edu.errors import NotFound
from edu.http.session import actor
from edu.i18n import local

bp = Blueprint("assessment", __name__)


@dataclass(frozen=True)
class Asked:
    """An item as a page shows it: in this learner's order, with the last answer explained."""

    item: Item
    content: core.Item
    options: tuple[core.Option, ...]
    answer: Answer | None
    feedback: list[str]
    shown: str

    @property
    def chosen(self) -> object:
        """What was answered last, to show it again."""
        return self.answer.response["value"] if self.answer else None

    def markdown(self, text: core.LanguageMap) -> Markup:
        """A short text of the item as safe HTML."""
        return _rendered(local(dict(text)))


@lru_cache(maxsize=4096)
def _rendered(markdown: str) -> Markup:
    return Markup(plain_html(markdown))  # noqa: S704 - cleaned by nh3


def asked(enrolment: Enrolment, item: Item, answer: Answer | None) -> Asked:
    """Prepare an item for its page."""
    content = core.from_json(item.content)
    feedback: list[str] = []
    if answer is not None:
        keys = score(content, answer.response["value"]).feedback
        feedback = [local(dict(content.feedback[key])) for key in keys]
    stamp = _signer().dumps([str(item.id), utcnow().timestamp()])
    return Asked(
        item,
        content,
        presented(content, str(enrolment.id)),
        answer,
        feedback,
        stamp if isinstance(stamp, str) else stamp.decode(),
    )


def asked_in(enrolment: Enrolment, quiz: Quiz) -> list[Asked]:
    """Prepare every item of a quiz."""
    answers = queries.latest_answers(enrolment, [entry.item_id for entry in quiz.entries])
    return [asked(enrolment, entry.item, answers.get(entry.item_id)) for entry in quiz.entries]


@bp.post("/at/<place>/classes/<uuid:class_group_id>/quizzes/<uuid:quiz_id>/items/<uuid:item_id>")
def answer(class_group_id: UUID, quiz_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Take the learner's answer; show the item again with its explanation."""
    enrolment = enrolments.own(actor(), catalogue.get_for(actor(), class_group_id))
    quiz = queries.quiz(quiz_id)
    item = next((entry.item for entry in quiz.entries if entry.item_id == item_id), None)
    if item is None or quiz.unit.module_id != enrolment.class_group.module_id:
        raise NotFound
    response = response_from(core.from_json(item.content), request.form)
    is_fragment = "HX-Request" in request.headers
    if not response and is_fragment:
        return _item(enrolment, quiz, asked(enrolment, item, None), is_missing=True), 422
    if not response:
        return redirect(_lesson(enrolment, quiz, item, missing=item_id), 303)
    with unit_of_work():
        given, _ = service.answer(enrolment, item, response, shown_at=_shown_at(item), quiz=quiz)
    if is_fragment:
        return _item(enrolment, quiz, asked(enrolment, item, given))
    return redirect(_lesson(enrolment, quiz, item), 303)


def _lesson(enrolment: Enrolment, quiz: Quiz, item: Item, *, missing: UUID | None = None) -> str:
    """The address of a question in its lesson; `missing` has its answer asked for there."""
    return url_for(
        "learning.unit",
        class_group_id=enrolment.class_group_id,
        unit_id=quiz.unit_id,
        missing=missing,
        _anchor=f"i-{item.id}",
    )


def _item(enrolment: Enrolment, quiz: Quiz, shown: Asked, *, is_missing: bool = False) -> str:
    return render_template(
        "courses/assessment/_item.html",
        group=enrolment.class_group,
        quiz=quiz,
        asked=shown,
        is_missing=is_missing,
    )


@bp.get("/at/<place>/classes/<uuid:class_group_id>/practice/<uuid:skill_id>")
def practice(class_group_id: UUID, skill_id: UUID) -> ResponseReturnValue:
    """Practise one skill: one question at a time, as long as one likes."""
    enrolment = enrolments.own(actor(), catalogue.get_for(actor(), class_group_id))
    item = queries.practice_item(enrolment, skill_id)
    if item is None:
        raise NotFound
    return _practice_page(enrolment, skill_id, asked(enrolment, item, None))


@bp.post("/at/<place>/classes/<uuid:class_group_id>/practice/<uuid:skill_id>")
def practised(class_group_id: UUID, skill_id: UUID) -> ResponseReturnValue:
    """Take the answer to a practice question and explain it."""
    enrolment = enrolments.own(actor(), catalogue.get_for(actor(), class_group_id))
    item = queries.item_to_practise(enrolment, skill_id, request.form.get("item", ""))
    response = response_from(core.from_json(item.content), request.form)
    if not response:
        shown = asked(enrolment, item, None)
        return _practice_page(enrolment, skill_id, shown, is_missing=True), 422
    with unit_of_work():
        given, _ = service.answer(enrolment, item, response, shown_at=_shown_at(item))
    return _practice_page(enrolment, skill_id, asked(enrolment, item, given))


def _practice_page(
    enrolment: Enrolment, skill_id: UUID, shown: Asked, *, is_missing: bool = False
) -> str:
    return render_template(
        "courses/assessment/practice.html",
        group=enrolment.class_group,
        skill=next(entry.skill for entry in shown.item.skills if entry.skill_id == skill_id),
        asked=shown,
        is_missing=is_missing,
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="shown-at")


def _shown_at(item: Item) -> datetime:
    """When the item was shown, as our own page noted it; now if the note is not ours."""
    try:
        item_id, moment = _signer().loads(request.form.get("shown", ""))
    except (BadSignature, ValueError):
        return utcnow()
    return datetime.fromtimestamp(moment, UTC) if item_id == str(item.id) else utcnow()
