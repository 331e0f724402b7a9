"""« Mon compte »: what the centre knows of a famille, section by section."""

from typing import TypeVar

from django.db.models import Model

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
    return Preparee(lambda: modele._default_manager.filter(famille=inconnue("famille")))


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
        self.banque = BANQUE.premier(famille=famille.pk)

    def sections(self) -> list[Section]:
        return [*self._responsables(), self._fiscales(), self._caf(), self._bancaires()]

    def _responsables(self) -> list[Section]:
        titulaire = next((r for r in self.responsables if r.est_titulaire), None)
        conjoint = next((r for r in self.responsables if not r.est_titulaire), None)
        sections = []
        if titulaire:
            sections.append(Section("responsable", self._titre(titulaire), self._titulaire(titulaire)))
        if conjoint:
            sections.append(Section("conjoint", self._titre(conjoint), self._conjoint(conjoint)))
        else:
            sections.append(Section("conjoint", "Mon conjoint", vide="Aucun conjoint n’est déclaré."))
        return sections

    def _titre(self, responsable: Responsable) -> str:
        return "Mon compte" if responsable.pk == self.vue_par.pk else "Mon conjoint"

    def _titulaire(self, r: Responsable) -> Champs:
        banque = self.banque
        return _champs(
            ("Civilité", r.get_civilite_display()),
            ("N° Famille", self.famille.numero),
            ("Nom", r.nom),
            ("Prénom", r.prenom),
            ("Qualité", r.get_qualite_display()),
            ("Situation", r.situation_accordee),
            *_coordonnees(r),
            ("Titulaire du compte", banque.titulaire if banque else ""),
            ("Nom banque", banque.banque if banque else ""),
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
