"""The copy of a famille's data that the law owes it (GDPR, articles 15 and 20)."""

from .dossier import CopieDuDossier

__all__ = ["CopieDuDossier"]
