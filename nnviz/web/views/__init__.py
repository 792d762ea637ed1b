"""One module a screen or a resource: it parses, calls and answers, and knows none of the others."""

from nnviz.web.views import (
    classroom,
    description,
    digits,
    explore,
    houses,
    learn,
    models,
    pages,
    pen,
    problems,
    readings,
    recipes,
    runs,
    units,
)

BLUEPRINTS = [
    module.blueprint
    for module in (
        classroom,
        description,
        digits,
        houses,
        learn,
        models,
        pages,
        pen,
        problems,
        readings,
        recipes,
        runs,
        units,
    )
] + explore.BLUEPRINTS
