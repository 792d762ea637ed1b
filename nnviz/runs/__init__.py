"""Training runs that outlive the process: asked for by a page, computed elsewhere, never lost.

`Runs` is the visitors' side, `Job` the side of the process that trains; both meet in one database.
A worker process takes runs from the queue, one training process each. Whatever is killed, the run
goes on from its last checkpoint to the very weights that it would have reached undisturbed.
"""
