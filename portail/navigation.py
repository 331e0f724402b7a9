"""The portal's entries: those of the guide, in its order, and « Administration » for an agent."""

from dataclasses import dataclass

from famille.connexion.requete import RequeteDuPortail
from socle.adresses.formes import adresse_de


@dataclass(frozen=True)
class Entree:
    """One entry. `court`: its name in the bar under the thumb, if it is there too."""

    adresse: str
    titre: str
    icone: str
    court: str = ""
    espace: str = ""
    pages: frozenset[str] = frozenset()

    @property
    def au_pouce(self) -> bool:
        return bool(self.court)

    def contient(self, page: str) -> bool:
        """Whether that page (a view's name) is of this entry."""
        return page == self.adresse or page in self.pages or (bool(self.espace) and page.startswith(self.espace + ":"))


ENTREES_FAMILLE = (
    Entree(
        "accueil",
        "Accueil",
        "home",
        court="Accueil",
        pages=frozenset({"messagerie:infos", "messagerie:archives", "messagerie:formulaires"}),
    ),
    Entree(
        "famille:mon_compte",
        "Mon compte",
        "identification",
        pages=frozenset({"famille:mot_de_passe_changement", "certification", "pieces", "piece", "piece_enfant"}),
    ),
    Entree(
        "famille:enfants",
        "Mes enfants",
        "face-smile",
        court="Enfants",
        espace="planning",
        pages=frozenset({"famille:enfant"}),
    ),
    Entree(
        "facturation:releve",
        "Relevé de compte",
        "document-currency-euro",
        court="Relevé",
        espace="facturation",
    ),
    Entree(
        "messagerie:messages",
        "Boîte de réception",
        "envelope",
        court="Messages",
        pages=frozenset(f"messagerie:{page}" for page in ("envoyes", "supprimes", "nouveau", "fil")),
    ),
    Entree(
        "demandes:liste",
        "Liste des demandes",
        "clipboard-document-list",
        espace="demandes",
    ),
)
ENTREES_AGENT = (Entree("admin:index", "Administration", "wrench-screwdriver"),)


@dataclass(frozen=True)
class Lien:
    """An entry on the page being read."""

    entree: Entree
    url: str
    courant: bool


def liens(request: RequeteDuPortail) -> tuple[Lien, ...]:
    """The entries of whoever reads. None for a visitor, nor for whoever must first change their password."""
    compte = getattr(request, "user", None)
    if compte is None or not compte.is_authenticated or compte.doit_changer_de_mot_de_passe:
        return ()
    entrees: tuple[Entree, ...] = ENTREES_FAMILLE if request.famille is not None else ()
    if compte.is_staff:
        entrees += ENTREES_AGENT
    page = request.resolver_match.view_name if request.resolver_match else ""
    return tuple(Lien(entree, adresse_de(entree.adresse), entree.contient(page)) for entree in entrees)
