"""The agents' pages of words. One noun a module."""

from . import document, envoi, fil, information

__all__ = ["document", "envoi", "fil", "information"]
