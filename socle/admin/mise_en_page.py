"""How Django's admin wants a page laid out, as types: a list of one type is not a list of several to mypy."""

# Fields one under the other; those of a tuple, side by side.
Champs = list[str | list[str] | tuple[str, ...]]
