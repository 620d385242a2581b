"""The bench: product against floor, timed by turns in one run, on data it makes and throws away."""
