"""Verbs and activity types of our own statements, from the vocabularies other systems know.

Sources: the ADL vocabulary, the cmi5 profile and the Tin Can registry.
"""

from enum import Enum, StrEnum

from edu.lrs.core.json_in import JsonObject

_ADL = "http://adlnet.gov/expapi/verbs/"
_CMI5 = "https://w3id.org/xapi/adl/verbs/"
_TIN_CAN = "http://id.tincanapi.com/verb/"


class Verb(Enum):
    """What a person did: the verb's IRI and its display in English and Vietnamese."""

    ANSWERED = (_ADL + "answered", "answered", "đã trả lời")
    ASKED = (_ADL + "asked", "asked", "đã hỏi")
    ATTEMPTED = (_ADL + "attempted", "attempted", "đã làm bài")
    ATTENDED = (_ADL + "attended", "attended", "đã tham dự")
    COMMENTED = (_ADL + "commented", "commented", "đã bình luận về")
    COMPLETED = (_ADL + "completed", "completed", "đã hoàn thành")
    EXITED = (_ADL + "exited", "exited", "đã thoát")
    EXPERIENCED = (_ADL + "experienced", "experienced", "đã học")
    FAILED = (_ADL + "failed", "failed", "không đạt")
    INITIALIZED = (_ADL + "initialized", "initialized", "đã bắt đầu")
    INTERACTED = (_ADL + "interacted", "interacted", "đã tương tác")
    LAUNCHED = (_ADL + "launched", "launched", "đã mở")
    MASTERED = (_ADL + "mastered", "mastered", "đã thành thạo")
    PASSED = (_ADL + "passed", "passed", "đã đạt")
    PROGRESSED = (_ADL + "progressed", "progressed", "đã học thêm một phần")
    REGISTERED = (_ADL + "registered", "registered", "đã ghi danh")
    RESUMED = (_ADL + "resumed", "resumed", "đã học tiếp")
    SCORED = (_ADL + "scored", "scored", "đã được chấm điểm")
    SHARED = (_ADL + "shared", "shared", "đã chia sẻ")
    SUSPENDED = (_ADL + "suspended", "suspended", "đã tạm dừng")
    TERMINATED = (_ADL + "terminated", "terminated", "đã kết thúc")
    VOIDED = (_ADL + "voided", "voided", "đã hủy bỏ")
    ABANDONED = (_CMI5 + "abandoned", "abandoned", "đã bỏ dở")
    SATISFIED = (_CMI5 + "satisfied", "satisfied", "đã đáp ứng yêu cầu của")
    WAIVED = (_CMI5 + "waived", "waived", "được miễn")
    EARNED = (_TIN_CAN + "earned", "earned", "đã nhận được")

    def __init__(self, iri: str, english: str, vietnamese: str) -> None:
        self.iri = iri
        self.display = {"vi": vietnamese, "en": english}

    def as_json(self) -> JsonObject:
        """The verb as a statement carries it."""
        return {"id": self.iri, "display": dict(self.display)}


class ActivityType(StrEnum):
    """What an activity is, by the IRI of its type."""

    ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
    ATTEMPT = "http://adlnet.gov/expapi/activities/attempt"
    COURSE = "http://adlnet.gov/expapi/activities/course"
    FILE = "http://adlnet.gov/expapi/activities/file"
    INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
    LESSON = "http://adlnet.gov/expapi/activities/lesson"
    LINK = "http://adlnet.gov/expapi/activities/link"
    MEDIA = "http://adlnet.gov/expapi/activities/media"
    MEETING = "http://adlnet.gov/expapi/activities/meeting"
    MODULE = "http://adlnet.gov/expapi/activities/module"
    OBJECTIVE = "http://adlnet.gov/expapi/activities/objective"
    PERFORMANCE = "http://adlnet.gov/expapi/activities/performance"
    PROFILE = "http://adlnet.gov/expapi/activities/profile"
    QUESTION = "http://adlnet.gov/expapi/activities/question"
    SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
    CMI5_BLOCK = "https://w3id.org/xapi/cmi5/activitytype/block"
    CMI5_COURSE = "https://w3id.org/xapi/cmi5/activitytype/course"
    BADGE = "http://activitystrea.ms/schema/1.0/badge"
    RESOURCE = "http://id.tincanapi.com/activitytype/resource"
