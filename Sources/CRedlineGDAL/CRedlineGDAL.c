#include "CRedlineGDAL.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static RedlineGDALTable table;
static _Atomic int loaded = 0;  // May be asked while another thread loads.
static char problem[512] = "";
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Oldest first: 32 is GDAL 3.6, whose headers are compiled in on Debian 12; the C interface only grows from there.
static const char *const names[] = {
    "libgdal.so.32", "libgdal.so.33", "libgdal.so.34", "libgdal.so.35", "libgdal.so.36",
    "libgdal.so.37", "libgdal.so.38", "libgdal.so.39", "libgdal.so",
};

static void note(const char *fallback) {
    const char *text = dlerror();
    snprintf(problem, sizeof problem, "%s", text ? text : fallback);
}

static void load(void) {
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !library; i++) {
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!library && i == 0) note("libgdal.so.32: not found");
    }
    if (!library) return;
    problem[0] = '\0';
#define REDLINE_GDAL_FILL(name)                                                                                        \
    {                                                                                                                  \
        void *symbol = dlsym(library, #name);                                                                          \
        if (!symbol) {                                                                                                 \
            note(#name ": not found");                                                                                 \
            return;                                                                                                    \
        }                                                                                                              \
        table.name = (__typeof__(&name))symbol;                                                                        \
    }
    REDLINE_GDAL_FUNCTIONS(REDLINE_GDAL_FILL)
#undef REDLINE_GDAL_FILL
    loaded = 1;
}

const RedlineGDALTable *redline_gdal_table(void) {
    pthread_once(&once, load);
    return loaded ? &table : NULL;
}

int redline_gdal_is_loaded(void) {
    return loaded;
}

const char *redline_gdal_problem(void) {
    pthread_once(&once, load);
    return problem;
}
