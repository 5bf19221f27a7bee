"""Exports of news databases: files of many articles, each in the layout of its database."""
