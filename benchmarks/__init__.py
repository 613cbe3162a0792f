"""What the collection's own code costs, side by side with part one, Keras and other libraries."""
