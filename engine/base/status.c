#include "amicus/amicus.h"

const char *amicus_status_name(amicus_status status)
{
    switch (status) {
    case AMICUS_OK: return "ok";
    case AMICUS_INVALID: return "invalid";
    case AMICUS_MEMORY: return "memory";
    case AMICUS_LIMIT: return "limit";
    case AMICUS_OVERFLOW: return "overflow";
    case AMICUS_NOT_FOUND: return "not found";
    case AMICUS_IO: return "io";
    case AMICUS_JAIL: return "jail";
    case AMICUS_INTERNAL: return "internal";
    }
    return "unknown status";
}
