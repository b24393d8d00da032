// glibc's allocator, which the Glibc module leaves out.
#include <malloc.h>
