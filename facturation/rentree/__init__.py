"""The prices at la rentrée. A date of effect and a percentage come in; each prestation's new price beside the old one,
or why it has none, comes out; then they are made together, once, and undone as long as nothing is billed by them.
"""
