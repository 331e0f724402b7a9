"""What cannot be done now, and of which nothing was done: the form may be sent again in a moment."""


class PlusTard(Exception):
    """The message is a sentence for who has sent. It undoes the transaction of the form."""

    revenir = 3  # seconds
