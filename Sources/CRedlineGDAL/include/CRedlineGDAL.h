#ifndef CREDLINE_GDAL_H
#define CREDLINE_GDAL_H
#endif
