"""What is written of a request: in clear what may be listed, apart and encrypted what may not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from demandes.valeurs.gardees import Json


@dataclass(frozen=True)
class ContenuGarde:
    """What is asked, what it replaces, and the same of the secret fields: `{"donnees": …, "avant": …}`, or empty."""

    donnees: dict[str, Json]
    avant: dict[str, Json]
    secret: dict[str, object]

    @classmethod
    def separer(cls, donnees: Mapping[str, Json], avant: Mapping[str, Json], est_secret: Callable[[str], bool]) -> Self:
        def part(valeurs: Mapping[str, Json], secrete: bool) -> dict[str, Json]:
            return {nom: valeur for nom, valeur in valeurs.items() if est_secret(nom) is secrete}

        secret: dict[str, object] = {"donnees": part(donnees, True), "avant": part(avant, True)}
        return cls(part(donnees, False), part(avant, False), secret if any(secret.values()) else {})
