"""`bin/mutants`: change one thing in a line of the code, run the tests of its noun, see whether one of them notices.

Modules come in; what nobody noticed goes out, on the terminal and in docs/mutants.md. No part of the portal nor of
`bin/test`. Why ours, and what it changes: docs/decisions/0093.
"""
