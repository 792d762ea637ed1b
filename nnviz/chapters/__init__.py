"""Chapters: the story of a neural network, told on the live application.

A chapter is a text file, one a language: Markdown with a few fields, written and checked here and
shown by the page. `reading` makes a chapter of a text, `library` finds the texts, `expressions`
reads the conditions and numbers that a text asks of the live network.
"""
