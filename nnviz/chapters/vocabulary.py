"""The live quantities that a chapter may speak of: what each is, and what it takes.

The page has a value for each (``static/js/learn/quantities.js`` and what it joins; a test holds
the two lists equal).
A quantity that has no value just now, such as the activation of a layer that this network does not
have, makes a condition false and a number in a text a dash.
"""

NAMES: dict[str, str] = {
    "prediction": "the digit that the network answers, -1 for a blank pad",
    "sure": "the probability of that answer, 0 to 1",
    "label": "the label of the test digit on the pad, -1 for a drawing",
    "meant": "what the learner said the drawing is meant to be, -1 before that, 10 for no digit",
    "right": "whether the answer is what is meant (or the test digit's label)",
    "reads": "own drawings since the step began that were read as they were meant",
    "misreads": "own drawings since the step began that were misread",
    "drawings": "different drawings on the pad since the step began",
    "blank": "whether the pad is empty",
    "strokes": "strokes on the pad, 0 for a digit put there as pixels",
    "ink": "pixels of the input above 0",
    "painted": "weights that were set one by one",
    "edits": "changes made to this network",
    "accuracy": "share of the 10,000 test digits read right, with the changes made",
    "accuracy_before": "the same without the changes",
    "measured": "that share with the changes that the step's `measure` names",
    "parameters": "weights and biases of this network",
    "weights": "its weights",
    "biases": "its biases",
    "steps_learned": "steps of gradient descent taken on drawings (edits of kind learn)",
    "row": "rows that a recurrent network has read",
    "model": "the id of the network that is shown",
    "layer": "the layer of the unit that is pointed at or kept",
    "unit": "its place in that layer, from 0",
    "value": "its activation",
    "sum": "its weighted sum without the bias",
    "bias": "its bias, with the changes made",
    "inspecting": "whether one unit's arithmetic is open",
    "tracing": "whether the strongest paths are shown",
    "comparing": "whether several networks stand side by side",
    "column": "whether the input stands as one column",
    "played": "whether the pass was played to its end since the step began",
    "centred": "whether the drawing is centred and scaled before it is read",
    "typed": "the number that the learner typed for this task",
    "guess": "what the learner predicted in this step",
    "tiny_loss": "the loss of the small network of the widget `tiny`",
    "tiny_steps": "steps of gradient descent that it has taken",
    "deep_layers": "hidden layers of the network of the widget `deep`",
    "deep_sigmoid": "how many times larger its last layer's gradient is than hidden 2's, sigmoid",
    "deep_relu": "the same with ReLU",
    "deep_first": "`deep_sigmoid` with the five hidden layers that there are at first",
    "deep_first_relu": "the same with ReLU",
    "sized_hidden": "hidden neurons of the network of the widget `sizes`",
    "sized_total": "its weights and biases",
    "sized_resting": "1 while its slider is not being moved, else 0",
    "luck_tries": "random settings that the widget `luck` has tried",
    "luck_first": "the accuracy of the first of them",
    "luck_best": "of the best",
    "matched": "rows of W that the widget `match` has at their neuron's picture, of 3",
    "race_loop": "microseconds that the loop of the widget `race` took for a digit",
    "race_product": "the same of the server's products of matrices",
    "slide_near": "how many pixels the guess of the widget `slide` is off",
    "sorted_data": "kinds of data that the widget `sort` has in their place, of 9",
    "sorted_kinds": "networks that it has in theirs, of 6",
    "pixels_changed": "pixels that differ from those that the step put on the pad",
    "turned": "how far all weights and biases were turned from what was learned, added up: Σ|Δ|",
    "price": "the price that a network of houses answers, in dollars",
    "features_changed": "features that differ from those that the step gave",
    "lesson": "the lesson that is set up on the Train screen",
    "set_up": "the sizes of what is set up there, from the input on: `784-16-16-10`",
    "set_parameters": "its weights and biases",
    "runs_started": "trainings that were started since the step began",
    "run_done": "whether the first of them has come to its end",
    "run_batch": "batches that it has learned from",
    "run_loss": "its loss now: the mean of the newest 50 batches",
    "beside_loss": "that of the training beside it, of a lesson with two",
    "run_accuracy": "its newest accuracy on held out digits",
    "pi": "3.14159…",
}

# What no network says: arithmetic, and the picture that it is given.
PLAIN = {"pi", "ink", "pixel", "abs", "round", "log", "exp", "sigmoid", "within", "guess", "typed"}

