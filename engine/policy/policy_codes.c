/*
 * The pages of the codes of manifests and declarations (P01xx) and of what they mean together
 * (P04xx): what `explain` prints. A number is never given to another meaning.
 */
#include "rulebook.h"

static const struct code_page PAGES[] = {
    {"P0101", "A file of the rulebook cannot be read",
     "The manifest names it, or the folder has no rulebook.yaml. Paths are relative to the folder "
     "of the manifest that names them."},
    {"P0102", "A field of a manifest is missing, unknown or malformed",
     "A manifest has: amicus, name, version, title, platform, vocabulary, include, files, "
     "procedural_outcomes, evidence_ranking. The first four are needed."},
    {"P0103", "Rulebooks include each other in a cycle",
     "An included rulebook is loaded before the one that includes it, so they cannot include each "
     "other. Move what both need into a third."},
    {"P0104", "Two rulebooks have one name",
     "The name of a rulebook stands before the names of its files in every message and record, so "
     "included rulebooks must have different ones."},
    {"P0105", "A rulebook is larger than it may be",
     "A manifest has at most 1 MiB, a rule file 256 KiB, a rulebook with all that it includes 256 "
     "files, and includes go 8 deep. Each bound is far above what people can review."},
    {"P0106", "The answer of a jail is not a message",
     "A script runs in a process of its own, which sends back what was declared. The answer is "
     "read as if an enemy had written it; one byte out of place and nothing of it is used. The "
     "script may have found a hole in the language, or amicus has a fault: report it."},
    {"P0107", "An outcome code is unknown or ranked twice",
     "procedural_outcomes lists outcome codes, strongest first; each of them prevails for the "
     "whole case over those behind it and over every division of money."},
    {"P0108", "Included rulebooks speak different vocabularies",
     "All rules of a rulebook read the same facts, so all its parts must name the same "
     "vocabulary.yaml."},
    {"P0109", "A path or file name in a manifest is refused",
     "Paths are relative and of letters, digits, '_', '-', '.' and '/'. A rule file lies in the "
     "manifest's folder or below it and ends in .lua; only include and vocabulary may go up."},
    {"P0110", "A declaration has an unknown field",
     "A misspelt field would otherwise be a rule that silently lacks something."},
    {"P0111", "A declaration lacks a field that it must have",
     "The policy author's book lists the fields of each kind of declaration."},
    {"P0112", "A field is of the wrong form",
     "Titles and reasons are texts, conditions are made by tests such as f:is(true), and lists are "
     "in braces."},
    {"P0113", "A name is declared twice",
     "Names are unique across all files of a rulebook and what it includes, because rulings, "
     "tests and `beats` refer to them. Rules and undercutters share one set of names."},
    {"P0114", "A word is not one of those that may stand here",
     "Layers, sides, standards, grades, parties and outcomes are closed lists."},
    {"P0115", "A name has characters that it may not have",
     "Names appear in rulings, in file names and on command lines."},
    {"P0116", "A date is malformed or does not exist",
     "Dates are written \"2024-02-29\". A rule's last day is included."},
    {"P0117", "A rulebook or a condition is larger than it may be",
     "A rulebook declares at most 10,000 things with 100,000 conditions, and a condition nests 64 "
     "levels and 7 lists. Evaluation is bounded by these numbers."},

    {"P0401", "An unknown fact is read or defined",
     "The vocabulary names every fact. A path is read from the left: a fact of the record, or, "
     "through a fact that points to a record, a fact of that record."},
    {"P0402", "An unknown parameter is read",
     "Parameters are declared with param, with their dates and sources."},
    {"P0403", "An unknown issue is argued or asked",
     "Issues are declared with issue; their labels are upheld, rejected and open."},
    {"P0404", "An unknown list or kind of record is named",
     "`each` names one record (\"milestone\"), a list operator names the list (\"milestones\")."},
    {"P0405", "A rule that is beaten or undercut does not exist",
     "A misspelt name would be a priority that silently does nothing."},
    {"P0406", "A clause is named that no provision declares",
     "Every rule stands on a provision, and every provision on a source, so that a finding can "
     "show where it comes from."},
    {"P0407", "A source is named that is not declared",
     "Sources are declared with source. \"OURS\" marks what is ours and needs none."},
    {"P0410", "Values of types that do not fit meet",
     "Plain numbers go together, money with money, durations with durations, dates with dates, "
     "instants with instants, members of an enum with its facts. A date is a whole day and no "
     "instant; date + hours(0) is the instant with which it begins."},
    {"P0411", "A duration may count days or hours, and it matters which",
     "A date plus days is a date, a date plus hours is an instant. A parameter that is added to a "
     "date must be of one sort in all its versions."},
    {"P0412", "A constant that the value can never be",
     "The vocabulary lists the members of an enum, and a parameter's versions all that it can be. "
     "The test would never hold, or always."},
    {"P0413", "A plain value stands where a condition is wanted",
     "`m.blank` may mean that it is true, or that it is known. Say which: :is(true), :known()."},
    {"P0415", "A number without a dated parameter",
     "A number in a rule is policy: it has a date from which it holds and a source. 0 and 1 are "
     "free, and so are the numbers inside share() and in definitions of derived facts."},
    {"P0416", "A fact is read of a record that does not have it",
     "What only a week has cannot be read of any money item: range over weeks. Facts under due and "
     "notified belong to the kind of record that the vocabulary says."},
    {"P0417", "An issue is asked, or a record spoken of, where there is none",
     "An issue of each item is asked of an item: that of the declaration, that which owns the "
     "declaration's record, or one that is named. An issue of the case is asked without one."},
    {"P0418", "A constant is malformed",
     "Money has a currency and its decimals, a clock a weekday and a time, a duration a unit."},
    {"P0419", "The record of a list is used outside of its list",
     "The function that a list operator gets is called once, with a record that stands for each. "
     "Outside of that function the record means nothing."},
    {"P0420", "Issues or derived facts rest on each other in a cycle",
     "Each issue is decided once, after those that it asks for. An issue may not ask for itself, "
     "not even for another record, and a derived fact may not be defined by itself."},
    {"P0421", "`beats` goes round in a circle",
     "Priority is transitive inside a layer: in a circle everything would outrank itself."},
    {"P0422", "Undercutters undercut each other in a circle",
     "Whether a rule stands is decided after whether its undercutters do."},
    {"P0423", "A rule beats one that argues another issue",
     "Rules of different issues never meet. If one answer excludes another, ask that issue in "
     "`unless`."},
    {"P0424", "A `beats` that can never hold",
     "Between layers the layer ranks, and between strata the stratum; a lower rule cannot beat a "
     "higher one by name."},
    {"P0425", "A merits rule reads a fact that must not count",
     "The vocabulary marks facts with merits: false, such as a rating or a country. Rules and "
     "remedies may not read them, not by way of a derived fact either; flags may show them."},
    {"P0426", "A declaration ranges over records that do not fit",
     "A rule ranges over what its issue is asked of, over a kind within it, or over the case. "
     "Remedies range over money items or the case."},
    {"P0427", "A fact that the case states, or the engine computes, is defined",
     "Only facts that the vocabulary marks with derived: true are defined by a rulebook, and not "
     "those few that the vocabulary's roles name, such as decisive_unknown."},
    {"P0428", "A derived fact is read that nothing defines",
     "It stays unknown, and every condition that needs it stays open. A rulebook for every "
     "marketplace may leave it to the one that includes it."},
    {"P0429", "A rule reads what is known only when all issues are decided",
     "Whether an unknown fact decides an item, or an issue stays open, is computed from the "
     "issues, "
     "so no rule may argue an issue by it, not by way of a derived fact either. Remedies, "
     "fallbacks "
     "and flags come after the issues."},
    {"P0430", "A version of a parameter is malformed or overlaps another",
     "Each version has from, a value or a conflict, and a source; its last day is `to`. On any "
     "date one version holds at most."},
    {"P0431", "A parameter has a hole between two versions",
     "A case whose date falls into it has no number to decide by."},
    {"P0432", "A version of a parameter has no source",
     "Name the key of a declared source, or \"OURS\" for a number of our own."},
    {"P0433", "A parameter that the case dates is read on another date",
     "With anchor contract_formed or filed the case picks the version. Only event parameters are "
     "read with :on(date)."},
    {"P0434", "The versions of a parameter are of different types",
     "What reads the parameter is compiled once, for all versions."},
    {"P0435", "A provision is cited by nothing",
     "Perhaps its rule is missing, or it was superseded and can go. A text that only explains says "
     "so: uncited = \"why no rule rests on it\"."},
    {"P0436", "The period of a rule is malformed",
     "A rule that holds for a time only says from or to, and which date of the case is held "
     "against them: contract_formed or filed."},
    {"P0437", "A parameter is read by nothing",
     "Perhaps a rule holds its number in another way, or it can go."},
    {"P0438", "An issue is argued by no rule",
     "Without a rule that argues for it an issue is never upheld."},
    {"P0440", "A place in a sentence names nothing",
     "{param.name} is a parameter, {case.filed_at} a fact of the root, {m.amount} one of the "
     "declaration's record, whatever the word before the dot."},
    {"P0441", "The freelancer's part is not money",
     "What a remedy divides is an amount; the client gets the rest of what is held."},
    {"P0442", "A calendar is malformed",
     "Free days are mon to sun, one day is left for business, and it ends after it begins."},
};

const struct code_table policy_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};
