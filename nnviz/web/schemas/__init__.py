"""The shapes of what comes in and goes out.

Requests are decoded and checked against these types; the OpenAPI description is generated from the
same types, replies included, and the tests hold the replies to them.
"""
