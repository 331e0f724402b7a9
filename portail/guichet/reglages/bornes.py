"""What of the rights a direction may change without harm: a reason for each that it may not.

Pure: the tables of each app's `droits.py` say who may do what to begin with, and hence who may be given it.
"""

from collections.abc import Collection

from socle.octroi.table import DIRECTION, REGIE, VERBES, Droit

SANTE = {("famille", "fichesanitaire"), ("famille", "vaccination")}
BANQUE = {("famille", "informationsbancaires")}
DECIDER = {"decider_du_planning", "faire_appel"}


def raison(groupe: str, droit: Droit, prevus: Collection[Droit]) -> str:
    """Why that group's is not to be changed; empty if it may be. `droit`: whoever's; `prevus`: those of the tables."""
    d_origine = {prevu.groupe for prevu in prevus if prevu.permission == droit.permission}
    objet = droit.app, droit.modele
    lit = droit.codename == f"{VERBES['voir']}_{droit.modele}"
    if groupe == DIRECTION:
        return "La direction garde ses droits\u00a0: elle seule répare un réglage."
    if d_origine <= {DIRECTION}:
        return "Réservé à la direction."
    if objet in SANTE and groupe not in d_origine:
        return "Santé\u00a0: à ceux qui accueillent les enfants."
    if objet in BANQUE and groupe not in d_origine:
        return "Comptes bancaires\u00a0: à la régie."
    if droit.app == "facturation" and not lit and groupe != REGIE:
        return "L’argent ne se manie qu’à la régie."
    if groupe == REGIE and (droit.codename in DECIDER or (droit.app == "planning" and not lit)):
        return "Qui encaisse ne décide pas des réservations."
    return ""


def sans_voir(codes: Collection[str], droits: Collection[Droit]) -> list[Droit]:
    """Those of `codes` that change what the group would not see."""
    donnes = [droit for droit in droits if droit.permission in codes]
    return [
        droit for droit in donnes if droit.est_courant and f"{droit.app}.{VERBES['voir']}_{droit.modele}" not in codes
    ]
