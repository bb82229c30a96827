"""Why an activity is recommended, as a code and values; each code is one plain sentence.

`almost-solid`, for example: "You answered 3 of 4 about refrigerant pressure correctly; one more
lesson makes it solid."
"""

from analytics.recommendation.core.activity import Activity, Kind, Reason, Skill

ALMOST = 0.25  # from this probability of mastery on, a skill is called almost solid
RIGHT = 0.5  # from this score on, an answer is called correct


def reason_for(activity: Activity, skill: Skill | None, *, is_founded: bool = True) -> Reason:
    """The reason that fits the activity and what is known of its skill.

    `is_founded`: what comes before the skill is solid enough to build on.
    """
    match activity.kind:
        case Kind.CONTINUE:
            return Reason("unit-begun", {"percent": round(100 * activity.progress)})
        case Kind.DEADLINE if activity.hours_left < 0:
            return Reason("deadline-passed", {"hours": round(-activity.hours_left)})
        case Kind.DEADLINE:
            return Reason("deadline-near", {"hours": round(activity.hours_left)})
        case Kind.REVIEW:
            days = round(activity.overdue_days)
            return Reason("review-due", {"skill": activity.skill or "", "days": days})
        case Kind.GAP:
            return Reason("closes-gap", {"percent": round(100 * activity.closes)})
        case _:
            return _of_skill(activity.skill, skill, is_founded=is_founded)


def _of_skill(name: str | None, skill: Skill | None, *, is_founded: bool) -> Reason:
    if name is None or skill is None or not (skill.results or is_founded):
        return Reason("next-in-plan", {})
    if not skill.results:
        code = "prerequisites-solid" if skill.requires else "new-skill"
        return Reason(code, {"skill": name})
    correct = sum(result >= RIGHT for result in skill.results)
    values: dict[str, float | str] = {
        "skill": name,
        "correct": correct,
        "answered": len(skill.results),
    }
    if skill.mastery >= ALMOST:
        return Reason("almost-solid", values)
    if progress(skill.results) > 0:
        return Reason("improving", values)
    return Reason("not-yet-solid", values)


def progress(results: tuple[float, ...]) -> float:
    """How much better the later half of the results is than the earlier half; negative if worse.

    Clément et al. 2015, "Multi-armed bandits for intelligent tutoring systems", §4.2. The middle
    result of an odd number belongs to the earlier half; with fewer than two there is no progress.
    """
    later = len(results) // 2
    if not later:
        return 0.0
    cut = len(results) - later
    return sum(results[cut:]) / later - sum(results[:cut]) / cut
