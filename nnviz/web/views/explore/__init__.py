"""What is found out about a network: one module a question."""

from nnviz.web.views.explore import attacks, attributions, confusions, maps

BLUEPRINTS = [module.blueprint for module in (attacks, attributions, confusions, maps)]
