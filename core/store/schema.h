/* schema.h - the tables of a store. Private to this room. */
#pragma once

#include "store/entity.h"

/* "assy", in the header of the file; and the version of the tables, each made from the one before it by
 * a migration (migrate.c). */
enum { SCHEMA_APPLICATION = 0x61737379, SCHEMA_VERSION = 2 };

/* Makes all tables in an empty database. */
bool schema_create(sql *db, error_list *errors);

/* Makes the tables that are derived from the events, in the schema ("main", or one attached), with or
 * without what keeps other programs from changing them. */
bool schema_create_derived(sql *db, const char *schema, bool guarded, error_list *errors);
/* Removes them from "main". */
bool schema_drop_derived(sql *db, error_list *errors);

/* Takes what is not as it should be among the tables, indexes and triggers: "the trigger event_kept is
 * missing". */
typedef void (*schema_take)(void *user, const char *what);

/* Holds the tables against those that schema_create() makes. False where they could not be read. */
bool schema_compare(sql *db, schema_take take, void *user, error_list *errors);
