/*
 * The reader of strict JSON: simdjson's On Demand, walked to the last value.
 *
 * On Demand validates only what is visited, so everything is visited: each string is unescaped,
 * each literal and number compared with the grammar of RFC 8259 character by character (the library
 * takes `[nul` for a null), and behind the root there must be nothing. Numbers are kept as their
 * characters; whole ones only, because an amount is no float.
 *
 * On Demand and not the DOM, because the DOM forgets where a value stood, and a fault without a
 * place is no help. Places are counted forwards along the bytes, in step with the walk.
 *
 * This is the only C++ of the engine: no exceptions, no RTTI, no C++ type leaves it. simdjson
 * allocates by itself (without throwing); its parser lives for one text.
 *
 * Cost: linear in the bytes; recursion is bounded by the depth that the tree's builder allows.
 */
#include <cassert>
#include <cstdio>
#include <cstring>
#include <simdjson.h>
#include <utility>

extern "C" {
#include "tree_build.h"
}

namespace
{

using simdjson::error_code;
namespace ondemand = simdjson::ondemand;

struct reader {
    tree_build *build;
    const char *start; /* of the padded copy */
    const char *end;
    const char *at; /* up to here lines were counted */
    size_t line;
    size_t column;
};

place place_of(reader &reader, const char *where)
{
    if (where < reader.at) {
        reader.at = reader.start;
        reader.line = 1;
        reader.column = 1;
    }
    for (; reader.at < where && reader.at < reader.end; reader.at++) {
        if (*reader.at == '\n') {
            reader.line++;
            reader.column = 1;
        } else if ((static_cast<unsigned char>(*reader.at) & 0xC0u) != 0x80u) {
            reader.column++;
        }
    }
    return tree_build_place(reader.build, reader.line, reader.column);
}

/* What to try, by what simdjson complains of. */
const char *mend_of(error_code error)
{
    if (error == simdjson::UNCLOSED_STRING) {
        return "close the quotes";
    }
    if (error == simdjson::UNESCAPED_CHARS) {
        return "write line breaks and tabs in a text as \\n and \\t";
    }
    if (error == simdjson::STRING_ERROR) {
        return "write escapes as JSON has them: \\\" \\\\ \\n \\u00e9";
    }
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) {
        return "close the bracket";
    }
    return "check commas, colons, quotes and brackets here and just before";
}

bool refuse(reader &reader, error_code error, const char *where)
{
    if (error == simdjson::MEMALLOC) {
        reader.build->status = AMICUS_MEMORY;
        return false;
    }
    place at = where == nullptr ? tree_build_place(reader.build, 0, 0) : place_of(reader, where);
    char what[200];
    (void)std::snprintf(what, sizeof what, "not JSON: %s", simdjson::error_message(error));
    tree_build_fault(reader.build, "C0105", at, mend_of(error), what);
    return false;
}

bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The characters of a literal or number, without the white space behind it. */
text token_of(ondemand::value &value)
{
    std::string_view raw = value.raw_json_token();
    size_t length = raw.size();
    while (length > 0 && is_blank(raw[length - 1])) {
        length--;
    }
    return text{raw.data(), length};
}

size_t skip_digits(text number, size_t at)
{
    while (at < number.length && number.at[at] >= '0' && number.at[at] <= '9') {
        at++;
    }
    return at;
}

/* Check the grammar of a number. is_whole receives whether it has neither fraction nor exponent. */
bool is_number(text number, bool &is_whole)
{
    size_t start = number.length > 0 && number.at[0] == '-' ? 1 : 0;
    size_t at = skip_digits(number, start);
    if (at == start || (number.at[start] == '0' && at > start + 1)) {
        return false;
    }
    is_whole = at == number.length;
    if (at < number.length && number.at[at] == '.') {
        size_t fraction = at + 1;
        at = skip_digits(number, fraction);
        if (at == fraction) {
            return false;
        }
    }
    if (at < number.length && (number.at[at] == 'e' || number.at[at] == 'E')) {
        at++;
        if (at < number.length && (number.at[at] == '+' || number.at[at] == '-')) {
            at++;
        }
        size_t exponent = at;
        at = skip_digits(number, exponent);
        if (at == exponent) {
            return false;
        }
    }
    return at == number.length;
}

