"""Which modules are changed, and which tests must notice: those of the same noun, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mutants.alterations import Module, Mutant
from mutants.registre import RACINE, empreinte_des_fichiers


@dataclass(frozen=True)
class Lot:
    """Modules and tests, by the patterns and the folders that hold them."""

    nom: str
    motifs: tuple[str, ...]
    dossiers: tuple[str, ...]

    @cached_property
    def modules(self) -> dict[str, Module]:
        """By path, those in which something may be changed."""
        chemins = sorted({chemin for motif in self.motifs for chemin in RACINE.glob(motif)})
        modules = (Module(RACINE, str(chemin.relative_to(RACINE))) for chemin in chemins)
        return {module.fichier: module for module in modules if module.endroits}

    def mutants(self, fichiers: set[str]) -> Iterator[Mutant]:
        """Of those files; of all of them if none is named."""
        for fichier, module in self.modules.items():
            if not fichiers or fichier in fichiers:
                yield from (endroit.mutant for endroit in module.endroits.values())

    @cached_property
    def avec(self) -> str:
        """What stands for its tests as they are."""
        return empreinte_des_fichiers(
            chemin for dossier in self.dossiers for chemin in (RACINE / dossier).rglob("*.py")
        )


def _dossiers(racine: str, *noms: str) -> tuple[str, ...]:
    return tuple(f"{racine}/{nom}" for nom in noms)


def _motifs(racine: str, *noms: str) -> tuple[str, ...]:
    return tuple(f"{racine}/{nom}/*.py" for nom in noms)


# Money and planning first: what the time does not allow is what comes last.
LOTS = {
    lot.nom: lot
    for lot in (
        Lot("regles", ("planning/regles/*.py", "planning/regles/dossier/*.py"), _dossiers("tests/planning", "regles")),
        Lot("prix", ("facturation/montants.py", "facturation/prix/*.py"), _dossiers("tests/facturation", "prix")),
        Lot(
            "operations",
            ("facturation/models/*.py", "facturation/models/affectations/*.py"),
            _dossiers("tests/facturation", "models", "compte", "papiers", "rentree"),
        ),
        Lot(
            "planning",
            ("planning/models/*.py", *_motifs("planning/models", "jours_pris", "rentree"), "planning/places/*.py"),
            _dossiers(
                "tests/planning", "models", "places", "inscriptions", "calendrier", "derogations", "admin", "pieces"
            ),
        ),
        Lot(
            "campagne",
            _motifs("facturation/campagne", ".", "a_regarder", "passe"),
            _dossiers("tests/facturation", "campagne"),
        ),
        # What a famille's own rules reprice is told to an agent before it is saved.
        Lot("foyer", _motifs("facturation/campagne", "foyer"), _dossiers("tests/facturation", "campagne", "admin")),
        Lot(
            "demandes",
            ("demandes/models/*.py", "demandes/types/*.py", "demandes/types/planning/*.py"),
            _dossiers("tests/demandes", "models", "types", "annonces", "admin"),
        ),
        Lot(
            "genres",
            ("demandes/*.py", "demandes/genre/*.py", "demandes/valeurs/*.py"),
            _dossiers("tests/demandes", "genre", "types", "models", "views"),
        ),
        Lot(
            "suivi",
            ("demandes/annonces/*.py", "demandes/liste/*.py", "demandes/suivi/*.py"),
            _dossiers("tests/demandes", "annonces", "liste", "suivi", "models", "admin", "views"),
        ),
        Lot(
            "familles",
            (
                "famille/*.py",
                *_motifs("famille", "models/**", "fusion", "acces", "connexion", "mots_de_passe", "fiches"),
            ),
            # A record is certified, and its documents sent, on the pages of the shell.
            ("tests/famille", "tests/planning/pieces", *_dossiers("tests/portail", "certification", "pieces")),
        ),
        Lot("francais", ("francais/*.py",), ("tests/francais",)),
        Lot(
            "socle",
            ("socle/*.py", *_motifs("socle", "envois", "fichiers", "octroi", "ouvrier", "roles")),
            ("tests/socle",),
        ),
        # It has pages only where an app makes some: its tests are theirs.
        Lot(
            "admin",
            _motifs("socle", "admin/**"),
            ("tests/socle/admin", "tests/famille/admin", "tests/planning/admin", "tests/facturation/admin"),
        ),
        Lot("courriels", ("courriels/*.py",), ("tests/courriels",)),
        Lot("bureau", _motifs("demandes", "admin", "views"), _dossiers("tests/demandes", "admin", "views")),
        Lot("dossiers", _motifs("famille", "admin/**", "views"), ("tests/famille",)),
    )
}
