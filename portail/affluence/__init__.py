"""The waiting room of an opening day. Requests and how long each has waited for a thread come in; those who cannot be
served yet leave with a signed place in the line, and come back in its order.

`serveur` and its `fils` measure, `rythme` decides how many may come in, `file` shares it between the processes of a
machine, `place` signs, `salle` is the middleware, `page` what is shown. Out of a crowd none of it costs anything.
"""
