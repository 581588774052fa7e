/*
 * The pages of the codes of tests, T01xx.
 */
#include "suite_read.h"

static const struct code_page PAGES[] = {
    {"T0101", "not a suite of this version",
     "A file of tests starts with 'amicus: suite/1'. Which version of the format the rest is "
     "written "
     "in must be known before it is read."},
    {"T0102", "unknown key in a suite",
     "A misspelt key would silently want nothing, and the test would pass. The nearest key is "
     "given. "
     "'stability' cannot be wanted yet."},
    {"T0103", "a field of a suite is missing or malformed",
     "A suite has a name under suite: and a list under tests:; a test has a name and a case. What "
     "stands under defaults: is said for every test that does not say it itself."},
    {"T0104", "a test that wants nothing",
     "A test without want: would pass whatever the ruling is. Say what matters, or write todo: "
     "with "
     "what the test waits for."},
    {"T0105", "two tests of one name",
     "Tests of a suite are told apart by their names, in reports and by --run."},
    {"T0106", "no such name in the rulebook",
     "A rule that is misspelt under none: would never apply, and the test would pass for ever. So "
     "every rule, issue, outcome, flag, state, parameter and promise must exist. The nearest is "
     "given."},
    {"T0107", "a value that no ruling can have",
     "Each thing that can be wanted has its own form: an amount with its currency, a label, an "
     "outcome, a list of names. The word 'ask' asks for what there is: the test fails with it, and "
     "--update writes it down."},
    {"T0108", "no such record or fact in the case",
     "What is wanted of a money item, a record, a piece of evidence or a fact can only be compared "
     "if the case has it, after the edits of with:."},
    {"T0109", "the case of a test cannot be used",
     "case: names a case file, relative to the folder of the suite. The file must be there, and be "
     "free of faults; 'amicus case check FILE' shows them."},
    {"T0110", "the rulebook of a suite cannot be used",
     "policy: names the folder of a rulebook, relative to the folder of the suite; platform: names "
     "one below rules/. Without either the rulebook is the one that the suite lies in. 'amicus "
     "check' "
     "shows its faults."},
    {"T0111", "no value of a parameter",
     "params: gives parameters of the rulebook other values for the test, each by its type. "
     "'unknown' stands for a value that no source gives."},
    {"T0112", "a test got no ruling",
     "The decision itself failed: a predicate was stopped by its jail, or an engine limit was "
     "reached. Nothing was compared."},
    {"T0113", "there is no test",
     "No suite was found, or none of its tests has a name that --run wants. The exit code is 4, so "
     "that a script does not take an empty run for a clean one."},
    {"T0114", "a suite cannot be rewritten",
     "--update puts words of want: right where they stand, and reads what it would write before it "
     "writes. What only a person can decide is left as it is."},
    {"T0201", "not an expression",
     "--where takes comparisons such as ground=scope or moved>=5000 and words such as overridden, "
     "joined by and, or, not and brackets. A value with blanks stands in single quotes. The help "
     "page of the command lists the names."},
};

const struct code_table workshop_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};
