/*
 * In place of postgres.c where libpq was not there when amicus was built.
 */
#include "database.h"

#include <assert.h>
#include <stdio.h>

enum store_status postgres_open(struct database **out, struct arena *arena,
                                const struct database_place *place, char fault[256])
{
    assert(out != NULL && arena != NULL);
    assert(place != NULL && fault != NULL);
    *out = NULL;
    (void)snprintf(fault, 256, "this amicus was built without PostgreSQL (libpq)");
    return STORE_FAULT;
}
