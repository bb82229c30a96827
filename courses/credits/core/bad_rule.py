class BadRule(ValueError):
    """A rule set says something that cannot be.

    `path` names the value as a registrar finds it (`scales[0].bands[2].lowest`), `code` says what
    is wrong with it (`missing`, `unknown`, `type`, `range`, `gap`, `overlap`, `sum`, `order`,
    `duplicate`, `reference`, `empty`), `value` is what was found.
    """

    def __init__(self, path: str, code: str, value: object) -> None:
        super().__init__(f"{path}: {code}: {value!r}")
        self.path = path
        self.code = code
        self.value = value

    def inside(self, parent: str) -> "BadRule":
        """The same complaint, seen from the table that holds the value."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return BadRule(f"{parent}{joint}{self.path}", self.code, self.value)


def require(condition: object, path: str, code: str, value: object) -> None:
    """Raise BadRule unless the condition holds."""
    if not condition:
        raise BadRule(path, code, value)


def require_positive(rule: object, *names: str) -> None:
    """Raise BadRule unless each of the rule's fields is above zero; absent ones may be."""
    for name in names:
        value = getattr(rule, name)
        require(value is None or value > 0, name, "range", value)


def require_share(rule: object, *names: str) -> None:
    """Raise BadRule unless each of the rule's fields is a share, 0 to 1; absent ones may be."""
    for name in names:
        value = getattr(rule, name)
        require(value is None or 0 <= value <= 1, name, "range", value)


def require_order(rule: object, low: str, high: str) -> None:
    """Raise BadRule when the field `high` is below the field `low` and both are there."""
    least, most = getattr(rule, low), getattr(rule, high)
    require(least is None or most is None or least <= most, high, "order", most)


def require_filled(rule: object, *names: str) -> None:
    """Raise BadRule when one of the rule's lists or texts is empty."""
    for name in names:
        require(getattr(rule, name), name, "empty", getattr(rule, name))
