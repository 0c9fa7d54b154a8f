// What is read of an archive or a tree without taking it in.
#pragma once
#include "source.h"

// Goes through the headers of a layer that is not compressed; gives how many there are.
size_t count_headers(const struct layer *layer);

// Asks for the status of every name below a directory, by two workers; gives how many there are.
size_t count_names(const char *root);
