/*
 * The reader of strict YAML: libyaml's events, and what we refuse of them.
 *
 * Events, not documents: libyaml's document loader follows aliases, and by the time it has built a
 * tree of depth 100,000 it is too late (its scanner is quadratic in the depth). Here each event is
 * checked as it comes, and reading ends at the first opening that is too deep.
 *
 * YAML reads `NO` as false, `010` as eight, `12:30:45` as 45045 and takes the last of two equal
 * keys. None of that happens: scalars stay text, and the vocabulary decides. libyaml itself is lax
 * in places (a comment without a blank before it, for one); what it lets pass and a person could
 * misread is refused by looking at the bytes between two events.
 *
 * libyaml counts lines and columns from 0 and in characters; places count from 1. Its byte offsets
 * are counts of characters too, so `cursor` walks along the bytes once, in step with the marks.
 *
 * Cost: linear in the bytes, for depths up to TREE_DEPTH_MAX.
 */
#include "tree_build.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

enum { WHAT_BYTES = 400 };

/* A place in the bytes, kept in step with libyaml's count of characters. */
struct cursor {
    size_t character;
    size_t byte;
};

struct reader {
    struct tree_build *build;
    yaml_parser_t *parser;
    struct cursor cursor; /* the end of the event before */
    unsigned documents;
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
    return tree_build_place(reader->build, mark.line + 1, mark.column + 1);
}

static void step_to(struct cursor *cursor, struct text bytes, size_t character)
{
    while (cursor->character < character && cursor->byte < bytes.length) {
        cursor->byte++;
        while (cursor->byte < bytes.length &&
               ((unsigned char)bytes.at[cursor->byte] & 0xC0u) == 0x80u) {
            cursor->byte++;
        }
        cursor->character++;
    }
}

/* Report a tab: whether one indents, separates or belongs to a text depends on the reader. */
static bool has_no_tab(struct tree_build *build)
{
    struct text bytes = build->source->bytes;
    const char *tab = bytes.length == 0 ? NULL : memchr(bytes.at, '\t', bytes.length);
    if (tab == NULL) {
        return true;
    }
    tree_build_fault(build, "C0117", tree_build_place_of(build, (size_t)(tab - bytes.at)),
                     "use spaces; in a quoted text write \\t", "there is a tab");
    return false;
}

/* Refuse the line breaks that some readers count and others do not: their lines would differ. */
static bool has_plain_breaks(struct tree_build *build)
{
    struct text bytes = build->source->bytes;
    for (size_t i = 0; i + 3 <= bytes.length; i++) {
        if (bytes.at[i] == '\xE2' && (memcmp(bytes.at + i, "\xE2\x80\xA8", 3) == 0 ||
                                      memcmp(bytes.at + i, "\xE2\x80\xA9", 3) == 0)) {
            tree_build_character(build, tree_build_place_of(build, i),
                                 bytes.at[i + 2] == '\xA8' ? 0x2028 : 0x2029);
            return false;
        }
    }
    return true;
}

/* What to try, by what libyaml complains of. */
static const char *mend_of(const char *problem)
{
    if (strstr(problem, "mapping values are not allowed") != NULL) {
        return "quote a text that holds ': '; else check the indentation";
    }
    if (strstr(problem, "cannot start any token") != NULL) {
        return "quote a text that starts with a sign such as @ or `";
    }
    if (strstr(problem, "quoted scalar") != NULL) {
        return "close the quotes";
    }
    return "check the indentation and the brackets here and in the line above";
}

static void refuse_syntax(struct reader *reader)
{
    const yaml_parser_t *parser = reader->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        reader->build->status = AMICUS_MEMORY;
        return;
    }
    const char *problem = parser->problem == NULL ? "it cannot be read" : parser->problem;
    char what[WHAT_BYTES];
    (void)snprintf(what, sizeof what, "not YAML: %s%s%s", problem,
                   parser->context == NULL ? "" : " ",
                   parser->context == NULL ? "" : parser->context);
    tree_build_fault(reader->build, "C0105", place_of(reader, parser->problem_mark),
                     mend_of(problem), what);
}

/* Refuse a comment that touches what stands before it: it could be meant as part of the text. */
static void check_comment(struct reader *reader, size_t at)
{
    const char *before = at == 0 ? "\n" : reader->build->source->bytes.at + at - 1;
    if (*before != ' ' && *before != '\n' && *before != '\r') {
        tree_build_fault(reader->build, "C0105", tree_build_place_of(reader->build, at),
                         "put a blank before '#', or quote the text",
                         "a comment starts without a blank before it");
    }
}

/* Look at the bytes between two events, where comments are. */
static void check_gap(struct reader *reader, const yaml_event_t *event)
{
    struct text bytes = reader->build->source->bytes;
    struct cursor *cursor = &reader->cursor;
    size_t from = cursor->byte;
    step_to(cursor, bytes, event->start_mark.index);
    bool in_comment = false;
    for (size_t i = from; bytes.at != NULL && i < cursor->byte; i++) {
        if (bytes.at[i] == '\n' || bytes.at[i] == '\r') {
            in_comment = false;
        } else if (bytes.at[i] == '#' && !in_comment) {
            in_comment = true;
            check_comment(reader, i);
        }
    }
    step_to(cursor, bytes, event->end_mark.index);
}

