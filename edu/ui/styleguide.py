"""What /styleguide shows: every component with believable words, drawn by the real code."""

from types import SimpleNamespace

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from edu.ui import charts


class SampleForm(Form):
    """Every kind of field."""

    name = StringField(
        "Họ và tên",
        [InputRequired("Hãy viết họ và tên của bạn")],
        description="Như trên căn cước công dân",
    )
    email = EmailField("Thư điện tử")
    password = PasswordField(
        "Mật khẩu",
        [InputRequired("Hãy đặt mật khẩu"), Length(min=8, message="Mật khẩu cần ít nhất 8 ký tự")],
    )
    birthday = DateField("Ngày sinh")
    commune = SelectField(
        "Nơi ở",
        choices={
            "": "Hãy chọn xã, phường",
            "hc": "Phường Hải Châu",
            "hv": "Xã Hòa Vang",
            "dn": "Xã Đại Lộc",
            "ha": "Phường Hội An Tây",
        },
    )
    shift = RadioField(
        "Bạn học được vào lúc nào?",
        [InputRequired("Hãy chọn một buổi")],
        choices={"day": "Ban ngày", "evening": "Buổi tối", "weekend": "Cuối tuần"},
    )
    skills = SelectMultipleField(
        "Bạn đã làm được việc nào?",
        choices={
            "gas": "Nạp gas máy lạnh",
            "weld": "Hàn hồ quang tay",
            "knife": "Sơ chế, cắt tỉa rau củ",
        },
    )
    story = TextAreaField("Vì sao bạn chọn nghề này?", description="Hai, ba câu là đủ")
    transcript = FileField("Học bạ")
    consent = BooleanField("Cho phép nhà trường báo kết quả cho phụ huynh")


class SampleQuestion(Form):
    """One question of a quiz."""

    answer = RadioField(
        "Áp suất gas R32 phía thấp khi máy chạy ổn định ở 32 °C ngoài trời nên vào khoảng nào?",
        choices={"60": "50–70 psi", "130": "120–150 psi", "400": "380–420 psi"},
    )


CALLS = {
    "type": """<h1>…</h1>   <p class="lead">…</p>   <p class="small soft">…</p>
<div class="prose">…</div>""",
    "buttons": """<button class="button" type="submit">…</button>
button-quiet   button-danger   button-plain   button-icon   button-wide
button-gold: on the hero colour only
{{ forms.post_button(url_for(…), _("Join the class")) }}""",
    "icons": """{{ icon("wrench") }}   {{ icon("warning", _("Warning")) }}
{{ icon("check", small=True) }}""",
    "next": """{{ next_step(title, url, reason, action,
             facts=[("clock", _("12 minutes"))], other_url=…, other_text=…) }}""",
    "cards": """{% call card(_("This week"), more_url, more_text, flush=True) %}
  <ul class="rows">{% call row(title, url, detail, before) %}…{% endcall %}</ul>
{% endcall %}
{% call link_card(title, url, "wrench", tone="info", foot=…) %}…{% endcall %}
{{ stat(label, value, note, tone) }}   {{ meta([(icon, text)]) }}
{{ date_leaf(day, month, iso) }}""",
    "badges": """{{ badge(_("Passed"), "good", "check") }}   {{ chip(text, url, is_current) }}
{{ work_badge(is_done, failed=_("Refused")) }}
{% call notice("warn", title) %}<p>…</p>{% endcall %}""",
    "forms": """{% call forms.form(url_for(…), form, submit=_("Save"), cancel_url=…) %}
  {{ forms.field(form.name, autocomplete="name") }}
  {{ forms.choices(form.shift, boxed=True, hints={…}) }}
  {{ forms.file_field(form.transcript, _("PDF or JPG, at most 10 MB"), accept=".pdf,.jpg") }}
  {{ forms.checkbox(form.consent) }}
{% endcall %}
{{ forms.fields(form) }} draws them all   {{ forms.search_form(url, value, label) }}""",
    "question": """<div class="question">
  {{ forms.choices(form.answer, boxed=True, marks={value: "right"}) }}
  {% call notice("good", title) %}…{% endcall %}
</div>""",
    "progress": """{{ path(steps) }}   {{ bar(label, done, total) }}
{{ job("import", label, url_for(…), done, total, finished, failed, words) }}""",
    "charts": """from edu.ui import charts
charts.intervals([(label, low, estimate, high)], goal=0.8)   charts.bars([(label, value)])
charts.columns([(period, value)])                            charts.ring(0.4)
charts.lines(labels, {name: values})                         charts.sparkline(values)
charts.stacked({label: {part: value}})                       charts.heat(labels, {name: values})

{% import "macros/charts.html" as chart %}
{{ chart.intervals(data, caption, goal_words=…) }}
{{ chart.bars(data, caption, unit="percent", head=…) }}""",
    "tables": """{{ rows(caption, [_("Class"), {"number": _("Learners")}], lines) }}
{% call scroll(label) %}<table class="table table-sticky">…</table>{% endcall %}
{{ pager(previous_url, next_url, summary) }}""",
    "open": """{{ empty(title, text, "certificate", url, action) }}
{% call disclosure(summary) %}…{% endcall %}
{% call confirm(button, action_url, yes) %}<p>…</p>{% endcall %}""",
}


