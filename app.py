"""``python app.py`` serves nnviz and opens the browser; WSGI servers find ``app:app`` here."""

import sys

if __name__ == "__main__":
    from nnviz.serving.command import main

    sys.exit(main())
else:
    from nnviz.wsgi import app as app
