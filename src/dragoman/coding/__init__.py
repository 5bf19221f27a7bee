"""Coding of annotated documents into events and attributions, each with its evidence."""
