"""A neural network for XOR, small enough to be understood to the last digit.

The modules, from the ground up; each imports only from floors below its own:

===== =================== =========================================================
floor module              what it holds
===== =================== =========================================================
0     ``validation``      the checks of arguments that every public function uses
1     ``data``            the truth tables
1     ``activations``     sigmoid and ReLU, each beside its derivative
1     ``losses``          squared error and cross-entropy, each beside its derivative
1     ``parameters``      weights and biases, and the random starts of training
2     ``network``         forward pass, backpropagation
3     ``gradients``       central differences, to check backpropagation
3     ``training``        gradient descent for one network
3     ``keras_model``     the same network in Keras; alone in importing TensorFlow
3     ``plotting``        pictures from arrays; alone in importing Matplotlib
4     ``ensemble``        thousands of networks at once, and the census of how they end
4     ``checks``          what was right and what went wrong in an exercise
5     ``sliders``         demos for a class; with quiz, alone in importing ipywidgets
5     ``quiz``            the questions that close a notebook
===== =================== =========================================================

Importing ``xorlib`` itself loads none of them.
"""
