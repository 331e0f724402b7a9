"""The lines of a file, put together: one foyer for those that name the same famille, one child for those that name it.

Pure: nothing is asked of the portal yet. What two lines say otherwise of one person is a fault of the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from francais import coller
from planning.models import Prestation
from planning.regles.jours import AUCUN_JOUR, Jours
from portail.importation.lecture.colonnes import INSCRIPTIONS
from portail.importation.lecture.fautes import Faute
from portail.importation.lecture.lignes import Ligne

DU_FOYER = ("famille", "titulaire", "conjoint", "caf")
Cle = tuple[object, ...]
UNE_INSCRIPTION = "Attendu\u00a0: une inscription a une prestation et un premier jour."
SANS_ENFANT = "Aucun enfant sur cette ligne\u00a0: qui est inscrit\u00a0?"
DES_JOURS = "Attendu aussi\u00a0: les jours réguliers de ces semaines."
IDENTITE = ("nom", "prenom", "date_naissance")


@dataclass
class Champs:
    """{code: value}, and the line that said it first."""

    valeurs: dict[str, object] = field(default_factory=dict)
    lignes: dict[str, Ligne] = field(default_factory=dict)

    def de(self, quoi: str) -> dict[str, object]:
        debut = f"{quoi}."
        return {code.removeprefix(debut): valeur for code, valeur in self.valeurs.items() if code.startswith(debut)}

    def poser(self, ligne: Ligne, code: str, valeur: object, qui: str) -> Faute | None:
        if code not in self.valeurs:
            self.valeurs[code], self.lignes[code] = valeur, ligne
        elif not meme(self.valeurs[code], valeur):
            autre = self.lignes[code]
            dit = autre.ecrits.get(code, "")
            return ligne.faute(
                code, f"La ligne {autre.numero}, {qui}, dit «\u00a0{dit}\u00a0»\u00a0: une seule des deux est juste."
            )
        return None


@dataclass(eq=False)
class Petit:
    """A child of the file, perhaps in two foyers."""

    ligne: Ligne
    champs: Champs = field(default_factory=Champs)
    foyers: "list[Foyer]" = field(default_factory=list)

    @property
    def identite(self) -> Cle:
        nom, prenom, naissance = (self.champs.valeurs.get(f"enfant.{un}") for un in IDENTITE)
        return coller(str(nom or "")), coller(str(prenom or "")), naissance


@dataclass(eq=False)
class Voeu:
    """An inscription of the file. `code`: of its columns, « inscription2 »."""

    ligne: Ligne
    code: str
    petit: Petit
    foyer: "Foyer"
    prestation: Prestation
    du: date
    au: date | None = None
    jours: Jours | None = None
    parite: int | None = None

    @property
    def rythme(self) -> Jours:
        return AUCUN_JOUR if self.jours is None else self.jours


@dataclass(eq=False)
class Foyer:
    ligne: Ligne
    champs: Champs = field(default_factory=Champs)
    quotients: dict[date, tuple[int, Ligne]] = field(default_factory=dict)
    petits: list[Petit] = field(default_factory=list)
    voeux: list[Voeu] = field(default_factory=list)

    @property
    def numero(self) -> str:
        return str(self.champs.valeurs.get("famille.numero", ""))

    @property
    def reference(self) -> str:
        return str(self.champs.valeurs.get("famille.reference", ""))


def meme(ancien: object, nouveau: object) -> bool:
    """Two texts that differ by capitals, accents or spaces alone say the same."""
    if isinstance(ancien, str) and isinstance(nouveau, str):
        return ancien == nouveau or (coller(ancien) == coller(nouveau) and bool(coller(ancien)))
    return ancien == nouveau


class Rassemblement:
    """Line after line; `fautes` grows."""

    def __init__(self, lignes: Iterable[Ligne]) -> None:
        self.foyers: list[Foyer] = []
        self.fautes: list[Faute] = []
        self._par_cle: dict[Cle, Foyer] = {}
        self._par_reference: dict[str, Petit] = {}
        self._par_identite: dict[Cle, Petit] = {}
        for ligne in lignes:
            self._lire(ligne)

    def _lire(self, ligne: Ligne) -> None:
        foyer = self._foyer(ligne)
        if foyer is None:
            return
        for code, valeur in ligne.valeurs.items():
            if code.partition(".")[0] in DU_FOYER:
                self._dire(foyer.champs.poser(ligne, code, valeur, "de la même famille"))
        self._quotient(foyer, ligne)
        petit = self._petit(foyer, ligne)
        self._inscriptions(foyer, petit, ligne)

    def _dire(self, faute: Faute | None) -> None:
        if faute:
            self.fautes.append(faute)

    # -- The famille --------------------------------------------------------------------------------

    def _foyer(self, ligne: Ligne) -> Foyer | None:
        cles = self._cles(ligne)
        if not cles:
            if not any(code in ligne.ecrits for code in ("famille.numero", "famille.reference", "titulaire.nom")):
                attendu = (
                    "De quelle famille\u00a0? Attendu\u00a0: son numéro, sa référence, ou le nom de son titulaire."
                )
                self._dire(ligne.faute("", attendu))
            return None
        connus = {id(foyer): foyer for cle in cles if (foyer := self._par_cle.get(cle))}
        if len(connus) > 1:
            autre = max(foyer.ligne.numero for foyer in connus.values())
            attendu = f"Cette référence est celle d’une autre famille, ligne {autre}."
            self._dire(ligne.faute("famille.reference", attendu))
            return None
        foyer = next(iter(connus.values()), None)
        if foyer is None:
            foyer = Foyer(ligne)
            self.foyers.append(foyer)
        for cle in cles:
            self._par_cle[cle] = foyer
        return foyer

    def _cles(self, ligne: Ligne) -> list[Cle]:
        numero, reference = (ligne.valeurs.get(f"famille.{nom}") for nom in ("numero", "reference"))
        cles: list[Cle] = [(genre, valeur) for genre, valeur in (("n", numero), ("r", reference)) if valeur]
        if cles or "famille.numero" in ligne.ecrits or "titulaire.nom" not in ligne.valeurs:
            return cles
        lieu = ("nom", "prenom", "adresse", "code_postal")
        return [("t", *(coller(str(ligne.valeurs.get(f"titulaire.{nom}", ""))) for nom in lieu))]

    def _quotient(self, foyer: Foyer, ligne: Ligne) -> None:
        valeur, effet = ligne.valeurs.get("qf.valeur"), ligne.valeurs.get("qf.date_effet")
        if "qf.valeur" in ligne.ecrits and "qf.date_effet" not in ligne.ecrits:
            depuis = ligne.titre("qf.date_effet")
            self._dire(ligne.faute("qf.valeur", f"Attendu aussi\u00a0: sa date, dans «\u00a0{depuis}\u00a0»."))
        elif "qf.date_effet" in ligne.ecrits and "qf.valeur" not in ligne.ecrits:
            self._dire(ligne.faute("qf.date_effet", "Attendu aussi\u00a0: le quotient qui vaut depuis ce jour."))
        elif isinstance(valeur, int) and isinstance(effet, date):
            deja, autre = foyer.quotients.setdefault(effet, (valeur, ligne))
            if deja != valeur:
                attendu = f"La ligne {autre.numero}, de la même famille, dit {deja} depuis le même jour."
                self._dire(ligne.faute("qf.valeur", attendu))

    # -- The child ----------------------------------------------------------------------------------

    def _petit(self, foyer: Foyer, ligne: Ligne) -> Petit | None:
        if not any(code.startswith("enfant.") for code in ligne.ecrits):
            return None
        reference = str(ligne.valeurs.get("enfant.reference", ""))
        if not reference and self._il_manque_son_identite(ligne):
            return None
        nouveau = Petit(ligne)
        for code, valeur in ligne.valeurs.items():
            if code.startswith("enfant."):
                nouveau.champs.poser(ligne, code, valeur, "")
        petit = self._deja_lu(nouveau, foyer, reference)
        if petit is None:
            return None
        for code, valeur in nouveau.champs.valeurs.items():
            self._dire(petit.champs.poser(ligne, code, valeur, "du même enfant"))
        if reference:
            self._par_reference[reference] = petit
        if all(petit.identite):
            self._par_identite.setdefault(petit.identite, petit)
        if foyer not in petit.foyers:
            petit.foyers.append(foyer)
            foyer.petits.append(petit)
        return petit

    def _il_manque_son_identite(self, ligne: Ligne) -> bool:
        codes = [f"enfant.{nom}" for nom in IDENTITE]
        for code in codes:
            if code not in ligne.ecrits:
                self._dire(ligne.faute(code, "Attendu\u00a0: l’enfant a un nom, un prénom et une date de naissance."))
        return any(code not in ligne.valeurs for code in codes)

    def _deja_lu(self, nouveau: Petit, foyer: Foyer, reference: str) -> Petit | None:
        """The same child, read before; `nouveau` if there is none; None if one cannot tell."""
        if reference in self._par_reference:
            return self._par_reference[reference]
        pareil = self._par_identite.get(nouveau.identite) if all(nouveau.identite) else None
        if pareil is None or (foyer in pareil.foyers and not (reference and _reference(pareil))):
            return pareil or nouveau
        attendu = (
            f"Le même enfant est ligne {pareil.ligne.numero}. Si c’est une garde alternée, donnez la même "
            "référence d’enfant aux deux lignes."
        )
        self._dire(nouveau.ligne.faute("enfant.prenom", attendu))
        return None

    # -- Its inscriptions ---------------------------------------------------------------------------

    def _inscriptions(self, foyer: Foyer, petit: Petit | None, ligne: Ligne) -> None:
        for code in (f"inscription{rang}" for rang in range(1, INSCRIPTIONS + 1)):
            ecrits = {ecrit.removeprefix(f"{code}.") for ecrit in ligne.ecrits if ecrit.startswith(f"{code}.")}
            if not ecrits:
                continue
            for nom, attendu in _manques(ecrits):
                self._dire(ligne.faute(f"{code}.{nom}", attendu))
            valeurs = ligne.de(code)
            if petit is None:
                if not any(ecrit.startswith("enfant.") for ecrit in ligne.ecrits):
                    self._dire(ligne.faute(f"{code}.prestation", SANS_ENFANT))
            elif {"prestation", "du"} <= valeurs.keys():
                foyer.voeux.append(Voeu(ligne, code, petit, foyer, **valeurs))  # type: ignore[arg-type]  # as read


def _manques(ecrits: set[str]) -> Iterator[tuple[str, str]]:
    """What an inscription lacks: (column, what is expected)."""
    for nom in ("prestation", "du"):
        if nom not in ecrits:
            yield nom, UNE_INSCRIPTION
    if "parite" in ecrits and "jours" not in ecrits:
        yield "parite", DES_JOURS


def _reference(petit: Petit) -> object:
    return petit.champs.valeurs.get("enfant.reference")
