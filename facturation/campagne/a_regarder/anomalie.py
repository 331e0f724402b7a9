"""Something to look at before issuing a campaign."""

from dataclasses import dataclass, field

EXEMPLES = 20  # familles or children named per kind of anomaly; the others are counted


@dataclass
class Exemple:
    """One of them, in words, and the address of the page on which that very one is mended."""

    texte: str
    lien: str = ""

    def __str__(self) -> str:
        return self.texte


@dataclass
class Anomalie:
    """How many times, the first examples, and the address of the page on which its kind is mended."""

    titre: str
    nombre: int = 0
    exemples: list[Exemple] = field(default_factory=list)
    autres: int = 0  # counted without being named
    lien: str = ""

    def noter(self, texte: str, lien: str = "") -> None:
        self.nombre += 1
        if len(self.exemples) < EXEMPLES:
            self.exemples.append(Exemple(texte, lien))
        else:
            self.autres += 1

    @property
    def textes(self) -> list[str]:
        return [exemple.texte for exemple in self.exemples]

    @classmethod
    def lire(cls, contenu: dict) -> "Anomalie":
        """From its plain values."""
        return cls(**contenu | {"exemples": [Exemple(**exemple) for exemple in contenu["exemples"]]})
