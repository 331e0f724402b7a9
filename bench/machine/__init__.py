"""What every measure runs on: the production server, for as long as it lasts, and the machine under it. In: how many
processes, which database; out: a port, seconds of CPU, what the machine is and how busy."""
