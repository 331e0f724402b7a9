"""The documents that the centre asks for: which kinds, what was given of each, until when it holds.

A kind, or files and who sends them, come in; what was given goes out, received, checked or refused.
"""
