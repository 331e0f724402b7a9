"""The agents' desk: the queue of requests, a page for each, the usual reasons of a refusal."""

from . import demande, motif

__all__ = ["demande", "motif"]
