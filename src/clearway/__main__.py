"""`python -m clearway` is the command `clearway`."""

from clearway.cli.main import run

if __name__ == "__main__":
    run()
