"""What signing in, sending forms and preparing an import leave behind.

An account's last login stays with the account: agents read whether it serves.
"""

from datetime import date

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

from famille.models import AppareilDeConfiance, FichierAImporter
from portail.conservation.durees import FICHIERS_A_IMPORTER, FORMULAIRES_ENVOYES
from portail.conservation.rubrique import Rubrique
from socle.models import FormulaireEnvoye


def essais_enregistres() -> dict[type[Model], str]:
    """django-axes' tables. The portal only fills the first; a town may ask for the others."""
    return {
        AccessAttempt: "Essais de connexion infructueux",
        AccessFailureLog: "Journal des essais infructueux",
        AccessLog: "Journal des connexions",
    }


class EssaisDeConnexion(Rubrique):
    """One of them."""

    reglage, depuis = "traces", "après l’essai"

    def __init__(self, le: date, modele: type[Model]) -> None:
        super().__init__(le)
        self.modele = modele
        self.titre = essais_enregistres()[modele]

    def a_purger(self) -> QuerySet:
        return self.modele._base_manager.filter(attempt_time__lt=self.instant)


class Sessions(Rubrique):
    """Those that `clearsessions` was never asked to remove."""

    titre, reglage, depuis = "Sessions terminées", "traces", "après leur fin"

    def a_purger(self) -> QuerySet[Session]:
        return Session.objects.filter(expire_date__lt=self.instant)


class AppareilsDeConfiance(Rubrique):
    """Tablets on which an agent's code is asked again."""

    titre, reglage, depuis = "Appareils de confiance", "traces", "après leur fin"

    def a_purger(self) -> QuerySet[AppareilDeConfiance]:
        return AppareilDeConfiance.objects.filter(expire_le__lt=self.instant)


class FormulairesEnvoyes(Rubrique):
    """What keeps a form from acting twice, once nobody can send it again."""

    titre, duree, depuis = "Formulaires envoyés", FORMULAIRES_ENVOYES, "après leur envoi"

    def a_purger(self) -> QuerySet[FormulaireEnvoye]:
        return FormulaireEnvoye.objects.filter(le__lt=self.instant)


class FichiersNonImportes(Rubrique):
    """Whole files of familles, encrypted, that somebody has looked at and left there."""

    titre, duree, depuis = "Fichiers non importés", FICHIERS_A_IMPORTER, "après leur dépôt"

    def a_purger(self) -> QuerySet[FichierAImporter]:
        return FichierAImporter.objects.filter(le__lt=self.instant)
