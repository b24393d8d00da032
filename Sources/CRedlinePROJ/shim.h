#include <proj.h>
#include <geodesic.h>

#if PROJ_VERSION_MAJOR < 9 || (PROJ_VERSION_MAJOR == 9 && PROJ_VERSION_MINOR < 1)
#error "PROJ 9.1 or newer is needed (Debian package libproj-dev)."
#endif
