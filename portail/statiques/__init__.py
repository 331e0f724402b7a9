"""Static files as they are served: style sheets whole, names that carry the fingerprint of their contents.

In: the sources under static/, Bootstrap's and the admin's, wherever the other finders find them. Out: one sheet for the
parents' pages and one for the agents', of what pages use, for `collectstatic` and for the tests. `runserver` serves the
sources as they are.
"""
