"""What a network has learned, and how far it can be trusted: each question computed in a module.

Nothing here knows a server, a file or a model's name: networks and arrays go in, arrays come out.
"""
