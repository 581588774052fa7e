/*
 * The pages of all codes of this layer, for `explain CODE` and the golden tests.
 *
 * C0101 to C0119 are about the form of a text, and apply to every strict YAML or JSON file: cases,
 * vocabularies, manifests. C012x to C017x are about what a case says, V01xx about a vocabulary. A
 * code is never used twice and never given another meaning.
 */
#include "vocabulary.h"

static const struct code_page PAGES[] = {
    {"C0101", "The text is empty, or is no map",
     "A case, a vocabulary and a manifest are maps: lines of 'key: value', or a JSON object. Start "
     "a "
     "case with 'amicus: case/1'."},
    {"C0102", "The text is too large",
     "A text is bounded before anything reads it: 1 MiB of YAML, 4 MiB of JSON. Leave out what no "
     "rule reads, such as whole message threads; cite the piece of evidence instead."},
    {"C0103", "The text is not UTF-8",
     "Texts are UTF-8 without exception, because the same bytes must mean the same to everybody "
     "who "
     "reads them. Save the file in that encoding."},
    {"C0104", "An amount is malformed",
     "An amount is a currency code, one space, and digits with exactly as many decimals as the "
     "currency has: USD 1200.00, JPY 5000. Without its currency an amount means nothing, and no "
     "currency is ever assumed."},
    {"C0105", "The text is not YAML, or not JSON",
     "The text cannot be read further than this place. In YAML look at the indentation, at open "
     "quotes and brackets, and at texts that hold ': ' or ' #' and are not quoted; in JSON at "
     "commas, "
     "quotes and brackets."},
    {"C0106", "The text is nested too deep",
     "A case nests six levels; 32 are read. Deeper texts take time and serve no purpose."},
    {"C0107", "A key stands twice",
     "YAML readers differ in which of two equal keys they take, so a person and a program could "
     "read "
     "two different cases. Keep one. If two sides say different things, write a list of "
     "statements."},
    {"C0108", "The text holds too many values",
     "10,000 values are read in YAML and 200,000 in JSON. Leave out what no rule reads."},
    {"C0109", "A single text is too long",
     "One text holds 64 KiB at most. Keep the passage that matters and cite the whole as "
     "evidence."},
    {"C0110", "A character must not stand in a text",
     "Control characters, marks that reorder text (U+202E and its kin) and a byte order mark can "
     "hide from people what programs read. Delete the character; the place is given."},
    {"C0111", "Anchors and aliases are not read",
     "A few bytes of aliases can stand for millions of values, and a reader of a case should see "
     "each "
     "value where it is used. Write it out."},
    {"C0112", "Tags are not read",
     "The type of a value is given by its key, in the vocabulary, never by a mark in the file. "
     "Take "
     "the tag out."},
    {"C0113", "Directives are not read",
     "Lines that start with % change how YAML reads what follows. Take them out."},
    {"C0114", "A second document starts",
     "One file is one case. Give each its own file, or use one line of JSON for each in an "
     "archive."},
    {"C0115", "Merge keys are not read",
     "'<<' copies keys from elsewhere, so that what a map says is not where it stands. Write the "
     "keys "
     "out."},
    {"C0116", "A key is no word",
     "A key is one word or name. It cannot be empty, a list or a map."},
    {"C0117", "A tab stands in the text",
     "Tabs look like spaces and count differently, so indentation with them reads differently to "
     "people and programs. Use spaces; inside a quoted text write \\t."},
    {"C0118", "There is no value",
     "A key without a value says nothing: unknown, absent and false are three different things. "
     "Leave "
     "the key out if nobody states the fact; list it under absent: with a reason if it is known "
     "not "
     "to exist."},
    {"C0119", "A number is not whole",
     "There are no fractions and no exponents anywhere: they round. Amounts are written as \"USD "
     "12.50\", shares in basis points."},
    {"C0120", "The file does not say what it is",
     "The first line of a case is 'amicus: case/1' (in JSON the key may stand anywhere at the "
     "top). It "
     "tells which version of the format the rest is written in."},
    {"C0121", "There is no such section",
     "The sections of a case are those of the vocabulary: single records such as case: and "
     "contract:, "
     "lists such as milestones:, and absent:. The nearest name is given."},
    {"C0122", "There is no such fact",
     "Every fact that a case may state is declared in the vocabulary; a misspelt one would "
     "silently be "
     "unknown to all rules. The nearest name is given. What is no fact belongs in a note:."},
    {"C0123", "A value has the wrong shape",
     "A map stands where a list or a single value is wanted, or the other way round. A list of the "
     "case starts each record with '-'."},
    {"C0124", "A derived fact is stated",
     "Derived facts are computed from others by the rulebook, so that they can always be traced. "
     "State "
     "what they are computed from."},
    {"C0125", "An id is missing",
     "The case and each record of a list with ids needs one, because rulings and references name "
     "it."},
    {"C0126", "An id is malformed",
     "An id starts with a letter or digit and goes on with those, '_' and '-'; the id of a case "
     "may "
     "also hold '.', '/' and ':'. It is part of paths, so it holds no blanks and, in records, no "
     "dots."},
    {"C0127", "An id is taken",
     "Two records of one list, or of two lists of money items, have the same id, so a reference to "
     "it "
     "would be ambiguous."},
    {"C0130", "No boolean",
     "A fact of this type is true or false, without quotes. 'yes', 'no', 'on' and 0 are not read "
     "as "
     "booleans."},
    {"C0131", "No whole number",
     "A number is digits, perhaps with a minus in front: 0, 7, -3. Leading zeros, underscores and "
     "fractions are not read, nor are numbers beyond 64 bits."},
    {"C0132", "No share in basis points",
     "A share is a whole number from 0 to 10000: hundredths of a percent. 25 % is 2500."},
    {"C0133", "No number of minutes", "Minutes are a whole number, 0 or more."},
    {"C0134", "No instant",
     "An instant is a date with a time and its offset, as RFC 3339 has it: 2025-06-02T17:30:00Z or "
     "2025-06-02T19:30:00+02:00. A date alone is no instant, because deadlines end at a time; "
     "dates "
     "that the calendar does not have are refused."},
    {"C0135", "No date", "A date is written 2025-06-02 and must exist in the calendar."},
    {"C0136", "No duration",
     "A duration is a number and a unit: 14 calendar_days, 5 business_days, 48 hours, 30 minutes, "
     "90 "
     "seconds."},
    {"C0137", "No value of this fact",
     "The fact takes one of the words that the vocabulary lists. The nearest is given."},
    {"C0138", "No list of values",
     "The fact takes a list of words, each once: [non_payment, scope]."},
    {"C0139", "No text",
     "A text is not empty; in JSON it stands in quotes. If there is nothing to say, leave the key "
     "out."},
    {"C0140", "A reference leads nowhere",
     "The fact names a record of another list by its id, and no record there has it. The nearest "
     "id is "
     "given."},
    {"C0141", "Unknown is no value",
     "A fact that nobody states is unknown by itself: leave it out. To record that somebody was "
     "asked "
     "and does not know, write {is: unknown, says: client}."},
    {"C0150", "Unknown key of a statement",
     "A statement is {is: value, says: who, cites: [evidence], note: text}."},
    {"C0151", "A statement without is:", "A statement needs is: with the value that is stated."},
    {"C0152", "Nobody states this",
     "A statement names who makes it: client, freelancer, platform, reviewer or expert. A section "
     "or "
     "record may set says: once at its top. A plain value outside of such a section is the "
     "platform's "
     "own record."},
    {"C0153", "One side states a fact twice",
     "The platform and each party state a fact once; if a side changed its mind, keep its last "
     "word and "
     "put the earlier one in the note. Reviewers and experts may be several."},
    {"C0154", "The fact needs the finding of a person",
     "The vocabulary marks this fact as one that the platform cannot know: somebody must find it. "
     "Write "
     "{is: ..., says: reviewer}, or set says: reviewer at the top of the section or record. What a "
     "party says about it is a claim."},
    {"C0155", "Cited evidence does not exist",
     "cites: names pieces of the list of evidence by id. The nearest id is given."},
    {"C0156", "A citation is malformed",
     "cites: is a list; a citation is an id, or {id: E7, locator: \"page 3\"}, and names a piece "
     "once."},
    {"C0157", "Too many statements or citations of one fact",
     "A fact takes 16 statements, and a statement 64 citations. Keep those that matter; what else "
     "was "
     "said belongs in the evidence."},
    {"C0160", "An absence is malformed",
     "An entry of absent: is {fact: path, reason: text}. The reason is needed, because absent is a "
     "finding: it makes rules apply that unknown would hold open."},
    {"C0161", "An absence names nothing",
     "The path is that of a fact (contract.pay_date, milestones.M1.due_at), of a record "
     "(milestones.M1), of a section (procedure) or of a list (defects) of this case."},
    {"C0162", "A fact is absent and stated",
     "The same fact is listed as absent and stated, or listed twice. Only one of them can be "
     "meant."},
    {"C0170", "Amounts in different currencies",
     "A case is decided in one currency, because the parts of a remedy must sum to what is held; "
     "no "
     "rate of exchange is assumed."},
    {"C0171", "A negative amount",
     "What is agreed, held or taken as a fee cannot be negative. A refund or a deduction has a "
     "fact of "
     "its own."},
    {"C0172", "More is held than was agreed",
     "A warning: an item holds more than its agreed amount. That happens, but more often one of "
     "the two "
     "amounts is mistyped."},
    {"C0180", "An edit names nothing in the case",
     "An edit names a fact by its path, with the id of the record in place of the list: "
     "milestones.M1.due_at; a tail that fits one fact alone will do: M1.due_at. To make unknown or "
     "absent it may also name a record, a section or a list. A record is added by setting a fact "
     "of "
     "a "
     "new id, with the name of its list in front. The nearest path is given."},
    {"C0181", "A path fits several facts",
     "A tail of a path is enough only while one fact of the case has it. Write more of it; the "
     "first "
     "candidates are given."},
    {"C0182", "A standing cannot be had",
     "A standing comes of who says what, and of the evidence that is cited; it is never set by "
     "hand. A "
     "fact that only a person can find is not supported by any piece, and what a side says against "
     "itself is established. Write the statements out: {is: ..., says: ..., cites: [...]}."},
    {"C0183", "An edit is malformed",
     "An edit is PATH=VALUE, perhaps with @ and a standing behind it: "
     "M1.review.action=approve@claimed. "
     "A value that starts with a bracket or a quote is read as YAML."},
    {"C0184", "A fact is edited twice",
     "Two edits name the same fact, or one names a fact of a record that another leaves out. Only "
     "one "
     "of them can be meant."},
    {"C0185", "A sweep that is none",
     "A sweep goes from the lesser to the greater value of a number, an amount or a date: "
     "--sweep 'M1.due_at=2025-06-01..2025-06-30'. A step may follow a slash: of dates a duration "
     "such as '1 calendar_days', else a number or an amount."},
    {"V0101", "Not a vocabulary of this version",
     "A vocabulary starts with 'amicus: vocabulary/1'."},
    {"V0102", "Unknown key in a vocabulary",
     "An unknown key would silently have no effect. The nearest one is given."},
    {"V0103", "A field of a vocabulary is missing or malformed",
     "Each entry has fixed fields: a list has name and one, a fact has path and type. Flags are "
     "true or "
     "false; finding: is 'human'."},
    {"V0104", "No such type",
     "Types are bool, int, bps, minutes, money, instant, date, duration, enum, list_of_enum, id, "
     "text "
     "and ref."},
    {"V0105", "A name that cannot be used",
     "Names are lower-case words with digits and '_'. Words that mean something in rules (is, "
     "known, "
     "absent, before, ...) cannot be part of a path."},
    {"V0106", "A name is declared twice",
     "Each fact, list and kind has one declaration. A fact of a list must not have the name of a "
     "fact "
     "of its union."},
    {"V0107", "A path belongs to no kind of record",
     "The first word of a path is a root (case, contract) or the singular of a list (milestone) or "
     "union (item)."},
    {"V0108", "A reference to a kind that does not fit",
     "to: and each: name a list or union, base: names a union, of: follows references from a "
     "record to "
     "a money item: review.delivery.milestone."},
    {"V0109", "A role names no fact", "roles: tells the engine which facts it must know itself."},
    {"V0110", "A role's fact has the wrong type",
     "The engine reads the facts of roles by type: held money is money, the clock an instant."},
    {"V0111", "No such party",
     "Parties are client, freelancer, platform, reviewer, expert; helps: also takes filer and "
     "respondent."},
    {"V0112", "Members of an enum are malformed",
     "An enum lists 1 to 62 different words. 'unknown' is no member: that nobody states a fact is "
     "its "
     "standing."},
    {"V0113", "The ranking of evidence is malformed",
     "void: and seen: are one test each, tiers: a list of tests, best first. A test names a fact "
     "of the "
     "evidence and the members that pass."},
    {"V0114", "helps: names no value of the fact",
     "helps: maps true, false or a member to the side that saying so helps; it is what makes an "
     "admission an admission."},
    {"V0115", "The guide of samples is malformed",
     "sample.yaml beside the vocabulary says what a drawn case usually looks like: course:, "
     "items:, "
     "often:, usual:, shares:, currencies:. It names stored facts by their paths and lists by "
     "their names."},
};

const struct code_table facts_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};
