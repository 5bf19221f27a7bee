"""Exports of news databases: one file holds many articles, each laid out as its database does it."""
