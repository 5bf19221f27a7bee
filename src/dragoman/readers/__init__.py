"""Readers that convert external bytes to Documents; only `watch` uses the network, and only on request."""
