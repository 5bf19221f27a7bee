"""Bytes from outside become Documents; only `watch` reaches the network, and only when asked."""
