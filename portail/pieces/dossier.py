"""The documents of one famille, of the household first, then child by child: where each stands, what was given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import francais
from demandes.models import Demande
from demandes.types import Assurance
from famille.models import Enfant, Famille, FichierDePiece, PieceFournie, enfants_de
from planning.pieces.attendue import EtatDePiece, PieceAttendue
from planning.pieces.lecture import pieces_attendues
from socle.adresses.formes import adresse_de

# State → level and icon of its label.
MARQUES = {
    EtatDePiece.A_FOURNIR: ("warning", "exclamation-triangle"),
    EtatDePiece.RECUE: ("info", "clock"),
    EtatDePiece.VERIFIEE: ("success", "check"),
    EtatDePiece.REFUSEE: ("error", "x-mark"),
    EtatDePiece.EXPIREE: ("error", "x-mark"),
}
EN_FAMILLE = "Pour toute la famille"


@dataclass(frozen=True)
class Piece:
    """One document, to be shown. `motif`, `fichiers`: of the famille's own deposit. `adresse`: where it is sent."""

    attendue: PieceAttendue
    adresse: str
    motif: str = ""
    fichiers: tuple[FichierDePiece, ...] = ()
    demandee_a_la_fiche: bool = False

    @property
    def etat(self) -> EtatDePiece:
        """What a request waits to write on the child's record is received too."""
        attend = self.demandee_a_la_fiche and self.attendue.manque
        return EtatDePiece.RECUE if attend else self.attendue.etat

    @property
    def dit(self) -> str:
        """« Document vérifié, jusqu’au 31/08/2027 », « Document périmé depuis le 03/04/2015 »."""
        fin = self.attendue.expire_le
        if fin and self.etat == EtatDePiece.VERIFIEE:
            return f"{self.etat.label}, jusqu’au {francais.date_courte(fin)}"
        if fin and self.etat == EtatDePiece.EXPIREE:
            return f"{self.etat.label} depuis le {francais.date_courte(fin)}"
        return str(self.etat.label)

    @property
    def niveau(self) -> str:
        return MARQUES[self.etat][0]

    @property
    def icone(self) -> str:
        return MARQUES[self.etat][1]

    @property
    def manque(self) -> bool:
        return self.etat not in (EtatDePiece.RECUE, EtatDePiece.VERIFIEE)

    @property
    def geste(self) -> str:
        return "Envoyer" if self.manque else "Remplacer"


@dataclass(frozen=True)
class Groupe:
    """Of the household, or of a child: `enfant`, its key."""

    titre: str
    pieces: list[Piece]
    enfant: int | None = None


class PiecesDuDossier:
    """As of that day. Four queries, five where the insurance of the record is asked for."""

    def __init__(self, famille: Famille, *, le: date) -> None:
        self.famille, self.le = famille, le

    @cached_property
    def attendues(self) -> list[PieceAttendue]:
        return pieces_attendues(self.le, [self.famille.pk])

    @cached_property
    def enfants(self) -> dict[int, Enfant]:
        return {enfant.pk: enfant for enfant in enfants_de(self.famille.pk)}

    def groupes(self) -> list[Groupe]:
        """Those that have something to give."""
        titres = {None: EN_FAMILLE} | {cle: enfant.nom_complet for cle, enfant in self.enfants.items()}
        par_enfant = [Groupe(titre, self._de(cle), cle) for cle, titre in titres.items()]
        return [groupe for groupe in par_enfant if groupe.pieces]

    def _de(self, enfant: int | None) -> list[Piece]:
        return [self._piece(une) for une in self.attendues if une.enfant == enfant]

    def _piece(self, une: PieceAttendue) -> Piece:
        if une.tenue_par:
            enfant = self.enfants.get(une.enfant or 0)
            return Piece(une, Assurance.adresse(enfant), demandee_a_la_fiche=une.enfant in self._assurances_demandees)
        cles = (une.piece,) if une.enfant is None else (une.piece, une.enfant)
        adresse = adresse_de("piece" if une.enfant is None else "piece_enfant", *cles)
        fournie = self._fournies.get(une.fournie or 0)
        if fournie is None:
            return Piece(une, adresse)
        motif = fournie.motif if une.etat == EtatDePiece.REFUSEE else ""
        return Piece(une, adresse, motif, tuple(fournie.fichiers.all()))

    @cached_property
    def _fournies(self) -> dict[int, PieceFournie]:
        """The famille's own: of the other household's, only where they stand."""
        cles = [une.fournie for une in self.attendues if une.donnee_par == self.famille.pk]
        if not cles:
            return {}
        return PieceFournie.objects.filter(famille=self.famille).prefetch_related("fichiers").in_bulk(cles)

    @cached_property
    def _assurances_demandees(self) -> set[int | None]:
        if not any(une.tenue_par and une.manque for une in self.attendues):
            return set()
        attendent = Demande.objects.en_attente().filter(famille=self.famille, type=Assurance.code)
        return set(attendent.values_list("enfant_id", flat=True))


def manquantes(pieces: Iterable[PieceAttendue]) -> list[PieceAttendue]:
    """Those to send here: of an insurance, accueil says more."""
    return [une for une in pieces if une.manque and not une.tenue_par]
