#ifndef CREDLINE_GDAL_H
#define CREDLINE_GDAL_H

/// GDAL's C interface without linking GDAL: a table of pointers to its functions, filled when it is first asked for.
/// The headers give the types, so the compiler checks each entry against the installed version.

#include <gdal/cpl_conv.h>
#include <gdal/cpl_error.h>
#include <gdal/cpl_string.h>
#include <gdal/cpl_vsi.h>
#include <gdal/gdal.h>
#include <gdal/ogr_api.h>
#include <gdal/ogr_srs_api.h>

#if GDAL_VERSION_NUM < GDAL_COMPUTE_VERSION(3, 6, 0)
#error "GDAL 3.6 or newer is needed: install libgdal-dev."
#endif

// One line for each function in use; the only list of them.
#define REDLINE_GDAL_FUNCTIONS(X)                                                                                      \
    X(CPLGetErrorHandlerUserData)                                                                                      \
    X(CPLPopErrorHandler)                                                                                              \
    X(CPLPushErrorHandlerEx)                                                                                           \
    X(CPLQuietErrorHandler)                                                                                            \
    X(CPLSetConfigOption)                                                                                              \
    X(CPLSetErrorHandler)                                                                                              \
    X(CPLSetThreadLocalConfigOption)                                                                                   \
    X(CSLDestroy)                                                                                                      \
    X(GDALAllRegister)                                                                                                 \
    X(GDALClose)                                                                                                       \
    X(GDALCreate)                                                                                                      \
    X(GDALDatasetCommitTransaction)                                                                                    \
    X(GDALDatasetCreateLayer)                                                                                          \
    X(GDALDatasetExecuteSQL)                                                                                           \
    X(GDALDatasetGetLayer)                                                                                             \
    X(GDALDatasetGetLayerCount)                                                                                        \
    X(GDALDatasetReleaseResultSet)                                                                                     \
    X(GDALDatasetStartTransaction)                                                                                     \
    X(GDALGetBlockSize)                                                                                                \
    X(GDALGetDatasetDriver)                                                                                            \
    X(GDALGetDriverByName)                                                                                             \
    X(GDALGetDriverShortName)                                                                                          \
    X(GDALGetGeoTransform)                                                                                             \
    X(GDALGetMaskBand)                                                                                                 \
    X(GDALGetMaskFlags)                                                                                                \
    X(GDALGetMetadataItem)                                                                                             \
    X(GDALGetRasterBand)                                                                                               \
    X(GDALGetRasterColorInterpretation)                                                                                \
    X(GDALGetRasterCount)                                                                                              \
    X(GDALGetRasterDataType)                                                                                           \
    X(GDALGetRasterNoDataValue)                                                                                        \
    X(GDALGetRasterOffset)                                                                                             \
    X(GDALGetRasterScale)                                                                                              \
    X(GDALGetRasterXSize)                                                                                              \
    X(GDALGetRasterYSize)                                                                                              \
    X(GDALGetSpatialRef)                                                                                               \
    X(GDALIdentifyDriverEx)                                                                                            \
    X(GDALOpenEx)                                                                                                      \
    X(GDALRasterIO)                                                                                                    \
    X(GDALReadBlock)                                                                                                   \
    X(GDALVersionInfo)                                                                                                 \
    X(OGR_FD_GetFieldCount)                                                                                            \
    X(OGR_FD_GetFieldDefn)                                                                                             \
    X(OGR_F_Create)                                                                                                    \
    X(OGR_F_Destroy)                                                                                                   \
    X(OGR_F_GetFID)                                                                                                    \
    X(OGR_F_GetFieldAsDateTimeEx)                                                                                      \
    X(OGR_F_GetFieldAsDouble)                                                                                          \
    X(OGR_F_GetFieldAsInteger64)                                                                                       \
    X(OGR_F_GetFieldAsString)                                                                                          \
    X(OGR_F_GetGeometryRef)                                                                                            \
    X(OGR_F_IsFieldSetAndNotNull)                                                                                      \
    X(OGR_F_SetFID)                                                                                                    \
    X(OGR_F_SetFieldDouble)                                                                                            \
    X(OGR_F_SetFieldInteger64)                                                                                         \
    X(OGR_F_SetFieldNull)                                                                                              \
    X(OGR_F_SetFieldString)                                                                                            \
    X(OGR_F_SetGeometryDirectly)                                                                                       \
    X(OGR_Fld_Create)                                                                                                  \
    X(OGR_Fld_Destroy)                                                                                                 \
    X(OGR_Fld_GetNameRef)                                                                                              \
    X(OGR_Fld_GetSubType)                                                                                              \
    X(OGR_Fld_GetType)                                                                                                 \
    X(OGR_Fld_GetWidth)                                                                                                \
    X(OGR_Fld_SetWidth)                                                                                                \
    X(OGR_GT_HasM)                                                                                                     \
    X(OGR_GT_HasZ)                                                                                                     \
    X(OGR_G_CreateFromWkb)                                                                                             \
    X(OGR_G_CreateFromWkt)                                                                                             \
    X(OGR_G_DestroyGeometry)                                                                                           \
    X(OGR_G_ExportToIsoWkb)                                                                                            \
    X(OGR_G_WkbSizeEx)                                                                                                 \
    X(OGR_L_CreateFeature)                                                                                             \
    X(OGR_L_CreateField)                                                                                               \
    X(OGR_L_GetExtent)                                                                                                 \
    X(OGR_L_GetFIDColumn)                                                                                              \
    X(OGR_L_GetFeatureCount)                                                                                           \
    X(OGR_L_GetGeomType)                                                                                               \
    X(OGR_L_GetGeometryColumn)                                                                                         \
    X(OGR_L_GetLayerDefn)                                                                                              \
    X(OGR_L_GetName)                                                                                                   \
    X(OGR_L_GetNextFeature)                                                                                            \
    X(OGR_L_GetSpatialRef)                                                                                             \
    X(OGR_L_ResetReading)                                                                                              \
    X(OGR_L_SetAttributeFilter)                                                                                        \
    X(OGR_L_SetIgnoredFields)                                                                                          \
    X(OGR_L_SetSpatialFilter)                                                                                          \
    X(OGR_L_SetSpatialFilterRect)                                                                                      \
    X(OGR_L_TestCapability)                                                                                            \
    X(OSRExportToWktEx)                                                                                                \
    X(OSRFindMatches)                                                                                                  \
    X(OSRFreeSRSArray)                                                                                                 \
    X(OSRGetAuthorityCode)                                                                                             \
    X(OSRGetAuthorityName)                                                                                             \
    X(OSRGetName)                                                                                                      \
    X(OSRNewSpatialReference)                                                                                          \
    X(OSRRelease)                                                                                                      \
    X(OSRSetAxisMappingStrategy)                                                                                       \
    X(OSRSetFromUserInput)                                                                                             \
    X(OSRSetPROJEnableNetwork)                                                                                         \
    X(VSIFCloseL)                                                                                                      \
    X(VSIFOpenL)                                                                                                       \
    X(VSIFReadL)                                                                                                       \
    X(VSIFSeekL)                                                                                                       \
    X(VSIFTellL)                                                                                                       \
    X(VSIFree)                                                                                                         \
    X(VSIReadDirRecursive)

/// The functions of GDAL in use, under their own names.
typedef struct {
#define REDLINE_GDAL_MEMBER(name) __typeof__(&name) _Nonnull name;
    REDLINE_GDAL_FUNCTIONS(REDLINE_GDAL_MEMBER)
#undef REDLINE_GDAL_MEMBER
} RedlineGDALTable;

/// Whether GDAL is in this process already; does not load it.
int redline_gdal_is_loaded(void);

/// Loads GDAL on the first call, from any thread.
///
/// Returns the table, or NULL if the library or one of the functions is missing; `redline_gdal_problem` then says what.
const RedlineGDALTable *_Nullable redline_gdal_table(void);

/// What is missing, as the dynamic loader words it; empty before a load and after one that succeeded.
const char *_Nonnull redline_gdal_problem(void);

#endif
