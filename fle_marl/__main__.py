"""``python -m fle_marl`` is the command ``fle-marl``."""

from fle_marl.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
