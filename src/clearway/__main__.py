"""`python -m clearway` is the command `clearway`."""

import sys

from clearway.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
