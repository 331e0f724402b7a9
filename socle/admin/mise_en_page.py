"""How Django's admin wants a page laid out, as types: a list of one type is not a list of several to mypy."""

from collections.abc import Callable

# Fields one under the other; those of a tuple, side by side.
Champs = list[str | list[str] | tuple[str, ...]]
# Of a list: an attribute, a method of the admin by its name, or a function of the row.
Colonne = str | Callable[..., str | bool]
