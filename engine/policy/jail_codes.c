/*
 * The codes of scripts and the jail: P02xx before Lua sees a byte, P03xx after.
 */
#include "jail.h"

static const struct code_page PAGES[] = {
    {"P0201", "The rule file is too large",
     "A rule file has at most 256 KiB. Beyond that nobody reviews it as a whole. Split it into "
     "files that belong together; their order decides nothing."},
    {"P0202", "The rule file is not UTF-8",
     "Bytes that are not UTF-8 look different in every editor. Save the file as UTF-8."},
    {"P0203", "The rule file begins with a byte order mark",
     "The mark is invisible and Lua would skip it. Save the file as UTF-8 without BOM."},
    {"P0204", "The rule file holds compiled Lua",
     "Compiled code cannot be reviewed, and a wrong byte of it crashes Lua. Only source is run."},
    {"P0205", "The first line begins with #",
     "Lua skips such a line, so something could hide there. Comments begin with two dashes."},
    {"P0206", "A character that hides or reorders text",
     "Control characters, marks of writing direction and separators of lines make a reviewer see "
     "another program than the one that runs. Remove the character; tab and line feed are "
     "allowed."},
    {"P0207", "A line is too long",
     "A line has at most 1000 bytes, so that its end is seen in review. Break it."},
    {"P0208", "A character outside of texts that is no part of the language",
     "Names are letters, digits and underscores of ASCII, so that two names that look alike are "
     "alike. Other letters belong in texts and comments."},
    {"P0209", "A number with a fraction or an exponent",
     "Rule files know whole numbers only; a float rounds in its own way on every machine. Write "
     "money as usd \"12.50\" and shares as share(amount, num, den)."},
    {"P0210", "A number is too great",
     "Whole numbers go up to 9223372036854775807. Lua would turn a greater one into a float."},
    {"P0211", "An operator that makes fractions",
     "/ and ^ make floats. Divide whole numbers with //, and money with share(amount, num, den), "
     "which rounds half up and leaves no cent behind."},
    {"P0212", "A variable that is closed",
     "<close> runs code at the end of a block, also when a limit ends the file. No rule needs it."},
    {"P0213", "A bit operator",
     "& | ~ << >> are no part of the rule language, and Lua 5.4.4 compiles some of them wrongly. "
     "Conditions are joined by all, any and no; unequal is ~=."},
    {"P0214", "A comparison as an index",
     "Lua 5.4.4 compiles t[a < b] wrongly. Put the comparison into a local first."},
    {"P0215", "Blocks and brackets are nested too deep",
     "At most 100 levels. Name parts with locals."},
    {"P0216", "Too many local variables",
     "A function has at most 190 local variables. Put them into a table or smaller functions."},
    {"P0217", "A text or comment without its end",
     "The quote or long bracket that opens here is never closed."},
    {"P0218", "A for with a closing value",
     "Behind `in` stand at most three values; a fourth would be closed at the end, which Lua 5.4.4 "
     "forgets at a break."},
    {"P0219", "Too many branches or jumps",
     "An if has at most 200 branches, and a file 2000 of and, or, break, goto and labels: Lua's "
     "parser takes time quadratic in them. Look values up in a table, join conditions by all and "
     "any, or split the file."},
    {"P0220", "A fact compared with == or ~=",
     "Facts have no value while a file runs, so == would always be false. Write a:is(b) or "
     "a:is_not(b); what may be missing is tested by a:known() and a:absent()."},
    {"P0301", "The script stopped with an error of Lua",
     "The file does not parse, or an operation failed at the line that is named. Nothing of the "
     "file was taken."},
    {"P0302", "The script ran out of steps",
     "A file may take five million steps, a hundred times what the largest needs, and a pattern "
     "one million. The count is the same on every machine. Look for a loop that does not end."},
    {"P0303", "The script ran out of memory",
     "A state of Lua has 64 MiB, one block 4 MiB, one text 1 MiB. Look for a table or text that "
     "grows without end."},
    {"P0304", "A name that rule files do not have",
     "Rule files see the rule language, the facts of the vocabulary, and a few functions of Lua. "
     "There are no files, programs, clocks or chance, and no global variables of one's own. A "
     "misspelt name is found the same way."},
    {"P0305", "The rule language was used wrongly",
     "The message says what to write instead. Conditions are data: they are built by tests such as "
     "m.amount:at_least(x) and joined by all, any and no; Lua's own comparisons and `if` cannot "
     "test them, because nothing is decided while a file runs."},
    {"P0306", "A limit of the rule language was reached",
     "Every limit has a reason in the table of limits. The message names it."},
    {"P0310", "The script was stopped by the wall clock",
     "The limits that count steps should have stopped it long before one second had passed. Either "
     "the machine is far too slow, or the script found work that is not counted. Nothing was "
     "decided."},
    {"P0311", "The jail was killed by a signal",
     "Signal 31 (SIGSYS) means that the script's process made a system call that it may not make. "
     "Nothing was decided; please report the file."},
    {"P0312", "The jail gave no answer that can be used",
     "The process ended without a complete message, or sent more than it may. Nothing of it was "
     "taken; please report the file."},
    {"P0313", "The jail cannot be set up",
     "Lua runs only behind all walls: rlimits, no new privileges, a seccomp filter. The message "
     "says which one is missing on this machine. There is no way to run it without."},
    {"P0314", "The launcher of jails is gone",
     "The process that starts jails has ended, perhaps killed. Open the engine again."},
    {"P0315", "Too many jails at once",
     "At most 64 jails live at the same time, one for each file with predicates of an open "
     "rulebook. Close rulebooks that are not needed."},
};

const struct code_table jail_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};
