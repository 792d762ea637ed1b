"""The views of Explore, and what in each shows that its numbers are there."""

ANSWERS = {
    "questions": "preview-neuron",
    "dataset": "data-count",
    "confusion": "conf-accuracy",
    "mistakes": "miss-count",
    "neurons": "gallery",
    "map": "faith-map",
    "why": "blame-sum",
    "fool": "fool-least",
}
VIEWS = tuple(ANSWERS)
