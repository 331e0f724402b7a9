"""« Liste des demandes » as its page shows it: tabs, filters, groups, rows of labelled cells."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

import francais
from demandes.models import Decision, Demande
from demandes.suivi import Etat, etat
from demandes.types import MES_ENFANTS, Onglet, TypeDemande
from demandes.types.valeurs import lisible
from famille.models import Enfant, Famille, Responsable

PAR_PAGE = 25


def page_du_dossier(onglet: Onglet) -> tuple[str, str]:
    """Where the requests of that tab begin, and its name."""
    if onglet == MES_ENFANTS:
        return reverse("famille:enfants"), "Mes enfants"
    return reverse("famille:mon_compte"), "Mon compte"


@dataclass(frozen=True)
class Cellule:
    libelle: str
    valeur: str


@dataclass(frozen=True)
class LigneDeListe:
    """A request, as a row on a wide screen and a card on a phone."""

    demande: Demande
    etat: Etat
    cellules: list[Cellule]


@dataclass(frozen=True)
class GroupeDeListe:
    """« Demandes refusées »…"""

    code: str
    titre: str
    colonnes: list[str]
    lignes: list[LigneDeListe]


@dataclass(frozen=True)
class Filtre:
    """A tab or a filter: where it leads, and whether it is on."""

    texte: str
    adresse: str
    actif: bool
    en_attente: int = 0


@dataclass
class ListeDesDemandes:
    """What a famille asked: of the last month, or all of it page by page."""

    famille: Famille
    parametres: QueryDict
    enfants: list[Enfant] = field(init=False)

    def __post_init__(self) -> None:
        self.enfants = list(self.famille.enfants.all())
        self.responsables: dict[str, Responsable] = {r.role: r for r in self.famille.responsables.all()}

    # -- What is asked for --------------------------------------------------------------------------

    @cached_property
    def toutes(self) -> bool:
        return "toutes" in self.parametres

    @cached_property
    def onglet(self) -> Onglet:
        """The one asked for; else that of the latest request."""
        if self.parametres.get("onglet") in Onglet.values:
            return Onglet(self.parametres["onglet"])
        return self.recentes[0].genre.onglet if self.recentes else Onglet.MON_COMPTE

    @cached_property
    def genre(self) -> type[TypeDemande] | None:
        return next((g for g in TypeDemande.tous(self.onglet) if g.code == self.parametres.get("type")), None)

    @property
    def un_seul_genre(self) -> bool:
        return self.genre is not None

    @cached_property
    def enfant(self) -> Enfant | None:
        return next((e for e in self.enfants if str(e.pk) == self.parametres.get("enfant")), None)

    # -- Tabs and filters ---------------------------------------------------------------------------

    def onglets(self) -> list[Filtre]:
        return [
            Filtre(
                onglet.label,
                self._adresse(onglet=onglet),
                onglet == self.onglet,
                sum(d.est_en_attente and d.genre.onglet == onglet for d in self.recentes),
            )
            for onglet in Onglet
        ]

    def types(self) -> list[Filtre]:
        """By kind: those of which there is a request among what the page may show, and the one that is chosen."""
        if self.toutes:
            connus = set(self.famille.demandes.order_by().values_list("type", flat=True).distinct())
        else:
            connus = {demande.type for demande in self.recentes}
        genres = [g for g in TypeDemande.tous(self.onglet) if g.code in connus or g is self.genre]
        if not genres:
            return []
        tout = Filtre("Tout", self._adresse(type=""), self.genre is None)
        return [
            tout,
            *(Filtre(g.nom_court(), self._adresse(type=g.code), g is self.genre) for g in genres),
        ]

    def filtres_enfants(self) -> list[Filtre]:
        """By child, where there are several."""
        if self.onglet != MES_ENFANTS or len(self.enfants) < 2:
            return []
        tous = Filtre("Tous mes enfants", self._adresse(enfant=""), self.enfant is None)
        return [
            tous,
            *(Filtre(e.prenom, self._adresse(enfant=str(e.pk)), e == self.enfant) for e in self.enfants),
        ]

    def adresse_des_toutes(self) -> str:
        return self._adresse(toutes="1")

    def adresse_des_recentes(self) -> str:
        return self._adresse(toutes="")

    def requete(self) -> str:
        """The parameters that the next page keeps."""
        return self._adresse().removeprefix("?") + "&"

    # -- Rows ---------------------------------------------------------------------------------------

    @cached_property
    def recentes(self) -> list[Demande]:
        return [self._attacher(demande) for demande in self._lire().recentes()]

    @cached_property
    def page(self) -> Page:
        demandes = self._lire().filter(
            type__in=[g.code for g in ([self.genre] if self.genre else TypeDemande.tous(self.onglet))]
        )
        if self.enfant:
            demandes = demandes.filter(enfant=self.enfant)
        page = Paginator(demandes, PAR_PAGE).get_page(self.parametres.get("page"))
        page.object_list = [self._attacher(demande) for demande in page.object_list]
        return page

    def groupes(self) -> list[GroupeDeListe]:
        if self.toutes:
            return [
                self._groupe(
                    "toutes",
                    "Toutes mes demandes",
                    self.page.object_list,
                    ["État", "Déposée le", "Décidée le", "Motif"],
                )
            ]
        demandes = [d for d in self.recentes if self._est_montree(d)]

        def decidees(verdict: str) -> list[Demande]:
            return [d for d in demandes if not d.est_en_attente and d.decision.verdict == verdict]

        groupes = [
            self._groupe(
                "en-attente", "Demandes en attente", [d for d in demandes if d.est_en_attente], ["État", "Déposée le"]
            ),
            self._groupe(
                "refusees",
                "Demandes refusées",
                decidees(Decision.Verdict.REFUSEE),
                ["Déposée le", "Refusée le", "Motif du refus"],
            ),
            self._groupe(
                "acceptees",
                "Demandes acceptées",
                decidees(Decision.Verdict.ACCEPTEE),
                ["Déposée le", "Acceptée le", "Remarque"],
            ),
            self._groupe(
                "retirees", "Demandes retirées", decidees(Decision.Verdict.RETIREE), ["Déposée le", "Retirée le"]
            ),
        ]
        return [groupe for groupe in groupes if groupe.lignes]

    def _lire(self):
        return self.famille.demandes.select_related("enfant", "decision")

    def _attacher(self, demande: Demande) -> Demande:
        demande.famille = self.famille
        return demande

    def _est_montree(self, demande: Demande) -> bool:
        return (
            demande.genre.onglet == self.onglet
            and (self.genre is None or demande.genre is self.genre)
            and (self.enfant is None or demande.enfant_id == self.enfant.pk)
        )

    def _groupe(self, code: str, titre: str, demandes: Iterable[Demande], fin: list[str]) -> GroupeDeListe:
        lignes = [self._ligne(demande, fin) for demande in demandes]
        colonnes = [cellule.libelle for cellule in lignes[0].cellules] if lignes else []
        return GroupeDeListe(code, titre, colonnes, lignes)

    def _ligne(self, demande: Demande, fin: list[str]) -> LigneDeListe:
        decision = None if demande.est_en_attente else demande.decision
        etat_ = etat(demande)
        fins = {
            "État": etat_.texte,
            "Déposée le": francais.date_courte(demande.deposee_jour),
            "Motif": decision.motif if decision else "",
            "Remarque": decision.motif if decision else "",
            "Motif du refus": decision.motif if decision else "",
        }
        decidee_le = francais.date_courte(decision.jour) if decision else ""
        cellules = [Cellule(libelle, fins.get(libelle, decidee_le)) for libelle in fin]
        return LigneDeListe(demande, etat_, [*self._contenu(demande), *cellules])

    def _contenu(self, demande: Demande) -> list[Cellule]:
        qui = Cellule("Enfant" if demande.genre.onglet == MES_ENFANTS else "Responsable", self._concerne(demande))
        if self.genre is None or not self.genre.colonnes_de_liste():
            return [qui, Cellule("Ce que vous demandez", demande.genre.resume(demande))]
        colonnes = self.genre.colonnes_de_liste().items()
        return [qui, *(Cellule(libelle, self._valeur(demande, noms)) for libelle, noms in colonnes)]

    def _valeur(self, demande: Demande, noms: tuple[str, ...]) -> str:
        champs = self.genre.base_fields
        return " ".join(filter(None, (lisible(champs[nom], demande.donnees.get(nom, "")) for nom in noms)))

    def _concerne(self, demande: Demande) -> str:
        if demande.genre.onglet == MES_ENFANTS:
            return str(demande.enfant) if demande.enfant else str(demande.donnees.get("prenom", ""))
        role = Responsable.Role.CONJOINT if demande.type == "conjoint" else Responsable.Role.TITULAIRE
        return str(self.responsables.get(role, ""))

    def _adresse(self, **autres: str) -> str:
        """This page with other filters. A change of tab forgets the kind and the child."""
        gardes = {
            "onglet": self.onglet,
            "type": self.genre.code if self.genre else "",
            "enfant": str(self.enfant.pk) if self.enfant else "",
            "toutes": "1" if self.toutes else "",
        }
        if "onglet" in autres:
            gardes |= {"type": "", "enfant": ""}
        parametres = QueryDict(mutable=True)
        parametres.update({nom: str(valeur) for nom, valeur in (gardes | autres).items() if valeur})
        return f"?{parametres.urlencode()}"
