"""What an e-mail says, whoever it is written to."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Avis:
    """One thing to tell, by a template of `templates/courriels/`.

    `gabarit` names `courriels/<gabarit>.txt` and `.html`; `contexte` holds plain JSON values, of which `chemin`
    (« /messages/12/ ») becomes `lien`. No personal data in `sujet`: it is read over shoulders. The same `cle` leaves
    once to the same address. `urgent`: somebody waits for it before their screen, and it passes before the others.

    `information`: what a parent may decline. Anything else is service, and always leaves: an acknowledgement, a
    decision, an invoice, whatever concerns the account.

    `prive`: what else the template is given, and no dump of the database may tell: a reason, a child's days.

    `groupe`: those of the same name to the same address leave as one e-mail, once the first has waited `attend`.
    """

    sujet: str
    gabarit: str
    contexte: dict
    cle: str
    urgent: bool = False
    information: bool = False
    groupe: str = ""
    attend: timedelta = timedelta(0)
    prive: dict = field(default_factory=dict)
