"""Words: threads and their messages, mailings, announcements, documents."""

from .document import Document
from .envoi import Destination, Envoi
from .fil import Fil
from .information import Information
from .message import Lecture, Message, Piece

__all__ = ["Destination", "Document", "Envoi", "Fil", "Information", "Lecture", "Message", "Piece"]
