"""What an e-mail says, whoever it is written to."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from socle.reglages.lecture import lire

REGLES = "avis"  # the setting


class Destinataires(StrEnum):
    """To whom of a famille an information goes, of those who accept it."""

    TOUS = "tous"
    UN_SEUL = "un"  # the titulaire; failing that, the other adult
    PERSONNE = "personne"

    @property
    def au_plus(self) -> int | None:
        """How many of them; None: all."""
        return {"tous": None, "un": 1, "personne": 0}[self.value]


# Each information that there is, and to whom it goes until the direction says otherwise.
INFORMATIONS: dict[str, Destinataires] = {"message": Destinataires.TOUS, "envoi": Destinataires.TOUS}


def destinataires_de(sorte: str) -> Destinataires:
    dit = lire(REGLES).get(sorte)
    return Destinataires(dit) if isinstance(dit, str) else INFORMATIONS.get(sorte, Destinataires.TOUS)


@dataclass(frozen=True)
class Avis:
    """One thing to tell, by a template of `templates/courriels/`.

    `gabarit` names `courriels/<gabarit>.txt` and `.html`; `contexte` holds plain JSON values, of which `chemin`
    (« /messages/12/ ») becomes `lien`. No personal data in `sujet`: it is read over shoulders. The same `cle` leaves
    once to the same address. `urgent`: somebody waits for it before their screen, and it passes before the others.

    `information`: what a parent may decline. Anything else is service, and always leaves: an acknowledgement, a
    decision, an invoice, whatever concerns the account.

    `sorte`: of an information, which one: the direction says to whom each goes (`destinataires_de`).

    `prive`: what else the template is given, and no dump of the database may tell: a reason, a child's days.

    `groupe`: those of the same name to the same address leave as one e-mail, once the first has waited `attend`.
    """

    sujet: str
    gabarit: str
    contexte: dict
    cle: str
    urgent: bool = False
    information: bool = False
    sorte: str = ""
    groupe: str = ""
    attend: timedelta = timedelta(0)
    prive: dict = field(default_factory=dict)
