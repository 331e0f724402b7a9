"""An opening day, played. In: how many parents, in how many seconds. Out: what each step took, what each parent got.

`jour` makes the town (`ville`), serves it and tells; `parents` is a process of its own, which knows nothing of Django.
"""
