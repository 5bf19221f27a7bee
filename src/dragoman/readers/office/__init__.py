"""Readers of text documents, PDF, workbooks and mail; only these modules import the libraries for them."""