static void check_marks_of_node(struct reader *reader, struct place place,
                                const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL) {
        tree_build_fault(reader->build, "C0111", place, "write the value out where it is needed",
                         "anchors (&) are not read");
    }
    if (tag != NULL) {
        tree_build_fault(reader->build, "C0112", place, "take the tag out; the key gives the type",
                         "tags (!) are not read");
    }
}

static bool take_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct tree_build *build = reader->build;
    struct place place = place_of(reader, event->start_mark);
    struct text text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    check_marks_of_node(reader, place, event->data.scalar.anchor, event->data.scalar.tag);
    if (tree_build_awaits_key(build)) {
        return tree_build_key(build, text, place);
    }
    if (is_plain && text.length == 0) {
        tree_build_fault(build, "C0118", place,
                         "leave the key out, or list the fact under absent: with a reason",
                         "there is no value");
        return tree_build_nothing(build, place);
    }
    return tree_build_scalar(build, text, is_plain ? TREE_PLAIN : TREE_QUOTED, place);
}

static bool take_opening(struct reader *reader, const yaml_event_t *event, enum tree_kind kind)
{
    struct place place = place_of(reader, event->start_mark);
    const yaml_char_t *anchor =
        kind == TREE_MAP ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag =
        kind == TREE_MAP ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    check_marks_of_node(reader, place, anchor, tag);
    if (tree_build_awaits_key(reader->build)) {
        tree_build_fault(reader->build, "C0116", place, "a key is one word",
                         "a key that is itself a map or a list is not read");
        return false;
    }
    return tree_build_open(reader->build, kind, place);
}

static bool take_alias(struct reader *reader, const yaml_event_t *event)
{
    struct place place = place_of(reader, event->start_mark);
    tree_build_fault(reader->build, "C0111", place, "write the value out where it is needed",
                     "aliases (*) are not read");
    return !tree_build_awaits_key(reader->build) && tree_build_nothing(reader->build, place);
}

static bool take_document(struct reader *reader, const yaml_event_t *event)
{
    struct place place = place_of(reader, event->start_mark);
    const struct tree_build *build = reader->build;
    if (event->data.document_start.version_directive != NULL ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end) {
        tree_build_fault(reader->build, "C0113", place, "take the line with % out",
                         "directives (%) are not read");
    }
    reader->documents++;
    if (reader->documents > 1) {
        tree_build_fault(reader->build, "C0114", place, "give each its own file",
                         "a second document starts here");
    }
    return reader->documents == 1 && build->depth == 0;
}

/* Take one event. returns false if reading must stop. */
static bool take(struct reader *reader, const yaml_event_t *event)
{
    check_gap(reader, event);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: return take_document(reader, event);
    case YAML_SCALAR_EVENT: return take_scalar(reader, event);
    case YAML_MAPPING_START_EVENT: return take_opening(reader, event, TREE_MAP);
    case YAML_SEQUENCE_START_EVENT: return take_opening(reader, event, TREE_LIST);
    case YAML_ALIAS_EVENT: return take_alias(reader, event);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: tree_build_close(reader->build); return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT: break;
    }
    return true;
}

/* Take all events. returns true if the end of the stream was reached. */
static bool take_all(struct reader *reader)
{
    bool is_going = true;
    bool is_at_end = false;
    while (is_going && !is_at_end) {
        yaml_event_t event;
        if (yaml_parser_parse(reader->parser, &event) == 0) {
            refuse_syntax(reader);
            return false;
        }
        is_going = take(reader, &event);
        is_at_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return is_at_end && is_going;
}

static bool parse(struct tree_build *build)
{
    yaml_parser_t parser;
    struct reader reader = {.build = build, .parser = &parser};
    struct text bytes = build->source->bytes;
    if (yaml_parser_initialize(&parser) == 0) {
        build->status = AMICUS_MEMORY;
        return false;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)(bytes.at == NULL ? "" : bytes.at),
                                 bytes.length);
    bool is_whole = take_all(&reader);
    yaml_parser_delete(&parser);
    return is_whole;
}

amicus_status tree_read_yaml(const struct tree **out, struct arena *arena,
                             const struct tree_source *source, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL);
    assert(source != NULL && list != NULL);
    *out = NULL;
    struct tree_build build;
    if (!tree_build_start(&build, arena, source, list) || !has_no_tab(&build) ||
        !has_plain_breaks(&build)) {
        return build.status;
    }
    bool is_whole = parse(&build);
    if (is_whole && build.root == NULL) {
        tree_build_fault(&build, "C0101", tree_build_place(&build, 0, 0),
                         "start with a line such as 'amicus: case/1'", "the text is empty");
    }
    if (is_whole && (build.status == AMICUS_OK || build.status == AMICUS_INVALID ||
                     build.status == AMICUS_LIMIT)) {
        *out = build.root;
    }
    assert(build.status != AMICUS_OK || *out != NULL);
    return build.status;
}