# Each: the kinds of its arguments, and what it is. A `layer` is written as its bare name.
CALLS: dict[str, tuple[tuple[str, ...], str]] = {
    "a": (("layer", "number"), "the activation of a unit, counted from 0"),
    "z": (("layer", "number"), "what goes into its activation function"),
    "w": (("layer", "number", "number"), "the weight into a unit: layer, unit, input"),
    "b": (("layer", "number"), "its bias"),
    "total": (("layer", "number"), "the weighted sum of a unit without its bias"),
    "contribution": (("layer", "number", "number"), "weight times activation: layer, unit, input"),
    "least": (("layer", "number"), "the smallest of a unit's contributions w·a, in a dense layer"),
    "greatest": (("layer", "number"), "the largest of them"),
    "tried": (
        ("layer", "number", "text"),
        "the activation of a unit of the first layer for a picture of our own: `bar` (a level "
        "stroke, rows 13 and 14, columns 7 to 20), `block` (rows 9 to 18 of these columns), `post` "
        "(upright, columns 13 and 14, rows 7 to 20)",
    ),
    "mapped": (
        ("layer", "number", "text"),
        "the mean of a convolution's map, in which a unit lies, for one of these pictures",
    ),
    "weakest": (
        ("layer", "number", "text"),
        "the least activation over seven such pictures: the stroke moved by 0 to 3 pixels",
    ),
    "strongest": (("layer", "number", "text"), "the greatest of them"),
    "separation": (
        ("layer", "number", "text"),
        "how far the weakest of one kind's pictures stands above the strongest of all others",
    ),
    "best_separation": (("layer", "text"), "that of the layer's best unit, as it was learned"),
    "fewest": (
        ("number",),
        "pixels of the step's drawing that the network's own attack changes, each the one that "
        "helps most, until a digit is answered",
    ),
    "halving": (
        ("layer", "number"),
        "the least shift of a unit's bias that halves the accuracy, to a sixteenth; measured",
    ),
    "best_run": (
        ("number",),
        "best test accuracy of own trainings with at most so many hidden neurons, all dense",
    ),
    "different": (("text",), "how many answers models give to the drawing; ids, spaces between"),
    "output_loss": (
        ("text",),
        "of a training with several outputs the newest loss of one, on digits it never saw",
    ),
    "run_problem": (
        ("text",),
        "whether the training has a problem: diverged, rising, alike, nothing_learned, "
        "overfitting, silent",
    ),
    "settled": (
        ("number",),
        "the first row of a recurrent network from which its answer stays to the end, with at "
        "least so much probability",
    ),
    "p": (("number",), "the probability of a digit"),
    "empty": (("number",), "the same for paper without ink, of a network of dense layers"),
    "pixel": (("number", "number"), "the input at a row and a column, 0 to 1"),
    "count": (("layer", "number"), "units of a layer (or `input`) above a value"),
    "most": (("layer",), "the unit of a layer that is largest"),
    "largest": (("layer",), "the value of that unit"),
    "added": (("layer",), "the sum of a layer's activations"),
    "change": (("layer",), "the largest change of a layer's activations since the step began"),
    "changed": (("layer",), "whether a layer's activations differ from those as the step began"),
    "differs": (
        ("layer", "number", "number", "number"),
        "the activation of a unit on the newest drawing meant as the first digit, less that on "
        "the newest meant as the second: layer, unit, digit, digit",
    ),
    "weight_size": (("layer", "number"), "the mean |w| from an input to a layer"),
    "moves": (("layer", "number"), "that times the input's mean ink over the 10,000 test digits"),
    "abs": (("number",), "without the sign"),
    "round": (("number", "number"), "to some decimals"),
    "log": (("number",), "its natural logarithm"),
    "auc": (
        ("layer", "number"),
        "how well a unit tells digits with a loop from those without: 0.5 not at all, 1 always",
    ),
    "best_auc": (("layer",), "that of the unit of a layer that tells it best"),
    "best_unit": (("layer",), "which one that is"),
    "layer_auc": (("layer",), "that of the best straight line through all units of a layer"),
    "on": (
        ("layer", "number"),
        "for which share of the 10,000 test digits a unit is above 0",
    ),
    "rarest": (("layer",), "the unit of a layer that is so least often"),
    "accuracy_of": (("text",), "the accuracy of a model that ships, by its id"),
    "exp": (("number",), "e to that power"),
    "sigmoid": (("number",), "1 / (1 + e^-z)"),
    "within": (("number", "number", "number"), "whether two numbers are that near"),
}
