"""``python -m ntmsum`` is the command line."""

from ntmsum.cli import main

if __name__ == "__main__":
    main()
