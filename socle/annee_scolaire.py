"""The school year: statements run over it, calendars are imported by it, what has no end is counted up to its end."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class AnneeScolaire:
    """From 1 September to 31 August."""

    debut: int

    @classmethod
    def de(cls, jour: date) -> "AnneeScolaire":
        return cls(jour.year if jour.month >= 9 else jour.year - 1)

    @classmethod
    def entre(cls, du: date, au: date) -> "list[AnneeScolaire]":
        """Those that hold a day from `du` to `au`."""
        return [cls(debut) for debut in range(cls.de(du).debut, cls.de(au).debut + 1)]

    @classmethod
    def lire(cls, texte: str) -> "AnneeScolaire | None":
        """« 2014-2015 », or None if it is not a school year."""
        debut, _, fin = texte.partition("-")
        if not (debut.isascii() and debut.isdigit() and len(debut) == 4 and 1 <= int(debut) < 9998):
            return None
        return cls(int(debut)) if fin == f"{int(debut) + 1:04}" else None

    def __str__(self) -> str:
        return f"{self.debut}-{self.debut + 1}"

    @property
    def du(self) -> date:
        return date(self.debut, 9, 1)

    @property
    def au(self) -> date:
        return date(self.debut + 1, 8, 31)
