"""The import itself: tried, then done. The screen and the command call nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from famille.models import Compte
from portail.importation import bilan as bilans
from portail.importation.bilan import Bilan
from portail.importation.connu import Connu
from portail.importation.ecriture import Ecriture
from portail.importation.foyers import Rassemblement
from portail.importation.inscriptions import LesInscriptions
from portail.importation.lecture.fichier import Table
from portail.importation.lecture.lignes import Commune, lire_les_lignes
from portail.importation.plan import Plan
from portail.importation.preparation import Preparation
from socle.ouvrier.memoire import sans_ramasse_miettes
from socle.verrous import un_a_la_fois

# How far it is: what it does, how much of it is done, of how much.
Avancement = Callable[[str, int, int], None]
VERROU = 0x696D706F7274  # « import »
A_CHANGE = "Le portail a changé depuis cet aperçu\u00a0: relisez ce que le fichier changerait maintenant."


def _sans_bruit(etape: str, faits: int, total: int) -> None:
    """For who shows nothing of it."""


class ApercuPerime(Exception):
    """What would be written is no longer what was read. `bilan`: what it is now."""

    def __init__(self, bilan: Bilan) -> None:
        super().__init__(A_CHANGE)
        self.bilan = bilan


@dataclass(frozen=True)
class Importation:
    """`colonnes`: {title in the file: code}. `nom`: of the file, for history."""

    table: Table
    colonnes: Mapping[str, str]
    nom: str
    par: Compte
    avancer: Avancement = _sans_bruit

    def essayer(self) -> Bilan:
        """What `faire` would do, or every fault. What only a verb can refuse is done, then undone."""
        with transaction.atomic(), sans_ramasse_miettes():
            bilan = self._derouler(pour_de_bon=False)
            transaction.set_rollback(True)
        return bilan

    def faire(self, *, vu: str = "") -> Bilan:
        """All of it or nothing. `vu`: the `empreinte` of what was read; raises ApercuPerime if it is another."""
        with transaction.atomic(), sans_ramasse_miettes():
            un_a_la_fois(VERROU)
            bilan = self._derouler(pour_de_bon=True)
            perime = bool(vu) and vu != bilan.empreinte and bilan.est_possible
            if bilan.fautes or perime:
                transaction.set_rollback(True)
        if perime:
            raise ApercuPerime(bilan)
        return bilan

    def _derouler(self, *, pour_de_bon: bool) -> Bilan:
        self.avancer("Lecture", 0, len(self.table.lignes))
        lecture = lire_les_lignes(self.table, self.colonnes, Commune.lire())
        rassemblement = Rassemblement(lecture.lignes)
        self.avancer("Comparaison", 0, len(rassemblement.foyers))
        connu = Connu.lire(rassemblement.foyers, verrouiller=pour_de_bon)
        plan = Preparation(rassemblement.foyers, connu).plan
        inscriptions = LesInscriptions(plan, connu, par=self.par)
        if pour_de_bon:
            inscriptions.nouvelles.verrouiller()
        fautes = [*lecture.fautes, *rassemblement.fautes, *plan.fautes, *inscriptions.refuser()]
        if fautes:
            return bilans.refuse(fautes)
        argent = bilans.l_argent(plan)
        if pour_de_bon or inscriptions.se_disent_en_ecrivant:
            fautes = self._ecrire(plan, inscriptions)
        return bilans.refuse(fautes) if fautes else bilans.bilan(plan, argent=argent, fait=pour_de_bon)

    def _ecrire(self, plan: Plan, inscriptions: LesInscriptions) -> list:
        ecriture = Ecriture(plan, fichier=self.nom, par=self.par)
        ecriture.ecrire(lambda faites, total: self.avancer("Écriture", faites, total))
        self.avancer("Inscriptions", 0, len(inscriptions.voeux))
        return inscriptions.ecrire()
