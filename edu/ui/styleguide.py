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


def samples() -> dict[str, object]:
    """Context of the style guide's template."""
    wrong = SampleForm(data={"name": ""}, prefix="wrong-")
    wrong.validate()
    return {
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
