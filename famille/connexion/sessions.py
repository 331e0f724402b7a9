"""Sessions in the database, as Django keeps them; a page reads its own without writing the SQL again."""

from django.contrib.sessions.backends.db import SessionStore as SessionsDeDjango
from django.contrib.sessions.models import Session
from django.utils import timezone

from socle.requetes.preparee import Preparee, inconnue

EN_COURS = Preparee(lambda: Session.objects.filter(session_key=inconnue("cle"), expire_date__gt=inconnue("maintenant")))


class SessionStore(SessionsDeDjango):
    """Its name is in the signature of what it keeps: a session opened before this file goes on."""

    def _get_session_from_db(self) -> Session | None:
        session = EN_COURS.premier(cle=self.session_key, maintenant=timezone.now())
        if session is None:
            self._session_key = None
        return session
