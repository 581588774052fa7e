/*
 * Symbols: the words of the rule language, and the message in which a jailed script sends back what
 * it declared.
 *
 * The child is dumb: it runs the script and writes down each declaration as a tree of plain values
 * and symbolic nodes. The parent reads the message as if an enemy wrote it, and alone knows what a
 * field means, which facts exist and which types fit.
 *
 *   message     := "AMR1" declaration* 'Z'                    exactly one, no bytes behind it
 *   declaration := 'D' line kind:string id:string value        kind: "rule", "issue", "param", ...
 *   value       := 'N' | 'T' | 'F' | 'I' i64 | string
 *                | 'L' line count value*                       the array part of a table
 *                | 'M' line count (string value)*              string keys, ascending by bytes
 *                | 'E' line op:u8 count value*                 a symbolic node, see enum symbol
 *   string      := 'S' length bytes                            UTF-8
 *
 * A table with both parts is an 'M' whose key "#" holds the array part as an 'L' (param: its
 * versions). The id of an undercut is its own; what it is against stands in its table under the key
 * "of", a text or a list of texts.
 *   line, count, length: u32; i64: two's complement; all little-endian
 *
 * Instead of its declarations a child may send one failure:
 *   message     := "AMR1" 'X' line reason:u8 what:string mend:string 'Z'
 */
#ifndef SYMBOL_H
#define SYMBOL_H

#include "text.h"

/* Operators of the language, with their operands in the message. The numbers are part of the
 * message: never renumber. `r` marks operands that may be 'N' (not given). */
enum symbol {
    SYMBOL_NONE = 0,
    /* names */
    SYMBOL_VAR = 1,   /* I number: 0 the record that the declaration ranges over; 1.. bound by a
                         list operator, unique within the file */
    SYMBOL_PATH = 2,  /* base:VAR or N (root), S dotted name: {N, "case.as_of"}, {VAR, "amount"};
                         a root path that belongs to a kind (due.review) is of variable 0 */
    SYMBOL_PARAM = 3, /* S name, r:date expression from :on(date) */
    SYMBOL_ISSUE = 4, /* S issue, S "upheld" | "rejected" | "open", r:record */
    /* constants; bare T, F, I and S are constants too, typed by what they are compared with */
    SYMBOL_DURATION = 10, /* I count, S unit ("calendar_days", "business_days", "hours",
                             "minutes", "seconds") */
    SYMBOL_MONEY = 11,    /* S "USD 12.00" */
    SYMBOL_BPS = 12,      /* I 0..10000 */
    SYMBOL_CLOCK = 13,    /* S "Mon 12:00": time from Monday 00:00, a duration in seconds */
    /* tests */
    SYMBOL_IS = 20,        /* e, e */
    SYMBOL_IS_NOT = 21,    /* e, e */
    SYMBOL_ONE_OF = 22,    /* e, L of constants */
    SYMBOL_LESS_THAN = 23, /* e, e */
    SYMBOL_AT_MOST = 24,
    SYMBOL_MORE_THAN = 25,
    SYMBOL_AT_LEAST = 26,
    SYMBOL_BEFORE = 27, /* as less_than, for dates and instants */
    SYMBOL_AFTER = 28,
    SYMBOL_WITHIN = 29,      /* e, duration, e: not further apart than that */
    SYMBOL_HAS = 30,         /* set fact, S member */
    SYMBOL_HAS_ONLY = 31,    /* set fact, L of members: holds one of them at least, and no other */
    SYMBOL_KNOWN = 32,       /* e */
    SYMBOL_ABSENT = 33,      /* e */
    SYMBOL_CONTESTED = 34,   /* fact */
    SYMBOL_AT_STANDING = 35, /* fact, S standing: at least that */
    /* logic */
    SYMBOL_ALL = 40, /* conditions */
    SYMBOL_ANY = 41,
    SYMBOL_NO = 42, /* true if none of them is */
    /* lists: S list, I variable, r:where condition, ... The list is narrowed to the records that
     * belong to the declaration's record, where the vocabulary says so; "case.<list>" is not. */
    SYMBOL_SOME = 50,         /* list, var, where, condition */
    SYMBOL_EVERY = 51,        /* list, var, where, condition */
    SYMBOL_COUNT = 52,        /* list, var, where */
    SYMBOL_SUM = 53,          /* list, var, where, e */
    SYMBOL_EARLIEST = 54,     /* list, var, where, by, r:give (default: by) */
    SYMBOL_LATEST = 55,       /* likewise */
    SYMBOL_LARGEST = 56,      /* list, var, where, e: the maximum of a number; absent if none */
    SYMBOL_COVERED_DAYS = 57, /* list, var, where, from, until, span_from, span_until: whole days of
                                 the span that the union of the records' times covers */
    /* arithmetic */
    SYMBOL_ADD = 60, /* e, e */
    SYMBOL_SUBTRACT = 61,
    SYMBOL_MULTIPLY = 62,
    SYMBOL_MIN = 63, /* e... (2 or more) */
    SYMBOL_MAX = 64,
    SYMBOL_SHARE = 65,        /* amount, numerator, denominator */
    SYMBOL_DAYS_BETWEEN = 66, /* from, to: whole days, 0 if to is not later */
    SYMBOL_BUSINESS_DAYS_BETWEEN = 67,
    SYMBOL_CHOOSE = 68, /* condition, e, condition, e, ..., r:e otherwise: the first that holds */
    SYMBOL_FIRST_KNOWN = 69,  /* e...: the first that is not absent */
    SYMBOL_TIME_BETWEEN = 70, /* from, to: a duration in seconds, 0 if to is not later */
    /* predicate */
    SYMBOL_PREDICATE = 80 /* I ordinal within the file, L of facts that it reads */
};

/* Reasons of a failure message. */
enum failure {
    FAILURE_LUA = 1,    /* the script raised an error or does not parse */
    FAILURE_STEPS = 2,  /* instruction limit */
    FAILURE_MEMORY = 3, /* memory or block limit */
    FAILURE_NAME = 4,   /* a name that rule files do not have */
    FAILURE_USE = 5,    /* the rule API was used wrongly: what and mend say how */
    FAILURE_LIMIT = 6   /* another limit of the inner layer */
};

#endif
