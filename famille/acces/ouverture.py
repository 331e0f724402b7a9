"""Accesses opened together, each with its letter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from famille.acces.lettre import Lettre, imprimer_lettres
from famille.models import Responsable
from francais import ordre


@dataclass(frozen=True)
class Courrier:
    """The letters, in the order of the names, and the PDF that goes straight to the printer."""

    lettres: list[Lettre]
    pdf: bytes = field(repr=False)

    @property
    def nom_du_fichier(self) -> str:
        nom = self.lettres[0].identifiant if len(self.lettres) == 1 else f"{len(self.lettres)}-acces"
        return f"courrier-{nom}.pdf"


@transaction.atomic
@sensitive_variables()
def ouvrir_les_acces(responsables: Iterable[Responsable], *, le: date) -> Courrier:
    """All or nothing: a password that no letter tells would lock its owner out. Raises AccesImpossible."""
    ouverts = [Lettre(responsable, responsable.ouvrir_acces()) for responsable in sorted(responsables, key=_numero)]
    lettres = sorted(ouverts, key=lambda lettre: ordre(lettre.responsable.nom, lettre.responsable.prenom))
    return Courrier(lettres, imprimer_lettres(lettres, le=le))


def _numero(responsable: Responsable) -> int:
    """Two agents who open the same accesses lock them in the same order."""
    return responsable.pk
