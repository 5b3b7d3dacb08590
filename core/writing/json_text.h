/* json_text.h - the pieces of JSON. */
#pragma once

#include "writing/buffer.h"

/* A string, in quotation marks and escaped (RFC 8259, 7). */
void json_string(buffer *out, text value);

/* ,"name": before a member; `first` leaves the comma out. */
void json_name(buffer *out, const char *name, bool first);

/* A member of each kind, with the comma before it. */
void json_text_member(buffer *out, const char *name, text value);
void json_string_member(buffer *out, const char *name, const char *value);
void json_count_member(buffer *out, const char *name, uint64_t value);

/* A number; null where it is not finite. */
void json_number(buffer *out, double value);
