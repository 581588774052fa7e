/*
 * The table of limits. A row stands at the place of its enum, so a look-up is an index; limit_find
 * asserts that no row was forgotten.
 */
#include "limit.h"

#include <assert.h>

#define KIB(n) ((int64_t)(n) << 10)
#define MIB(n) ((int64_t)(n) << 20)

static const struct limit_row ROWS[LIMIT_COUNT] = {
    [LIMIT_CASE_YAML_BYTES] = {"case_yaml_bytes", MIB(1),
                               "A case that people write is some kilobytes; libyaml is slow on "
                               "large hostile input."},
    [LIMIT_CASE_JSON_BYTES] = {"case_json_bytes", MIB(4),
                               "A case that a platform exports holds whole message threads; 4 MiB "
                               "is many hundred times the usual size."},
    [LIMIT_CASE_DEPTH] = {"case_depth", 32,
                          "A case nests 6 levels; libyaml takes time quadratic in the depth."},
    [LIMIT_CASE_YAML_NODES] = {"case_yaml_nodes", 10000,
                               "A long authored case has a thousand nodes, and each costs memory "
                               "far above its bytes."},
    [LIMIT_CASE_JSON_NODES] = {"case_json_nodes", 200000,
                               "The largest exported case that 4 MiB can sensibly hold."},
    [LIMIT_SCALAR_BYTES] = {"scalar_bytes", KIB(64),
                            "A statement or message is far shorter, and no reviewer reads "
                            "more."},
    [LIMIT_CASE_ARENA_BYTES] = {"case_arena_bytes", MIB(64),
                                "Sixteen times the largest input, so that many workers fit in one "
                                "machine."},
    [LIMIT_DIAGNOSTICS] = {"diagnostics", 100,
                           "Nobody mends more than a hundred faults in one go; the rest are "
                           "counted."},
    [LIMIT_VOCABULARY_BYTES] = {"vocabulary_bytes", MIB(1),
                                "The vocabulary is a file that people write; it is read as a case "
                                "is."},
    [LIMIT_RULE_FILE_BYTES] = {"rule_file_bytes", KIB(256),
                               "Some thousand lines, beyond which a rule file should be split."},
    [LIMIT_RULE_FILE_LINE_BYTES] = {"rule_file_line_bytes", 1000,
                                    "A longer line hides its end from whoever reviews it."},
    [LIMIT_RULEBOOK_ARENA_BYTES] = {"rulebook_arena_bytes", MIB(256),
                                    "Room for the most rules and conditions at their largest."},
    [LIMIT_RULES] = {"rules", 10000,
                     "A marketplace has some hundred rules; this is a policy that went "
                     "wrong."},
    [LIMIT_CONDITIONS] = {"conditions", 100000,
                          "Ten for each of the most rules; evaluation takes time linear in them."},
    [LIMIT_CONDITION_DEPTH] = {"condition_depth", 64,
                               "Evaluation recurses once a level, so this bounds the stack; nobody "
                               "can read a condition of half that depth."},
    [LIMIT_TEXT_BYTES] = {"text_bytes", KIB(64),
                          "A text of a rule is a sentence or a clause, never a document."},
    [LIMIT_LUA_MEMORY_BYTES] =
        {"lua_memory_bytes", MIB(64),
         "A rule file of the largest size builds tables of a few MiB; a bomb "
         "must end well below the machine's memory."},
    [LIMIT_LUA_BLOCK_BYTES] = {"lua_block_bytes", MIB(4),
                               "Nothing that a rule file builds is one large block, and several "
                               "known faults of Lua need one."},
    [LIMIT_LUA_STEPS_LOAD] = {"lua_steps_load", 5000000,
                              "A rule file runs straight through, in thousands of steps; this many "
                              "still end in well under a second."},
    [LIMIT_LUA_STEPS_PREDICATE] = {"lua_steps_predicate", 100000,
                                   "A predicate is asked for each rule and item, so it must be far "
                                   "cheaper than loading a file."},
    [LIMIT_LUA_STRING_BYTES] = {"lua_string_bytes", MIB(1),
                                "A rule text holds 64 KiB; doubling a string must end early."},
    [LIMIT_LUA_TABLE_ITEMS] = {"lua_table_items", 65536,
                               "More than the rules of one file; growth beyond it is a mistake."},
    [LIMIT_LUA_MATCH_STEPS] = {"lua_match_steps", 1000000,
                               "Patterns can take exponential time inside one instruction, which "
                               "no instruction hook sees."},
    [LIMIT_LUA_MATCH_SUBJECT_BYTES] = {"lua_match_subject_bytes", KIB(64),
                                       "No text that a predicate may read is longer."},
    [LIMIT_LUA_PATTERN_BYTES] = {"lua_pattern_bytes", 256,
                                 "A pattern is a line that a person reads; the matcher recurses "
                                 "over it."},
    [LIMIT_JAIL_WALL_MS] = {"jail_wall_ms", 1000,
                            "The last resort when every count inside the jail was deceived; a load "
                            "takes some milliseconds."},
    [LIMIT_JAIL_ANSWER_BYTES] = {"jail_answer_bytes", MIB(4),
                                 "An answer is about as long as the rule file of 256 KiB that it "
                                 "comes from."},
    [LIMIT_JAIL_ADDRESS_BYTES] = {"jail_address_bytes", MIB(256),
                                  "The memory of Lua, the program and its libraries, and room for "
                                  "the answer."},
    [LIMIT_RULING_ARENA_BYTES] = {"ruling_arena_bytes", MIB(64),
                                  "The findings of the most rules over a large case."},
    [LIMIT_READINGS] = {"readings", 16,
                        "Four texts that contradict each other in pairs; more is a policy that "
                        "must be mended, not weighed."},
    [LIMIT_TRIALS] = {"trials", 512,
                      "A case with a hundred unknown facts of a few values each; beyond it the "
                      "rest are listed without having been tried."},
    [LIMIT_UNKNOWNS] = {"unknowns", 12,
                        "What remains open after twelve facts were given values is open for want "
                        "of evidence, and not because nobody looked through the combinations."},
    [LIMIT_COMPLETIONS] = {"completions", 4096,
                           "All combinations of twelve facts with two values each; beyond it an "
                           "issue stays open, and its burden decides."},
    [LIMIT_TRIAL_COMPLETIONS] = {"trial_completions", 256,
                                 "Trials only tell which missing facts matter; what they would "
                                 "have to look through beyond this is left to the burdens."},
};

const struct limit_row *limit_find(enum limit limit)
{
    assert((unsigned)limit < LIMIT_COUNT);
    assert(ROWS[limit].name != NULL);
    return &ROWS[limit];
}

int64_t limit_of(enum limit limit)
{
    return limit_find(limit)->value;
}
