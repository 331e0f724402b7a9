"""« Mon compte »: what the centre knows of a famille, section by section."""

from functools import cached_property
from typing import TypeVar

from django.db.models import Model, QuerySet

import francais
from famille.fiches.section import Champs, Section, _champs, _telephone
from famille.models import (
    Famille,
    InformationsBancaires,
    InformationsCaf,
    InformationsFiscales,
    QuotientFamilial,
    Responsable,
    responsables_de,
)
from socle.requetes.preparee import Preparee, inconnue

M = TypeVar("M", bound=Model)


def _de_la_famille(modele: type[M]) -> Preparee[M]:
    def siennes() -> QuerySet[M]:
        return modele._default_manager.filter(famille=inconnue("famille"))

    return Preparee(siennes)


BANQUE = _de_la_famille(InformationsBancaires)
CAF = _de_la_famille(InformationsCaf)
FISCALES = _de_la_famille(InformationsFiscales)
QUOTIENTS = _de_la_famille(QuotientFamilial)


class FicheFamille:
    """« Informations famille », as one of its responsables sees it."""

    def __init__(self, famille: Famille, vue_par: Responsable) -> None:
        self.famille = famille
        self.vue_par = vue_par
        self.responsables = responsables_de(famille.pk)

    @cached_property
    def banque(self) -> InformationsBancaires | None:
        return BANQUE.premier(famille=self.famille.pk)

    def sections(self) -> list[Section]:
        return [*self.adultes(), self._fiscales(), self._caf(), self._bancaires()]

    def adultes(self, *, avec_la_banque: bool = True) -> list[Section]:
        """The titulaire and the conjoint."""
        titulaire = next((r for r in self.responsables if r.est_titulaire), None)
        conjoint = next((r for r in self.responsables if not r.est_titulaire), None)
        sections = []
        if titulaire:
            champs = self._titulaire(titulaire, avec_la_banque=avec_la_banque)
            sections.append(Section("responsable", self._titre(titulaire), champs))
        if conjoint:
            sections.append(Section("conjoint", self._titre(conjoint), self._conjoint(conjoint)))
        else:
            sections.append(Section("conjoint", "Mon conjoint", vide="Aucun conjoint n’est déclaré."))
        return sections

    def _titre(self, responsable: Responsable) -> str:
        return "Mon compte" if responsable.pk == self.vue_par.pk else "Mon conjoint"

    def _titulaire(self, r: Responsable, *, avec_la_banque: bool) -> Champs:
        compte = [("Titulaire du compte", "titulaire"), ("Nom banque", "banque")] if avec_la_banque else []
        return _champs(
            ("Civilité", r.get_civilite_display()),
            ("N° Famille", self.famille.numero),
            ("Nom", r.nom),
            ("Prénom", r.prenom),
            ("Qualité", r.get_qualite_display()),
            ("Situation", r.situation_accordee),
            *_coordonnees(r),
            *((libelle, getattr(self.banque, champ, "")) for libelle, champ in compte),
            *_travail(r),
            *_autorisations(r),
            ("Organisme rattachement", self.famille.organisme_rattachement),
        )

    def _conjoint(self, r: Responsable) -> Champs:
        identite = (("Nom", r.nom), ("Prénom", r.prenom), ("Qualité", r.get_qualite_display()))
        return _champs(*identite, *_coordonnees(r), *_travail(r), *_autorisations(r))

    def _fiscales(self) -> Section:
        return Section(
            "fiscales",
            "Informations fiscales",
            colonnes=["Année des revenus", "Revenu fiscal de référence", "Nombre de parts"],
            lignes=[
                [
                    str(f.annee),
                    f"{francais.nombre(f.revenu_fiscal_reference)}\u00a0€",
                    francais.nombre(f.parts, 2).removesuffix(",00"),
                ]
                for f in FISCALES.lire(famille=self.famille.pk)
            ],
            vide="Le centre ne connaît aucun de vos avis d’impôt.",
        )

    def _caf(self) -> Section:
        caf = CAF.premier(famille=self.famille.pk)
        quotients = [
            [francais.date_courte(q.date_effet), francais.nombre(q.valeur)]
            for q in QUOTIENTS.lire(famille=self.famille.pk)
        ]
        return Section(
            "caf",
            "Informations CAF",
            _champs(
                ("N° allocataire", caf.numero_allocataire if caf else ""),
                ("Régime", caf.get_regime_display() if caf else ""),
            ),
            colonnes=["À compter du", "Quotient familial"],
            lignes=quotients,
            vide="Aucun quotient familial n’est connu\u00a0: le tarif le plus élevé s’applique.",
        )

    def _bancaires(self) -> Section:
        banque = self.banque
        return Section(
            "bancaires",
            "Informations bancaires",
            _champs(
                ("Titulaire du compte", banque.titulaire if banque else ""),
                ("Nom banque", banque.banque if banque else ""),
                ("IBAN", banque.iban_masque if banque else ""),
                ("BIC", banque.bic if banque else ""),
            ),
        )


def _coordonnees(r: Responsable) -> list[tuple[str, str]]:
    return [
        ("Adresse", r.adresse),
        ("Code postal", r.code_postal),
        ("Ville", r.ville),
        ("Téléphone domicile", _telephone(r.telephone_domicile)),
        ("Téléphone prof.", _telephone(r.telephone_professionnel)),
        ("Mobile", _telephone(r.mobile)),
        ("E-mail", r.email),
    ]


def _travail(r: Responsable) -> list[tuple[str, str]]:
    return [
        ("Profession", r.profession),
        ("CSP", r.get_csp_display()),
        ("Employeur", r.employeur),
        ("Adresse employeur", r.adresse_employeur),
    ]


def _autorisations(r: Responsable) -> list[tuple[str, str]]:
    return [
        ("Autorisation e-mail", francais.oui_non(r.autorisation_courriel)),
        ("Autorisation SMS", francais.oui_non(r.autorisation_sms)),
    ]