def samples() -> dict[str, object]:
    """Context of the style guide's template."""
    wrong = SampleForm(data={"name": "", "commune": "hc"}, prefix="wrong-")
    wrong.validate()
    return {
        "calls": CALLS,
        "fresh": SampleForm(data={"name": "Nguyễn Thị Thảo", "shift": "evening"}),
        "wrong": wrong,
        "question": SampleQuestion(data={"answer": "130"}),
        "steps": _steps(),
        "mastery": charts.intervals(
            [
                ("Đọc đồng hồ áp suất", 0.42, 0.61, 0.78),
                ("Nạp gas R32 an toàn", 0.74, 0.83, 0.90),
                ("Hàn ống đồng", 0.15, 0.40, 0.68),
                ("Chẩn đoán lỗi board mạch", 0.48, 0.66, 0.82),
            ],
            goal=0.8,
        ),
        "needs": charts.bars(
            [
                ("Kỹ thuật viên điện lạnh", 148),
                ("Thợ hàn 6G", 96),
                ("Nhân viên chế biến món ăn", 87),
                ("Lập trình PLC", 41),
            ]
        ),
        "enrolled": charts.columns(
            [("T6", 182), ("T7", 240), ("T8", 655), ("T9", 812), ("T10", 430), ("T11", 391)]
        ),
        "active": charts.lines(
            ["Tuần 1", "Tuần 2", "Tuần 3", "Tuần 4", "Tuần 5", "Tuần 6"],
            {
                "Điện lạnh": [0.93, 0.91, 0.88, 0.90, 0.86, 0.87],
                "Hàn": [0.90, 0.84, None, 0.79, 0.74, 0.71],
                "Chế biến món ăn": [0.96, 0.95, 0.95, 0.93, 0.94, 0.95],
            },
            maximum=1,
        ),
        "after": charts.stacked(
            {
                "Điện lạnh": {"Có việc đúng nghề": 61, "Có việc khác": 14, "Đang tìm": 9},
                "Hàn": {"Có việc đúng nghề": 38, "Có việc khác": 21, "Đang tìm": 12},
                "Chế biến món ăn": {"Có việc đúng nghề": 74, "Có việc khác": 11, "Đang tìm": 6},
            }
        ),
        "attendance": charts.heat(
            [f"{day}/11" for day in range(2, 16)],
            {
                "Trần Văn Bình": [2, 3, 4, 0, 1, None, None, 4, 4, 3, 2, 4, None, None],
                "Lê Thị Hoa": [4, 4, 4, 4, 3, None, None, 4, 4, 4, 4, 4, None, None],
            },
        ),
        "credits": charts.ring(38 / 94),
        "trend": charts.sparkline([6.1, 5.8, 6.4, 6.9, 7.2, 7.0, 7.8]),
    }


def _steps() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            title="An toàn khi làm việc với gas", state="done", url="#", detail="Xong 14/11"
        ),
        SimpleNamespace(
            title="Cấu tạo máy lạnh hai cục", state="done", url="#", detail="Xong 16/11"
        ),
        SimpleNamespace(
            title="Đo áp suất gas", state="current", url="#", detail="12 phút, còn 2 câu hỏi"
        ),
        SimpleNamespace(title="Nạp gas bổ sung", state="open", url="#", detail="18 phút"),
        SimpleNamespace(
            title="Bài thực hành tại xưởng",
            state="locked",
            url="#",
            detail="Mở vào thứ Năm, khi thầy Hùng có mặt",
        ),
    ]
