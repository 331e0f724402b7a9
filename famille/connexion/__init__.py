"""Signing in. A login and a password go in; an account, its famille and its session come out, or a closed door."""

from famille.connexion.authentification import CompteDuPortail

# Sessions remember the backend that opened them by this path: another would sign everybody out.
__all__ = ["CompteDuPortail"]
