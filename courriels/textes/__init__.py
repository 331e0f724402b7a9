"""What e-mails and letters say in the centre's own words, once the direction has written them.

In: a text of `origine`, what the direction made of it (a setting), the context of an e-mail. Out: a subject and
paragraphs, or None: it leaves as its template says. `langue` knows variables, and nothing else: no text runs anything.
"""
