"""What becomes of each inscription of a prestation at la rentrée: read in a few statements, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

import francais
from famille.models import Compte, Rattachement
from famille.noms import par_nom
from famille.scolarite.sortants import sortants
from planning.inscriptions.en_nombre import InscriptionsEnNombre, Souhait
from planning.inscriptions.fins import FinsEnNombre
from planning.models import Inscription, Prestation, Vacances
from planning.models.inscription import InscriptionQuerySet
from planning.regles.jours import UN_JOUR, Jours
from socle.annee_scolaire import AnneeScolaire

# What ends within two weeks of the end of classes ends with the year; what begins then is of the summer.
MARGE = timedelta(days=14)
QUATRE_MOIS = timedelta(days=120)


@dataclass(frozen=True, eq=False)
class Ligne:
    """`raison`: why it does not go on (« sortant », « trop âgé »). `refus`: why what is due cannot be done."""

    inscription: Inscription
    raison: str = ""
    refus: str = ""


class FinDAnnee:
    """`annee`: the one that begins. Those that the roll made are nobody's wish: they are left out."""

    def __init__(self, prestation: Prestation, annee: AnneeScolaire, *, par: Compte) -> None:
        self.prestation, self.annee, self.par = prestation, annee, par

    @property
    def fin(self) -> date:
        """The last day of the year that ends."""
        return self.annee.du - UN_JOUR

    @cached_property
    def a_reconduire(self) -> list[Ligne]:
        """They end with the year, and may go on."""
        return [ligne for ligne in self._finissent if not ligne.raison and not ligne.refus]

    @cached_property
    def non_reconduites(self) -> list[Ligne]:
        """They end with the year, and why they do not go on."""
        return [ligne for ligne in self._finissent if ligne.raison or ligne.refus]

    @cached_property
    def deja_reconduites(self) -> int:
        return sum(self._est_finie(une) and une.est_deja_reconduite for une in self._toutes)

    @cached_property
    def a_terminer(self) -> list[Ligne]:
        """Without an end, of children who leave or are too old."""
        return [ligne for ligne in self._sans_fin if ligne.raison]

    @cached_property
    def continuent(self) -> list[Ligne]:
        """Without an end: they go on by themselves."""
        return [ligne for ligne in self._sans_fin if not ligne.raison]

    @cached_property
    def _finissent(self) -> list[Ligne]:
        finies = [une for une in self._toutes if self._est_finie(une) and not une.est_deja_reconduite]
        raisons = {une.pk: self._pourquoi_pas(une) for une in finies}
        refus = self._refus(une for une in finies if not raisons[une.pk])
        return [Ligne(une, raisons[une.pk], refus.get(une.pk, "")) for une in finies]

    @cached_property
    def _sans_fin(self) -> list[Ligne]:
        suivies = [une for une in self._toutes if not self._est_finie(une)]
        refus = FinsEnNombre(suivies, self.fin, par=self.par).refus()
        return [Ligne(une, self._pourquoi_pas(une), refus.get(une.pk, "")) for une in suivies]

    @cached_property
    def _toutes(self) -> list[Inscription]:
        """In force at the end of the year; in the order of the names."""
        ete = self._debut_de_l_ete()
        lues = Inscription.objects.filter(prestation=self.prestation, a_regulariser=False, du__lt=ete)
        lues = annoter(lues.a_venir(ete - MARGE), self.annee).select_related("enfant", "famille")
        # Of those of a child and a payer, the last: a pattern that changed in June is the one that goes on.
        lues = lues.order_by(*par_nom("enfant__"), "enfant", "du")
        dernieres = {(une.enfant_id, une.famille_id): une for une in lues}
        for une in dernieres.values():
            une.prestation = self.prestation
        return list(dernieres.values())

    def _debut_de_l_ete(self) -> date:
        recentes = Vacances.objects.filter(du__range=(self.fin - QUATRE_MOIS, self.fin))
        etes = recentes.filter(genre=Vacances.Genre.GRANDES).order_by("du")
        return etes.values_list("du", flat=True).first() or date(self.annee.debut, 7, 1)

    def _est_finie(self, une: Inscription) -> bool:
        return une.au is not None and une.au < self.annee.du

    def _pourquoi_pas(self, une: Inscription) -> str:
        age_max = self.prestation.age_max
        if une.est_sortant:
            return "sortant"
        if age_max is not None and une.enfant.age_au(self.annee.du) > age_max:
            return f"trop âgé\u00a0: accueil jusqu’à {francais.pluriel(age_max, 'an')}"
        return "" if une.est_rattache else "n’est plus rattaché à cette famille"

    def _refus(self, finies: Iterable[Inscription]) -> dict[int, str]:
        """By inscription that would go on: places, hours of another, a prestation that stops."""
        souhaits = {self.souhait(une): une.pk for une in finies}
        refus = InscriptionsEnNombre(list(souhaits), par=self.par).refus() if souhaits else {}
        return {souhaits[souhait]: phrase for souhait, phrase in refus.items()}

    def souhait(self, une: Inscription) -> Souhait:
        """The same child, payer and pattern, for the whole of the new year."""
        return Souhait(
            enfant=une.enfant,
            famille=une.famille,
            prestation=self.prestation,
            du=self.annee.du,
            au=self.annee.au,
            jours=Jours(une.jours),
            parite=une.parite,
        )


def annoter(inscriptions: InscriptionQuerySet, annee: AnneeScolaire) -> InscriptionQuerySet:
    """`est_sortant`, `est_rattache`, `est_deja_reconduite`."""
    memes = {"enfant": OuterRef("enfant"), "famille": OuterRef("famille")}
    suites = Inscription.objects.entre(annee.du, annee.au).filter(prestation=OuterRef("prestation"), **memes)
    faits = {
        "est_sortant": _si(sortants(annee, "enfant__")),
        "est_rattache": Exists(Rattachement.objects.filter(**memes)),
        "est_deja_reconduite": Exists(suites.filter(a_regulariser=False).exclude(pk=OuterRef("pk"))),
    }
    return inscriptions.annotate(**faits)


def _si(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
