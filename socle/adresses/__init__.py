"""Where pages are. In: a page's name, and what its address is made of. Out: the address, found once in a process."""
