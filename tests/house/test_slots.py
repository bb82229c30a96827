"""A place that a page offers has somebody who fills it, and who fills one has a page that asks."""

import re
from itertools import chain

from edu.ui import slots
from tests.house.test_sources import sources, templates

OFFER = re.compile(r'(?<!["\w])slot\(\s*"([\w.]+)"')


def test_every_slot_is_offered_and_filled(app):
    offered = {
        name
        for file, text in chain(templates(), sources())
        for name in OFFER.findall(text)
        if file != "edu/ui/slots.py"
    }

    assert len(offered) > 5
    assert offered == {name for name, fillers in slots._fillers.items() if fillers}
