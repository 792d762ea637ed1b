"""The server: processes that listen, an event loop each, and threads that run the application.

`command` reads the options, `supervisor` keeps the worker processes, `worker` is one of them,
`connection` speaks HTTP with one client and holds it to its limits, `lanes` are the threads,
`announce` tells the address. Nothing here knows what is served.
"""
