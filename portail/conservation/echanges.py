"""Requests, conversations and e-mails, once they are over."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from courriels.models import Courriel
from demandes.models import Demande
from famille.models import NoteDuCentre, PieceFournie
from messagerie.models import Fil
from portail.conservation.rubrique import Gardees, Rubrique


class Demandes(Rubrique):
    """With their decision and their supporting documents."""

    titre, reglage, depuis = "Demandes", "demandes", "après la décision"

    def a_purger(self) -> QuerySet[Demande]:
        return Demande.objects.decidees().filter(decidee_le__lt=self.instant)

    def gardees(self) -> list[Gardees]:
        oubliees = Demande.objects.en_attente().filter(deposee_le__lt=self.instant)
        return [Gardees(oubliees.count(), "qui attendent encore une décision")]


class Conversations(Rubrique):
    """With their messages and their attachments."""

    titre, reglage, depuis = "Conversations", "messages", "après le dernier message"

    def a_purger(self) -> QuerySet[Fil]:
        return self._terminees().exclude(self._suivies_depuis())

    def gardees(self) -> list[Gardees]:
        attendent = Fil.objects.a_traiter().filter(dernier_le__lt=self.instant)
        suivies = self._terminees().filter(self._suivies_depuis())
        return [
            Gardees(attendent.count(), "qui attendent encore une réponse"),
            Gardees(suivies.count(), "qu’un agent a suivies ou classées depuis"),
        ]

    def _terminees(self) -> QuerySet[Fil]:
        return Fil.objects.filter(dernier_le__lt=self.instant, en_attente_depuis__isnull=True)

    def _suivies_depuis(self) -> Exists:
        """A thread may be closed without a word, long after the last one: only the agents' history knows when."""
        gestes = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Fil), action_time__gte=self.instant
        )
        return Exists(gestes.filter(object_id=Cast(OuterRef("pk"), CharField())))


class Notes(Rubrique):
    """Of the centre on a famille."""

    titre, reglage, depuis = "Notes du centre", "notes", "après leur écriture"

    def a_purger(self) -> QuerySet[NoteDuCentre]:
        return NoteDuCentre.objects.filter(le__lt=self.instant)


class Documents(Rubrique):
    """What familles sent, that serves no more: refused, or out of date."""

    titre, reglage, depuis = "Documents des familles", "documents", "après leur refus ou leur péremption"

    def a_purger(self) -> QuerySet[PieceFournie]:
        refusees = Q(etat=PieceFournie.Etat.REFUSEE, decidee_le__lt=self.instant)
        return PieceFournie.objects.filter(refusees | Q(expire_le__lt=self.limite))


class Courriels(Rubrique):
    """The notices of messages and decisions, that have left."""

    titre, reglage, depuis = "E-mails", "messages", "après leur envoi"

    def a_purger(self) -> QuerySet[Courriel]:
        return Courriel.objects.filter(envoye_le__lt=self.instant)

    def gardees(self) -> list[Gardees]:
        echoues = Courriel.objects.filter(envoye_le=None, depose_le__lt=self.instant)
        return [Gardees(echoues.count(), "qui ne sont jamais partis\u00a0: un agent peut les relancer")]
