/*
 * The codes of this layer: R01 is about opening a record, R02 about writing it, R03 about decisions
 * that are refused, R04 about what the record proves.
 */
#include "store.h"

static const struct code_page PAGES[] = {
    {"R0101", "there is no record here",
     "The file or database that --store names holds no record. The first 'amicus accept' or "
     "'amicus override' makes one; 'audit' and 'replay' only read. Without --store the record is "
     "where AMICUS_STORE says, else record.db in $XDG_DATA_HOME/amicus (~/.local/share/amicus)."},
    {"R0102", "the record cannot be opened",
     "The file cannot be read or written, is no record of amicus, or lies on a network file "
     "system; "
     "or the server does not answer. Nothing was recorded."},
    {"R0103", "the record is not used",
     "It was written by a newer amicus whose rules are not known to this one; or the server is set "
     "to confirm what it has not flushed (fsync, synchronous_commit or full_page_writes is off), "
     "so "
     "that 'recorded' would be a guess; or the address holds a password: put it into ~/.pgpass."},
    {"R0104", "the record is damaged",
     "What is stored contradicts itself. Do not write to it. Keep the file as evidence, and "
     "restore "
     "the newest backup that 'amicus audit verify --against' a checkpoint kept elsewhere accepts."},
    {"R0201", "nothing was recorded",
     "The record could not be written. The transaction was given up, so what was there before is "
     "all there; reading goes on. If the disk is full, make room and try again. The exit code is "
     "74 "
     "for a full disk and 75 for a fault that may pass."},
    {"R0202", "the signing key cannot be used",
     "A checkpoint is signed with a key in a file that only its owner may read (mode 0600), beside "
     "the record unless --key names another. What was decided is recorded all the same; 'amicus "
     "audit checkpoint' signs it later."},
    {"R0301", "the case has a newer version",
     "The record holds a later version of this case than the one that was given. Decide that one: "
     "give the case's id in place of the file, or the newer file."},
    {"R0302", "another decision stands",
     "A case has one chain of decisions. Somebody has decided it meanwhile, or before. Read that "
     "decision with 'amicus audit log CASE'; if yours is to take its place, say so with "
     "--supersede "
     "and its number. Nothing is merged, and nothing that was recorded goes away."},
    {"R0303", "a second person must sign",
     "More money is moved against the suggestion than one reviewer may move alone. Name the second "
     "reviewer with --second; or record the decision with --pending and let the other sign it with "
     "'amicus approve'. Nobody signs his own decision, and several small steps count as one."},
    {"R0304", "there is nothing to sign",
     "Only the decision that stands, and that waits for a second signature, can be signed, once."},
    {"R0311", "the money does not balance",
     "For every item, what goes to the freelancer, to the client, into fees and what stays held "
     "must "
     "add up to what is held, and no part is negative. Fees stay as they were suggested. "
     "'--award M1=USD 720.00' gives the freelancer that and the client the rest; "
     "'--award \"M1=USD 720.00/USD 400.00\"' says both parts, and the rest stays held only if "
     "there is none: else it is refused."},
    {"R0312", "the outcome does not fit",
     "An outcome is one of the codes that rulings have, and says what the division does: "
     "release_full leaves nothing with the client or held, refund_full nothing with the freelancer "
     "or held, split gives both something. Leave --outcome out, and it follows from --award."},
    {"R0313", "the reason is not one of the list",
     "Statistics and the authors' list of work depend on the reasons, so the list is closed: "
     "new_evidence, fact_finding_differs, policy_misapplied, policy_gap, policy_unfair_here, "
     "deadline_extended, settlement, safety_or_fraud, conflict_resolved, data_error."},
    {"R0314", "the reason needs more",
     "Each reason comes with what a later reader needs: fact_finding_differs and data_error name "
     "the fact with --disagree, policy_misapplied the rule; new_evidence cites a piece that the "
     "version before did not have; conflict_resolved is for a ruling that said refer."},
    {"R0315", "cited evidence does not exist",
     "--cite names pieces of evidence of this case, by their ids, such as E6. At least one is "
     "needed; for reasons that begin with policy_ a --disagree with the rule will do."},
    {"R0316", "the note is too short or too long",
     "Who differs from the suggestion says why in words: 10 characters at least, 4,000 at most."},
    {"R0317", "there is no such item, rule or fact",
     "--award names a money item of the case, and --disagree a rule of the rulebook or a fact that "
     "the ruling looked at. 'amicus explain CASE' shows them."},
    {"R0318", "the case has no such id",
     "What was given is neither a file nor the id of a case in the record."},
    {"R0401", "the record is not what it was",
     "An entry, a row or a checkpoint does not agree with the others. The message names the first, "
     "and the newest checkpoint that still holds: everything before it is as it was. Keep the "
     "store "
     "as evidence and compare it with a backup. The exit code is 6."},
    {"R0402", "a checkpoint cannot be used",
     "It is no signed note of a log, its signature is wrong, or it is of another log. Give the "
     "file "
     "as 'amicus audit checkpoint' or 'amicus audit witness' wrote it."},
    {"R0403", "there is no such entry or size",
     "Entries are counted from 0 to one less than the log's size; a consistency proof needs two "
     "sizes from 1 on, the smaller first. 'amicus audit log' shows the entries."},
    {"R0404", "the witness refuses",
     "A witness signs a newer checkpoint only with a proof that the log which it saw before is the "
     "beginning of the new one. This one is older, of another log, or not proved. If the log was "
     "restored from a backup, that is what the witness is there to tell."},
    {"R0411", "a recorded ruling cannot be made again",
     "Its rulebook could not be loaded as it was, or its case or rulebook is not in the record. "
     "The "
     "ruling itself is still there."},
    {"R0412", "a replay differs",
     "The recorded case, decided again by the recorded rulebook, does not give the recorded "
     "ruling, "
     "byte for byte. If the version of amicus differs, the engine has changed: its changelog says "
     "how. If it does not, report it as a bug."},
};

const struct code_table record_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};
