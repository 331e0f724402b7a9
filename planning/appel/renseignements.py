"""What an animateur must know of the children of a roll, and whom to call for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from famille.alertes.alerte import SANTE, TIERS, Alerte, lire_les_alertes
from famille.alertes.contacts import Contact, a_prevenir, autorises, medecin
from famille.models import Compte, Enfant


@dataclass(frozen=True)
class Renseignements:
    """`alertes`: the gravest first. `a_prevenir`: its adults; `autorises`: who else may fetch it; and its doctor."""

    alertes: list[Alerte] = field(default_factory=list)
    a_prevenir: list[Contact] = field(default_factory=list)
    autorises: list[Contact] = field(default_factory=list)
    medecin: Contact | None = None


def renseigner(enfants: Sequence[Enfant], *, pour: Compte) -> dict[int, Renseignements]:
    """By child, what this agent may know. Six queries at most, whatever the number of children."""
    if not enfants:
        return {}
    alertes = lire_les_alertes(enfants, pour=pour, a_l_appel=True)
    prefetch_related_objects(enfants, "familles__responsables")
    voit_les_tiers, voit_la_sante = pour.has_perm(TIERS), pour.has_perm(SANTE)
    return {
        enfant.pk: Renseignements(
            alertes[enfant.pk],
            a_prevenir(enfant.familles.all()),
            autorises(enfant) if voit_les_tiers else [],
            medecin(enfant) if voit_la_sante else None,
        )
        for enfant in enfants
    }
