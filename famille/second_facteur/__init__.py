"""The agents' second factor, once the password is right: a code of their phone, a recovery code, a trusted tablet.

In: an agent's request. Out: the page that they asked for, that where the code is typed, or that where it is set up.
The tables and their verbs are in `famille.models.second_facteur`.
"""
