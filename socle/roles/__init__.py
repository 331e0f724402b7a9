"""PostgreSQL's two roles: one owns the tables and migrates, the other serves, and can change no table nor trigger.

In: `DATABASE_URL`, the role that serves, and where one migrates `DATABASE_URL_PROPRIETAIRE`. Out: the rights that
serving needs, given at the end of each migrate; and `check --deploy`, which says when it can do more, or less.
"""
