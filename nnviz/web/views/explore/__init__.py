"""What is found out about a network: one module a question."""

from nnviz.web.views.explore import confusions

BLUEPRINTS = [confusions.blueprint]
