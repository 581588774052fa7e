/*
 * The codes of the command line, and the way to all others.
 *
 * A code is never used for a second meaning. U01 is about words on the command line, U02 about
 * files, U03 about which policy is used, U04 about names that are looked up, U09 about the machine.
 */
#include "codes.h"

#include "archive.h"
#include "store.h"
#include "suite_read.h"

#include <assert.h>

static const struct code_page PAGES[] = {
    {"U0101", "there is no such command",
     "The first word that is no option names the command; some commands have two words, such as "
     "'case check'. 'amicus help' lists them all."},
    {"U0102", "there is no such option, or this command does not take it",
     "An option means the same in every command, but not every command takes it. 'amicus help "
     "COMMAND' lists those that it takes. A file whose name starts with a dash is written after "
     "'--'."},
    {"U0103", "an option has no value, or one too many",
     "Write the value behind the option, as in '--policy rules/upwork' or "
     "'--policy=rules/upwork'."},
    {"U0104", "the value of an option is not understood",
     "The message says which values there are. An instant is written as RFC 3339 has it "
     "(2025-06-02T00:00:00Z); a bare date is midnight UTC; 'now' is the clock of this machine, "
     "read "
     "once."},
    {"U0105", "the command needs something to work on",
     "Name a case file, a folder, '-' for stdin, or '@FILE' for a list of paths."},
    {"U0106", "the command takes fewer words", "'amicus help COMMAND' shows how to call it."},
    {"U0107", "the command does not write this format",
     "'amicus help formats' shows which command writes which format."},
    {"U0108", "the command needs an option",
     "Some commands cannot be called without saying more: 'case sample' needs a seed and a count, "
     "'verify' the case that a ruling is about. The message names the option."},
    {"U0201", "a file or folder cannot be read",
     "The path does not exist, is not what it should be, or may not be read by you. The other "
     "inputs are still worked on; the exit code is 3."},
    {"U0202", "there is no case",
     "A folder stands for every file below it whose name ends in .yaml, .yml or .json, but not "
     "for *.expected.*; a list with @ may be empty. The exit code is 4, so that a script does not "
     "take an empty run for a clean one."},
    {"U0203", "rewriting would lose comments",
     "'case fmt' writes a case anew from its facts, and a comment is no fact. Only the comment at "
     "the top of a file is kept. Move the others there, or into the notes of statements, or give "
     "--drop-comments."},
    {"U0204", "a file cannot be written",
     "Answers are written beside their place and put there by rename, so what stood there before "
     "still does. The exit code is 74."},
    {"U0301", "no rulebook can be chosen for a case",
     "Without -p, AMICUS_POLICY or amicus.yaml, the platform that the case names is looked for "
     "below rules/. See 'amicus help paths'."},
    {"U0302", "amicus.yaml has a setting that does not exist",
     "It may hold 'amicus: config/1' and 'policy: DIR', the rulebook to use. The path is relative "
     "to the folder of amicus.yaml."},
    {"U0303", "there are no rules",
     "Rules are looked for in rules/ of the working folder, then beside the program. See 'amicus "
     "help paths'."},
    {"U0304", "the rulebook of a case cannot be used",
     "The rulebook has errors, which are reported once, or a script of it ran into a limit. No "
     "ruling is made by half a policy. 'amicus check' shows its errors."},
    {"U0305", "no ruling was made",
     "The case is larger than a ruling can hold, or the machine failed while it was decided or "
     "written; the message says which. No recommendation is "
     "better than half of one."},
    {"U0401", "nothing has this name",
     "'explain' takes a case file, the code of a message, the path of a fact, or the name of a "
     "rule, issue, remedy, flag, parameter or provision."},
    {"U0402", "there is no such ground, or no such marketplace",
     "Grounds and marketplaces are members of facts in the vocabulary; the message names those "
     "that "
     "there are. 'amicus explain case.grounds' says what they mean."},
    {"U0403", "there is nothing to ask",
     "'letter --ask' asks for a fact that the ruling lacks, of who usually knows it. 'amicus "
     "suggest' lists those facts under MISSING; the end of a path will do where only one ends so, "
     "and 'all' are those that could change the ruling."},
    {"U0501", "a ruling cannot be read",
     "A ruling is JSON of the schema amicus.ruling/1, as 'suggest -f json' or 'suggest -f ndjson' "
     "writes it. What is no such JSON is not compared with anything."},
    {"U0502", "the case of a ruling is not there",
     "A ruling names the case that it is about. None of the cases behind --case has that id."},
    {"U0503", "a deck is malformed",
     "A deck is a file that starts with 'amicus: deck/1' and lists under cases: the paths of cases "
     "or of folders, relative to its own folder; deck: and about: say what it is for."},
    {"U0504", "there is no such deck",
     "--deck names a deck file, a case, a folder of cases, or a deck of cases/training by its "
     "name. Without it the worked cases are practised on."},
    {"U0505", "a training journal is damaged",
     "The answers of a trainee are lines of JSON in training/NAME.ndjson beside the record. Lines "
     "that are none, such as half a line after a power loss, are left out; the others are used."},
    {"U0506", "an answer is not understood",
     "Each line of an answer has one form: an outcome by its name; for each money item an amount; "
     "ids of evidence, or '-' for none; a whole number from 0 to 100. The line is asked again."},
    {"U0901", "the jail for policy scripts cannot be set up",
     "Policy scripts run only in a child process that can do nothing but compute. It needs fork, "
     "resource limits and seccomp; some containers forbid them. amicus does not run policy "
     "scripts any other way."},
    {"U0902", "the tidy text says something else",
     "'case fmt' reads what it would write and compares the digests before it writes. They "
     "differed, which is a bug in amicus: please report it, with the case if you may. The file was "
     "left alone."},
    {"U0903", "there is not enough memory",
     "The machine has no memory left, or a case needs more than amicus allows itself for one. The "
     "exit code is 75: try again with fewer things running, or with a smaller case."},
};

const struct code_table cli_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};

static const struct code_table *const TABLES[] = {
    &diagnostic_codes, &cli_codes,    &facts_codes,    &policy_codes, &jail_codes,
    &decide_codes,     &record_codes, &workshop_codes, &archive_codes};

const struct code_table *const *codes_all(size_t *count)
{
    assert(count != NULL);
    assert(TABLES[0]->count > 0);
    *count = sizeof TABLES / sizeof TABLES[0];
    return TABLES;
}
