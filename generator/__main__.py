"""`python -m generator` is `sokehoach`."""

from generator.cli import main

main()
