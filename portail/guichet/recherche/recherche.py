"""A search, from what was typed to the groups of its results: as it was typed first; then, if nothing is, nearly so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from demandes.models import Demande
from facturation.models.operation import Operation
from famille.models import Compte, Enfant, Famille
from francais import formes
from portail.guichet.recherche import trouves
from portail.guichet.recherche.lignes import (
    Groupe,
    Ligne,
    adresse_de_la_famille,
    dire_demande,
    dire_enfant,
    dire_famille,
    dire_operation,
)
from portail.guichet.recherche.proches import mots_proches
from portail.guichet.recherche.saisie import Saisie
from portail.guichet.recherche.trouves import LIGNES_MAX, Variantes, peut_voir


@dataclass
class Prises:
    """What was found, before it is said. Keys of familles in the order in which they are shown."""

    familles: list[int] = field(default_factory=list)
    enfants: list[Enfant] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    demandes: list[Demande] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.familles or self.enfants or self.operations or self.demandes)


class Recherche:
    """What that agent finds. At most twelve queries, whatever there is in the town."""

    def __init__(self, saisie: Saisie, agent: Compte) -> None:
        self.saisie, self.agent = saisie, agent
        self.voit_les_familles = agent.has_perms(["famille.view_famille", "famille.view_responsable"])
        self.voit_les_enfants = peut_voir(agent, Enfant)
        self.a_peu_pres: list[str] = []  # the words that were taken for those typed, if any had to

    @cached_property
    def groupes(self) -> list[Groupe]:
        """Those in which something is found."""
        prises, familles = self._prises, self._familles
        le = timezone.localdate()
        trouvees = [familles[cle] for cle in prises.familles if cle in familles]
        groupes = [
            ("Familles", [dire_famille(f, le, avec_enfants=self.voit_les_enfants) for f in trouvees]),
            ("Enfants", [dire_enfant(enfant, self._familles_de(enfant), le) for enfant in prises.enfants]),
            (
                "Factures et règlements",
                [dire_operation(une, familles.get(une.famille_id)) for une in prises.operations],
            ),
            ("Demandes", [dire_demande(une, familles.get(une.famille_id)) for une in prises.demandes]),
        ]
        return [_groupe(titre, lignes) for titre, lignes in groupes if lignes]

    @property
    def nombre(self) -> int:
        return sum(len(groupe.lignes) for groupe in self.groupes)

    @cached_property
    def seule(self) -> str:
        """The page to open at once: all that was typed names one thing in full. Empty otherwise."""
        prises = self._prises
        if self.a_peu_pres or not prises:
            return ""
        if self.saisie.reference or self.saisie.numero:
            numerotees = len(prises.operations) + len(prises.demandes)
            return self.groupes[0].lignes[0].adresse if self.saisie.reference and numerotees == 1 else ""
        toutes = {*prises.familles, *(cle for cles in self._par_enfant.values() for cle in cles)}
        if len(toutes) != 1:
            return ""
        famille = self._familles.get(toutes.pop())
        return adresse_de_la_famille(famille.pk) if famille and self._est_nommee_en_entier(famille) else ""

    @cached_property
    def _prises(self) -> Prises:
        prises = self._par_numeros()
        mots = self.saisie.mots
        if mots:
            prises = self._par_noms([[mot] for mot in mots])
            if not prises and (self.voit_les_familles or self.voit_les_enfants):
                # Whose it may be is not yet known: nothing of what they owe or ask.
                return self._presque(mots)
        familles = prises.familles[:LIGNES_MAX]
        if not prises.operations and not self.saisie.numero:
            prises.operations = trouves.factures_dues(familles, self.agent)
        prises.demandes = trouves.demandes(self.saisie, familles, self.agent)
        return prises

    def _par_numeros(self) -> Prises:
        prises = Prises(operations=trouves.operations_numerotees(self.saisie, self.agent))
        if self.voit_les_familles:
            numerotees = trouves.familles_numerotees(self.saisie)
            prises.familles = list(dict.fromkeys([*numerotees, *trouves.familles_jointes(self.saisie)]))
        return prises

    def _par_noms(self, variantes: Variantes) -> Prises:
        return Prises(
            familles=trouves.familles_nommees(variantes) if self.voit_les_familles else [],
            enfants=trouves.enfants_nommes(variantes) if self.voit_les_enfants else [],
        )

    def _presque(self, mots: list[str]) -> Prises:
        variantes = mots_proches(mots)
        self.a_peu_pres = [proche for mot, *proches in variantes for proche in proches]
        return self._par_noms(variantes) if self.a_peu_pres else Prises()

    @cached_property
    def _par_enfant(self) -> dict[int, list[int]]:
        """{child: its familles}, which only a reader of familles sees."""
        return trouves.familles_des_enfants(self._prises.enfants) if self.voit_les_familles else {}

    @cached_property
    def _familles(self) -> dict[int, Famille]:
        """All those that a line names."""
        if not self.voit_les_familles:
            return {}
        prises = self._prises
        des_enfants = (cle for cles in self._par_enfant.values() for cle in cles)
        facturees = (une.famille_id for une in prises.operations)
        demandeuses = (une.famille_id for une in prises.demandes)
        return trouves.relire_familles([*prises.familles, *des_enfants, *facturees, *demandeuses])

    def _familles_de(self, enfant: Enfant) -> Iterable[Famille]:
        cles = self._par_enfant.get(enfant.pk, [])
        return [self._familles[cle] for cle in cles if cle in self._familles]

    def _est_nommee_en_entier(self, famille: Famille) -> bool:
        """No word, no number, no address is cut short."""
        saisie, responsables = self.saisie, famille.responsables.all()
        if saisie.courriel:
            return saisie.courriel.lower() in {responsable.email.lower() for responsable in responsables}
        if not saisie.mots:
            return saisie.est_un_telephone_entier or famille.numero == saisie.numero_de_famille
        personnes = [*responsables, *(famille.enfants.all() if self.voit_les_enfants else ())]
        noms = " ".join(formes(f"{nom}") for personne in personnes for nom in (personne.nom, personne.prenom))
        return set(saisie.mots) <= set(noms.split())


def _groupe(titre: str, lignes: list[Ligne]) -> Groupe:
    return Groupe(titre, lignes[:LIGNES_MAX], plus=len(lignes) > LIGNES_MAX)