bool take_number(reader &reader, ondemand::value &value, const char *where)
{
    text number = token_of(value);
    bool is_whole = false;
    if (!is_number(number, is_whole)) {
        return refuse(reader, simdjson::NUMBER_ERROR, where);
    }
    place at = place_of(reader, where);
    if (!is_whole) {
        tree_build_fault(reader.build, "C0119", at,
                         "write whole numbers, and amounts as \"USD 12.50\"",
                         "a number with a fraction or an exponent");
        return tree_build_nothing(reader.build, at);
    }
    return tree_build_scalar(reader.build, number, TREE_JSON_NUMBER, at);
}

bool take_bool(reader &reader, ondemand::value &value, const char *where)
{
    text token = token_of(value);
    if (!text_is(token, "true") && !text_is(token, "false")) {
        return refuse(reader, *where == 't' ? simdjson::T_ATOM_ERROR : simdjson::F_ATOM_ERROR,
                      where);
    }
    return tree_build_scalar(reader.build, token, TREE_JSON_BOOL, place_of(reader, where));
}

bool take_null(reader &reader, ondemand::value &value, const char *where)
{
    if (!text_is(token_of(value), "null")) {
        return refuse(reader, simdjson::N_ATOM_ERROR, where);
    }
    place at = place_of(reader, where);
    if (reader.build->source->allows_null) {
        return tree_build_scalar(reader.build, {"null", 4}, TREE_JSON_NULL, at);
    }
    tree_build_fault(reader.build, "C0118", at,
                     "leave the key out, or list the fact under absent: with a reason",
                     "there is no value");
    return tree_build_nothing(reader.build, at);
}

/* An escape such as \ud800 alone makes no character. */
bool is_readable(reader &reader, text text, const char *where)
{
    return text_is_utf8(text, nullptr) || refuse(reader, simdjson::STRING_ERROR, where);
}

bool take_string(reader &reader, ondemand::value &value, const char *where)
{
    std::string_view view;
    error_code error = value.get_string().get(view);
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, where);
    }
    text text = {view.data(), view.size()};
    return is_readable(reader, text, where) &&
           tree_build_scalar(reader.build, text, TREE_QUOTED, place_of(reader, where));
}

bool take(reader &reader, ondemand::value &value);

bool take_array(reader &reader, ondemand::value &value, const char *where)
{
    ondemand::array array;
    error_code error = value.get_array().get(array);
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, where);
    }
    if (!tree_build_open(reader.build, TREE_LIST, place_of(reader, where))) {
        return false;
    }
    for (auto element : array) {
        ondemand::value child;
        error = element.get(child);
        if (error != simdjson::SUCCESS) {
            return refuse(reader, error, reader.at);
        }
        if (!take(reader, child)) {
            return false;
        }
    }
    tree_build_close(reader.build);
    return true;
}

bool take_field(reader &reader, ondemand::field &field)
{
    const char *where = field.key().raw() - 1;
    std::string_view view;
    error_code error = field.unescaped_key().get(view);
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, where);
    }
    text key = {view.data(), view.size()};
    if (!is_readable(reader, key, where) ||
        !tree_build_key(reader.build, key, place_of(reader, where))) {
        return false;
    }
    ondemand::value value = field.value();
    return take(reader, value);
}

bool take_object(reader &reader, ondemand::value &value, const char *where)
{
    ondemand::object object;
    error_code error = value.get_object().get(object);
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, where);
    }
    if (!tree_build_open(reader.build, TREE_MAP, place_of(reader, where))) {
        return false;
    }
    for (auto member : object) {
        ondemand::field field;
        error = std::move(member).get(field);
        if (error != simdjson::SUCCESS) {
            return refuse(reader, error, reader.at);
        }
        if (!take_field(reader, field)) {
            return false;
        }
    }
    tree_build_close(reader.build);
    return true;
}

