"""``python -m ntmsum`` is the command line."""

import sys


def main() -> None:
    """Run it; Ctrl-C while its parts still load ends as quietly as later."""
    try:
        from ntmsum.cli import main as run

        run()
    except KeyboardInterrupt:
        print("ntmsum: stopped.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
