"""How answers about records are shown: as tables, cards, graphs and JSON."""
