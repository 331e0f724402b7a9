"""The agents' own screens, around Django's admin and in its look. One noun a room; `adresses` names all their pages.

In: an agent's request, once the admin has let them in. Out: a page, or one of the verbs that parents' requests use
too, with the agent as actor. There is no second way of doing anything here.
"""
