"""What is on screen for readers that run no widget: one grid of words per widget, and one writer per format.

`routes` and `models` make a `Grid`; `html`, `markdown`, `latex` and `text` write one; `page` puts a whole working
widget into one HTML file.
"""

from hfprov_widgets.static_view.grid import Grid, Head
from hfprov_widgets.static_view.words import cell_words, price_labels, visible

__all__ = ["Grid", "Head", "cell_words", "price_labels", "visible"]
