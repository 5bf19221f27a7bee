"""Corrections of known errors of the small parser, made in the parsed document.

Some repairs read a sentence again with one word made plain (`second_reading`); they run before word classes
and base forms are given, which then follow from the mended tags. The others move a word to the head it
belongs to. Each leaves the tree a tree and does nothing where it is not sure.
"""
