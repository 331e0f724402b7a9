"""Style sheets served whole: each of ours with all that it imports, in one file.

In: the sources under static/css, Bootstrap's and the admin's sheets, wherever the other finders find them. Out: one
sheet each, of what pages use, for `collectstatic` and for the tests. `runserver` serves the sources as they are.
"""
