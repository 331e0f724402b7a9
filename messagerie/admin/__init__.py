"""The agents' pages of words. One noun a module."""

from . import courriel, document, envoi, fil, information

__all__ = ["courriel", "document", "envoi", "fil", "information"]
