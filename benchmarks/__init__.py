"""What the collection's own code costs, side by side with notebook 2, Keras and others."""
