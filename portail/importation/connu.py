"""What the portal knows of those whom a file names: read in a few statements, locked if it is about to change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Prefetch, Q

from famille.models import Enfant, Famille, InformationsCaf, Rattachement, Responsable
from francais import coller
from planning.models import Inscription
from portail.importation.foyers import Cle, Foyer
from socle.recherche import lettres
from socle.verrous import verrouiller_toutes


@dataclass
class Connu:
    """`adultes` and `semblables`: those of the same names, wherever they are."""

    par_numero: dict[str, Famille] = field(default_factory=dict)
    par_reference: dict[str, Famille] = field(default_factory=dict)
    enfants: dict[int, list[Enfant]] = field(default_factory=dict)  # of a famille, by its key
    enfants_par_reference: dict[str, Enfant] = field(default_factory=dict)
    adultes: dict[Cle, list[Responsable]] = field(default_factory=dict)
    semblables: dict[Cle, list[Enfant]] = field(default_factory=dict)
    caf: dict[int, InformationsCaf] = field(default_factory=dict)
    inscriptions: dict[int, list[Inscription]] = field(default_factory=dict)  # of a child

    @classmethod
    def lire(cls, foyers: Iterable[Foyer], *, verrouiller: bool = False) -> Self:
        """`verrouiller`: nobody else changes those records until the end of the transaction."""
        foyers, connu = list(foyers), cls()
        cles = Q(numero__in={foyer.numero for foyer in foyers} - {""})
        cles |= Q(reference__in={foyer.reference for foyer in foyers} - {""})
        if verrouiller:
            connu._verrouiller(cles)
        connu._lire_les_familles(cles)
        connu._lire_les_enfants_nommes(foyers)
        connu._lire_les_semblables(foyers)
        connu._lire_les_inscriptions()
        return connu

    def _verrouiller(self, cles: Q) -> None:
        familles = list(Famille.objects.filter(cles).values_list("pk", flat=True))
        verrouiller_toutes(Famille.objects.all(), familles)
        responsables = Responsable.objects.filter(famille__in=familles).values_list("pk", flat=True)
        verrouiller_toutes(Responsable.objects.all(), responsables)
        enfants = Rattachement.objects.filter(famille__in=familles).values_list("enfant", flat=True)
        verrouiller_toutes(Enfant.objects.all(), set(enfants))

    def _lire_les_familles(self, cles: Q) -> None:
        familles = Famille.objects.filter(cles).prefetch_related("responsables", "quotients")
        liens = Rattachement.objects.select_related("enfant__ecole")
        familles = familles.prefetch_related(Prefetch("rattachements", liens))
        uniques: dict[int, Enfant] = {}
        for famille in familles:
            self.par_numero[famille.numero] = famille
            if famille.reference:
                self.par_reference[famille.reference] = famille
            siens = [uniques.setdefault(lien.enfant_id, lien.enfant) for lien in famille.rattachements.all()]
            self.enfants[famille.pk] = siens
        self._par_pk = uniques
        self.caf = {caf.famille_id: caf for caf in InformationsCaf.objects.filter(famille__in=list(self.enfants))}

    def _lire_les_enfants_nommes(self, foyers: list[Foyer]) -> None:
        references = {petit.champs.valeurs.get("enfant.reference") for foyer in foyers for petit in foyer.petits}
        for enfant in Enfant.objects.connus().avec_ecole().filter(reference__in=references - {None}):
            self.enfants_par_reference[enfant.reference] = self._par_pk.setdefault(enfant.pk, enfant)

    def _lire_les_semblables(self, foyers: list[Foyer]) -> None:
        """Of those that are new alone: the others are found by their key."""
        nouveaux = [foyer for foyer in foyers if not self.famille_de(foyer)]
        adultes = {cle for foyer in nouveaux for role in ("titulaire", "conjoint") if all(cle := noms_de(foyer, role))}
        self.adultes = defaultdict(list)
        noms, prenoms = {nom for nom, _ in adultes}, {prenom for _, prenom in adultes}
        memes = Responsable.objects.alias(l_nom=lettres("nom"), l_prenom=lettres("prenom")).order_by("pk")
        memes = memes.filter(l_nom__in=noms, l_prenom__in=prenoms).select_related("famille")
        for adulte in memes.prefetch_related("famille__responsables", "famille__enfants"):
            self.adultes[coller(adulte.nom), coller(adulte.prenom)].append(adulte)
        self.semblables = defaultdict(list)
        identites = {petit.identite for foyer in foyers for petit in foyer.petits if all(petit.identite)}
        pareils = Enfant.objects.connus().alias(l_nom=lettres("nom"), l_prenom=lettres("prenom")).order_by("pk")
        pareils = pareils.filter(l_nom__in={nom for nom, *_ in identites})
        pareils = pareils.filter(date_naissance__in={naissance for *_, naissance in identites})
        for enfant in pareils.prefetch_related("familles"):
            self.semblables[coller(enfant.nom), coller(enfant.prenom), enfant.date_naissance].append(enfant)

    def _lire_les_inscriptions(self) -> None:
        self.inscriptions = defaultdict(list)
        siennes = Inscription.objects.filter(enfant__in=list(self._par_pk)).order_by("du")
        for inscription in siennes.select_related("prestation__structure"):
            inscription.enfant = self._par_pk[inscription.enfant_id]
            self.inscriptions[inscription.enfant_id].append(inscription)

    def famille_de(self, foyer: Foyer) -> Famille | None:
        return self.par_numero.get(foyer.numero) or self.par_reference.get(foyer.reference)


def noms_de(foyer: Foyer, role: str) -> tuple[str, str]:
    valeurs = foyer.champs.valeurs
    return coller(str(valeurs.get(f"{role}.nom", ""))), coller(str(valeurs.get(f"{role}.prenom", "")))
