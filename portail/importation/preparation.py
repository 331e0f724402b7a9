"""What the foyers of a file make of what the portal knows: the plan, foyer after foyer. Nothing is written here.

An empty cell changes nothing. Who looks like somebody known, without a number or a reference that tells, is a fault.
"""

from collections.abc import Iterable
from typing import cast

from django.db.models import Field, Model

import francais
from famille.models import Enfant, Famille, InformationsCaf, QuotientFamilial, Rattachement, Responsable
from portail.importation.connu import Connu, noms_de
from portail.importation.foyers import Foyer, Petit, meme
from portail.importation.lecture.lignes import Ligne
from portail.importation.plan import Ecart, Plan, dire

ROLES = ("titulaire", "conjoint")


class Preparation:
    """Foyer after foyer."""

    def __init__(self, foyers: Iterable[Foyer], connu: Connu) -> None:
        self.plan, self.connu = Plan(), connu
        self._nouvelles: dict[tuple[str, str], Ligne] = {}
        self._vus: dict[int, Foyer] = {}
        for foyer in foyers:
            self._famille(foyer)

    # -- The famille --------------------------------------------------------------------------------

    def _famille(self, foyer: Foyer) -> None:
        famille = self._trouver(foyer)
        if famille is None:
            return
        nouvelle, avant = famille.pk is None, len(self.plan.ecarts)
        self.plan.familles[foyer] = famille
        if nouvelle:
            self.plan.creer(famille)
        siens = foyer.champs.de("famille")
        siens.pop("numero", None)
        self._comparer(famille, siens, foyer, "famille", "famille")
        for role in ROLES:
            self._adulte(foyer, famille, role)
        self._caf(foyer, famille)
        change = self._quotients(foyer, famille)
        change = change or len(self.plan.ecarts) > avant
        self.plan.compter("famille", nouveau=nouvelle, change=change, nom=_nommer_le_titulaire(foyer))
        for petit in foyer.petits:
            self._enfant(petit, foyer, famille)

    def _trouver(self, foyer: Foyer) -> Famille | None:
        """Known or new; None if one cannot tell, which is said."""
        famille = self.connu.famille_de(foyer)
        if foyer.numero and foyer.numero not in self.connu.par_numero:
            self._refuser(
                foyer.ligne, "famille.numero", "Aucune famille n’a ce numéro. Laissez-le vide si elle est nouvelle."
            )
            return None
        autre = self.connu.par_reference.get(foyer.reference)
        if autre is not None and autre != famille:
            self._refuser(foyer.ligne, "famille.reference", f"Cette référence est celle de {autre}.")
            return None
        if famille is not None:
            premier = self._vus.setdefault(famille.pk, foyer)
            if premier is not foyer:
                attendu = (
                    f"La ligne {premier.ligne.numero} est de la même famille, sous une autre clé\u00a0: gardez-en une."
                )
                self._refuser(foyer.ligne, "", attendu)
                return None
            return famille
        return Famille() if self._est_bien_nouvelle(foyer) else None

    def _est_bien_nouvelle(self, foyer: Foyer) -> bool:
        ligne, noms = foyer.ligne, noms_de(foyer, "titulaire")
        if not all(noms):
            for nom in ("nom", "prenom"):
                if f"titulaire.{nom}" not in ligne.ecrits:
                    self._refuser(
                        ligne, f"titulaire.{nom}", "Attendu\u00a0: une nouvelle famille a un titulaire, nom et prénom."
                    )
            return False
        pareils = [adulte for role in ROLES for adulte in self.connu.adultes.get(noms_de(foyer, role), [])]
        if not foyer.reference and noms in self._nouvelles:
            attendu = (
                f"Le même titulaire est ligne {self._nouvelles[noms].numero}, à une autre adresse. "
                "Donnez une référence à "
                "chaque famille."
            )
            self._refuser(ligne, "titulaire.nom", attendu)
            return False
        self._nouvelles.setdefault(noms, ligne)
        if pareils and not foyer.reference:
            attendu = (
                f"Ressemble à {pareils[0].famille.en_choix}. Si c’est elle, donnez son numéro\u00a0; sinon, donnez une "
                "référence à la nouvelle famille."
            )
            self._refuser(ligne, "titulaire.nom", attendu)
            return False
        for adulte in pareils[:1]:
            self.plan.avertissements.append(
                f"Ligne {ligne.numero}\u00a0: famille nouvelle, mais {adulte.nom_complet} est déjà dans la famille "
                f"{adulte.famille.en_choix}."
            )
        return True

    def _adulte(self, foyer: Foyer, famille: Famille, role: str) -> None:
        dits = foyer.champs.de(role)
        if not dits:
            return
        connu = {un.role: un for un in famille.responsables.all()}.get(role) if famille.pk else None
        if connu is None:
            manquent = [nom for nom in ("nom", "prenom") if nom not in dits]
            for nom in manquent:
                if f"{role}.{nom}" not in foyer.ligne.ecrits:
                    self._refuser(
                        foyer.ligne, f"{role}.{nom}", "Attendu\u00a0: un nouvel adulte a un nom et un prénom."
                    )
            if not manquent:
                adulte = Responsable(famille=famille, role=role, **dits)
                self.plan.creer(adulte)
                if famille.pk:
                    self._dire(famille, foyer.ligne, str(famille), role, "", adulte.nom_complet)
            return
        if {"nom", "prenom"} <= dits.keys() and not any(meme(getattr(connu, n), dits[n]) for n in ("nom", "prenom")):
            attendu = (
                f"Le {role} de cette famille est {connu.nom_complet}\u00a0: vérifiez la famille, ou "
                "changez-le d’abord sur sa "
                "fiche."
            )
            self._refuser(foyer.champs.lignes[f"{role}.nom"], f"{role}.nom", attendu)
            return
        self._comparer(connu, dits, foyer, role, f"{connu.nom_complet}, {role}")

    def _caf(self, foyer: Foyer, famille: Famille) -> None:
        dits = foyer.champs.de("caf")
        if not dits:
            return
        caf = self.connu.caf.get(famille.pk or 0)
        if caf is None:
            caf = InformationsCaf(famille=famille, **dits)
            self.plan.creer(caf)
            if famille.pk:
                self._dire(famille, foyer.ligne, str(famille), "informations CAF", "", str(caf))
        else:
            self._comparer(caf, dits, foyer, "caf", str(famille))

    def _quotients(self, foyer: Foyer, famille: Famille) -> bool:
        """Whether one is new, or another."""
        connus = {quotient.date_effet: quotient for quotient in famille.quotients.all()} if famille.pk else {}
        change = False
        for effet, (valeur, ligne) in foyer.quotients.items():
            quotient = connus.get(effet)
            differe = quotient is None or quotient.valeur != valeur
            self.plan.compter("quotient", nouveau=quotient is None, change=differe)
            change = change or differe
            quoi = f"QF au {francais.date_courte(effet)}"
            if quotient is None:
                self.plan.creer(QuotientFamilial(famille=famille, date_effet=effet, valeur=valeur))
                if famille.pk:
                    self._dire(famille, ligne, str(famille), quoi, "", str(valeur))
            elif differe:
                self._dire(famille, ligne, str(famille), quoi, str(quotient.valeur), str(valeur))
                quotient.valeur = valeur
                self.plan.changes.setdefault(quotient, set()).add("valeur")
        return change

    # -- The child ----------------------------------------------------------------------------------

    def _enfant(self, petit: Petit, foyer: Foyer, famille: Famille) -> None:
        siens = self.connu.enfants.get(famille.pk or 0, [])
        enfant = self.plan.enfants.get(petit)
        if enfant is None:
            enfant = self._trouver_l_enfant(petit, siens)
            if enfant is None:
                return
            self.plan.enfants[petit] = enfant
            avant, dits = len(self.plan.ecarts), {c.removeprefix("enfant."): v for c, v in petit.champs.valeurs.items()}
            nouveau = enfant.pk is None
            if nouveau:
                self.plan.creer(enfant)
            self._comparer(enfant, dits, petit, "enfant", enfant.nom_complet)
            change = len(self.plan.ecarts) > avant
            self.plan.compter("enfant", nouveau=nouveau, change=change, nom=enfant.nom_complet)
        if enfant.pk is None or enfant not in siens:
            self.plan.creer(Rattachement(famille=famille, enfant=enfant))
            if enfant.pk:
                self._dire(enfant, petit.ligne, enfant.nom_complet, "famille", "", _nommer(famille, foyer))

    def _trouver_l_enfant(self, petit: Petit, siens: list[Enfant]) -> Enfant | None:
        dits = petit.champs.valeurs
        connu = self.connu.enfants_par_reference.get(str(dits.get("enfant.reference", "")))
        if connu is not None:
            return connu
        manquent = [nom for nom in ("nom", "prenom", "date_naissance") if f"enfant.{nom}" not in dits]
        if manquent:
            for nom in manquent:
                if f"enfant.{nom}" not in petit.ligne.ecrits:
                    attendu = "Attendu\u00a0: un nouvel enfant a un nom, un prénom et une date de naissance."
                    self._refuser(petit.ligne, f"enfant.{nom}", attendu)
            return None
        pareils = self.connu.semblables.get(petit.identite, [])
        if ici := next((un for un in siens if un in pareils), None):
            return ici
        for autre in siens:
            if francais.coller(autre.prenom) == petit.identite[1] and not self._est_cite(autre):
                attendu = (
                    f"{autre.nom_complet}, né(e) le {francais.date_courte(autre.date_naissance)}, est déjà dans cette "
                    "famille. Si c’est le même enfant, corrigez le nom ou la date, ou donnez sa référence."
                )
                self._refuser(petit.ligne, "enfant.prenom", attendu)
                return None
        if pareils:
            attendu = (
                f"Un enfant pareil existe déjà\u00a0: {pareils[0].en_choix}. Si c’est lui, "
                "rattachez-le d’abord à cette "
                "famille depuis sa fiche."
            )
            self._refuser(petit.ligne, "enfant.prenom", attendu)
            return None
        return Enfant(nom=str(dits["enfant.nom"]), prenom=str(dits["enfant.prenom"]))

    def _est_cite(self, enfant: Enfant) -> bool:
        return enfant in self.plan.enfants.values()

    # -- What changes -------------------------------------------------------------------------------

    def _comparer(self, objet: Model, dits: dict[str, object], ou: Foyer | Petit, quoi: str, qui: str) -> None:
        """A row that is new takes all; one that is known, what differs, which is told."""
        for attribut, valeur in dits.items():
            ancien = getattr(objet, attribut)
            if objet.pk is None:
                setattr(objet, attribut, valeur)
            elif not meme(ancien, valeur):
                ligne = ou.champs.lignes[f"{quoi}.{attribut}"]
                champ = cast(Field, objet._meta.get_field(attribut))
                fiche = objet if isinstance(objet, Enfant) else self.plan.familles[cast(Foyer, ou)]
                self._dire(fiche, ligne, qui, str(champ.verbose_name), dire(champ, ancien), dire(champ, valeur))
                setattr(objet, attribut, valeur)
                self.plan.changes.setdefault(objet, set()).add(attribut)

    def _dire(self, fiche: Famille | Enfant, ligne: Ligne, qui: str, quoi: str, avant: str, apres: str) -> None:
        self.plan.ecarts.append(Ecart(fiche, ligne.numero, qui, quoi, avant, apres))

    def _refuser(self, ligne: Ligne, code: str, attendu: str) -> None:
        """`ecriture` is not reached."""
        self.plan.fautes.append(ligne.faute(code, attendu))


def _nommer(famille: Famille, foyer: Foyer) -> str:
    """« DURAND (1001001818331) », « DURAND, nouvelle »."""
    return str(famille) if famille.pk else f"{foyer.champs.valeurs.get('titulaire.nom', '')}, nouvelle"


def _nommer_le_titulaire(foyer: Foyer) -> str:
    return " ".join(str(foyer.champs.valeurs.get(f"titulaire.{un}", "")) for un in ("prenom", "nom")).strip()
