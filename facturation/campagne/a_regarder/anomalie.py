"""Something to look at before issuing a campaign."""

from dataclasses import dataclass, field

EXEMPLES = 20  # familles or children named per kind of anomaly; the others are counted


@dataclass
class Anomalie:
    """How many times, the first examples, and the address of the page on which it is mended."""

    titre: str
    nombre: int = 0
    exemples: list[str] = field(default_factory=list)
    autres: int = 0  # counted without being named
    lien: str = ""

    def noter(self, exemple: object) -> None:
        self.nombre += 1
        if len(self.exemples) < EXEMPLES:
            self.exemples.append(str(exemple))
        else:
            self.autres += 1
