"""What the scripts beside this package share: a place to measure in, the meter, images, tools, tables and plots."""