/* Take one value of any kind. returns false if reading must stop. */
bool take(reader &reader, ondemand::value &value)
{
    const char *where = nullptr;
    ondemand::json_type type;
    error_code error = value.current_location().get(where);
    if (error == simdjson::SUCCESS) {
        error = value.type().get(type);
    }
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, where == nullptr ? reader.at : where);
    }
    switch (type) {
    case ondemand::json_type::array: return take_array(reader, value, where);
    case ondemand::json_type::object: return take_object(reader, value, where);
    case ondemand::json_type::number: return take_number(reader, value, where);
    case ondemand::json_type::string: return take_string(reader, value, where);
    case ondemand::json_type::boolean: return take_bool(reader, value, where);
    case ondemand::json_type::null: return take_null(reader, value, where);
    }
    return false;
}

/* Refuse what stands behind the root. */
bool is_at_end(reader &reader, ondemand::document &document)
{
    const char *where = nullptr;
    error_code error = document.current_location().get(where);
    if (error == simdjson::OUT_OF_BOUNDS || (error == simdjson::SUCCESS && where >= reader.end)) {
        return true;
    }
    return refuse(reader, simdjson::TRAILING_CONTENT, where == nullptr ? reader.at : where);
}

/* A single value at the top is no object, and nothing more needs to be known of it. */
bool refuse_scalar(reader &reader)
{
    tree_build_fault(reader.build, "C0101", tree_build_place(reader.build, 1, 1),
                     "start with { \"amicus\": \"case/1\", ... }", "the text is no object");
    return false;
}

/* The first pass of the library tells only that a string is wrong, not where: the first control
 * character inside one or, where there is none, the quote that opened the last. The start of the
 * text where no string is at fault. */
const char *find_first_fault(const reader &reader)
{
    const char *opened = nullptr;
    for (const char *at = reader.start; at < reader.end; at++) {
        if (opened == nullptr) {
            opened = *at == '"' ? at : nullptr;
        } else if (static_cast<unsigned char>(*at) < 0x20u) {
            return at;
        } else if (*at == '"') {
            opened = nullptr;
        } else if (*at == '\\') {
            at++;
        }
    }
    return opened == nullptr ? reader.start : opened;
}

bool take_document(reader &reader, ondemand::parser &parser, simdjson::padded_string_view view)
{
    ondemand::document document;
    ondemand::value root;
    error_code error = parser.iterate(view).get(document);
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, find_first_fault(reader));
    }
    error = document.get_value().get(root);
    if (error == simdjson::SCALAR_DOCUMENT_AS_VALUE) {
        return refuse_scalar(reader);
    }
    if (error != simdjson::SUCCESS) {
        return refuse(reader, error, reader.start);
    }
    return take(reader, root) && is_at_end(reader, document);
}

/* Copy the text to where the library may read behind its end, and walk it. */
bool parse(tree_build &build)
{
    size_t length = build.source->bytes.length;
    char *copy = static_cast<char *>(arena_give(build.arena, length + simdjson::SIMDJSON_PADDING));
    if (copy == nullptr) {
        build.status = AMICUS_MEMORY;
        return false;
    }
    if (length > 0) {
        std::memcpy(copy, build.source->bytes.at, length);
    }
    reader reader = {&build, copy, copy + length, copy, 1, 1};
    ondemand::parser parser;
    return take_document(
        reader, parser,
        simdjson::padded_string_view(copy, length, length + simdjson::SIMDJSON_PADDING));
}

} // namespace

extern "C" amicus_status tree_read_json(const tree **out, arena *arena, const tree_source *source,
                                        amicus_diagnostics *list)
{
    assert(out != nullptr && arena != nullptr);
    assert(source != nullptr && list != nullptr);
    *out = nullptr;
    tree_build build;
    if (tree_build_start(&build, arena, source, list) && parse(build)) {
        *out = build.root;
    }
    return build.status;
}
