"""Words: threads and their messages, mailings, announcements, documents, and the outbox of e-mails."""

from messagerie.courriels import Courriel

from .document import Document
from .envoi import Destination, Envoi
from .fil import Fil
from .information import Information
from .message import Lecture, Message, Piece

__all__ = ["Courriel", "Destination", "Document", "Envoi", "Fil", "Information", "Lecture", "Message", "Piece"]
