"""What a town's installation is made of: its environment, read; what is wrong with it, told; its proxy's own pages.

In: environment variables, the database that they name. Out: settings, sentences of `check --deploy`, static files.
"""
