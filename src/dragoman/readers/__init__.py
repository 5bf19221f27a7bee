"""Bytes from outside become Documents; nothing here reaches the network."""
