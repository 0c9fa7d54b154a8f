#pragma once
#include <stdint.h>

/// Starts to count: calls from 0, growth from what is allocated now.
void heap_meter_start(void);

/// How many blocks were allocated since the start, by all threads; one that is made larger counts as one more.
int64_t heap_meter_count(void);

/// By how many bytes the blocks in use grew since the start, at the most.
int64_t heap_meter_peak(void);
