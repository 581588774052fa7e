/*
 * Values: one typed fact, with its standing.
 *
 * Unknown, absent and false are three different things with three representations: the standing
 * says unknown or absent, and only then is the content without meaning. 16 bytes, no ownership.
 */
#ifndef VALUE_H
#define VALUE_H

#include "text.h"

/* Types of a fact. The numbers are part of the rulebook image: never renumber. */
enum value_type {
    TYPE_NONE = 0,
    TYPE_BOOL = 1,     /* n: 0, 1 */
    TYPE_INT = 2,      /* n */
    TYPE_BPS = 3,      /* n: 0..10000 */
    TYPE_MINUTES = 4,  /* n */
    TYPE_MONEY = 5,    /* n minor units, unit = packed currency */
    TYPE_INSTANT = 6,  /* n UTC seconds */
    TYPE_DATE = 7,     /* n day number */
    TYPE_DURATION = 8, /* n count, unit = enum duration_unit */
    TYPE_ENUM = 9,     /* n = index of the member in the fact's list */
    TYPE_ENUMS = 10,   /* n = bit set of members (at most 62) */
    TYPE_TEXT = 11,    /* text; also ids */
    TYPE_REF = 12,     /* n = record ordinal in the case */
    TYPE_COUNT
};

/* Standings, weakest first. Part of image and JSON names. */
enum standing {
    STANDING_UNKNOWN = 0,   /* nobody says; content has no meaning */
    STANDING_CONTESTED = 1, /* statements differ and none prevails; content has no meaning */
    STANDING_CLAIMED = 2,   /* one party, no evidence */
    STANDING_SUPPORTED = 3, /* one party with evidence, or the better evidence of two */
    STANDING_ESTABLISHED = 4,
    STANDING_ABSENT = 5 /* known not to exist; content has no meaning */
};

struct value {
    union {
        int64_t n;
        const struct text *text;
    } as;
    uint16_t unit;
    uint8_t type;     /* enum value_type */
    uint8_t standing; /* enum standing */
};

/* Name of a type as the vocabulary writes it ("bool", "instant", …). */
const char *value_type_name(enum value_type type);

/* Name of a standing as JSON and people read it ("established", …). */
const char *standing_name(enum standing standing);

/*
 * Tell whether two values of one type have the same content (standing aside).
 *
 * returns  false also if money differs in currency
 */
bool value_equal(const struct value *a, const struct value *b);

#endif
