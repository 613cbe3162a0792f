"""Pictures of networks: each ``plot_...`` draws on the Axes it is given and says what it drew.

The one package of xorlib that imports Matplotlib. It sets no global style. ``planes`` has the input
plane and the hidden space, ``curves`` functions and losses, ``crowds`` thousands of networks,
``diagram`` a network's nodes and links, ``page`` the frame of a figure and its way to the reader.

In all of them `ax` is where to draw, a new figure where it is None, and the Axes are returned;
`title` is the panel's.
"""
