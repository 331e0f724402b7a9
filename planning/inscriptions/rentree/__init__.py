"""The inscriptions of a prestation at la rentrée. A school year comes in; which go on in another, which end, which stay
as they are and why, come out; then they are made together, once, and undone if need be.
"""
