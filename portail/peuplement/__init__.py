"""The demo town: deterministic, alive on the day it is made, and of any size for the benchmarks."""
