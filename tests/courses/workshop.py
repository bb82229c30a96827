"""A teacher at work: a module to write, a course in a folder's or a zip's shape."""

import io
import zipfile
from collections.abc import Mapping

from courses.authoring.core.source import ZipSource
from courses.authoring.models import Unit
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import inside, unit_of_work

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""The smallest PNG: one red point."""

QUIZ = """```quiz check
? Gas nào cháy được? {#gas-1}
- [x] R32
  > R32 cháy yếu.
- [ ] Nitơ
  > Nitơ không cháy.
```"""

COURSE: Mapping[str, str | bytes] = {
    "course.yml": "title:\n  vi: Điện lạnh\n  en: Refrigeration\nlanguage: vi\n"
    "licence: CC-BY-4.0\nauthor: Trần Minh Quang\n",
    "01-an-toan.vi.md": "# An toàn\n\nĐọc [bài sau](02-gas.md) nữa.\n\n![Kho gas](kho.png)\n\n"
    f"{QUIZ}\n",
    "01-an-toan.en.md": "# Safety\n\nRead [the next](02-gas.md) too.\n\n![Gas store](kho.png)\n",
    "02-gas.vi.md": "# Gas lạnh\n\nGas **R32** cháy yếu.\n\n![](mat.png)\n",
    "kho.png": PIXEL,
}
"""A small course: two lessons, one in both languages with a picture and a question."""


def zipped(files: Mapping[str, str | bytes] = COURSE) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def source(changes: Mapping[str, str | bytes] | None = None) -> ZipSource:
    return ZipSource(io.BytesIO(zipped({**COURSE, **(changes or {})})))


def imported(teacher: Person, module: Module, changes=None, **options):
    from courses.importing import service

    with inside(module.tenant_id), unit_of_work():
        return service.import_course(teacher, module, source(changes), **options)


def unit_called(module: Module, slug: str) -> Unit:
    from courses.authoring import queries

    with inside(module.tenant_id):
        found = queries.unit_by_slug(module, slug)
    assert found is not None, slug
    return found
