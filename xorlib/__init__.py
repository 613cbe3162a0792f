"""A neural network for XOR, small enough to be understood to the last digit.

``data`` has the truth tables, ``network`` the forward pass and backpropagation, ``training`` the
loop for one network, ``outcomes`` how networks end, ``ensemble`` thousands of networks at once,
``diagnosis`` what a network says about itself, ``keras_model`` the same network in Keras (alone in
importing TensorFlow), ``plotting`` the pictures (alone in importing Matplotlib), ``arguments`` the
checks that public functions share.

All public functions raise a ValueError for a bad argument, which names the argument, what it must
be and what it was. None changes its arguments. A name with an underscore is for use inside: it does
not check what it is given.
"""
