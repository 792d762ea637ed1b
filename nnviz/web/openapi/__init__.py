"""The interface described in OpenAPI 3.1, and that description made readable."""
