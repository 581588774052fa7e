/*
 * The pages of the codes of archives and batches, B01xx to B03xx.
 */
#include "archive.h"

static const struct code_page PAGES[] = {
    {"B0101", "an archive cannot be read",
     "The file does not exist, may not be read by you, or the disk failed. A batch that cannot "
     "read all of its shard publishes nothing."},
    {"B0102", "a seek table that contradicts its file",
     "A framed archive ends with a table of its frames. Its sizes must fit the file and each "
     "other; they do not, so the file was cut off or changed. Fetch it again; 'zstd -t' and "
     "'amicus archive info' tell more."},
    {"B0103", "damaged compressed text",
     "A frame has a checksum, states its size and ends with a line. What was read does not fit, so "
     "the file was damaged, or cut off. No case of a damaged frame is guessed at."},
    {"B0104", "the last line has no end",
     "Every line of an archive is ended, the last one too; so a file that was cut off is noticed. "
     "The line is rejected, the others are decided."},
    {"B0105", "an empty line in an archive",
     "An archive has one case a line and nothing else, so that lines can be counted. The line is "
     "rejected, the others are decided."},
    {"B0106", "a line is too long",
     "A line is one case of at most 4 MiB. Its bytes were passed over without being held; the line "
     "is rejected, the others are decided."},
    {"B0107", "no ruling was made",
     "A limit of the engine was reached, and there is no diagnostic that says more."},
    {"B0108", "no rulebook for a case of a batch",
     "Without -p a case is decided by the rulebook of its platform. There is none with that name "
     "below rules/, so the line is rejected."},
    {"B0109", "an inventory that is not of its archive",
     "'archive pack' writes NAME.json beside NAME: bytes, lines, a digest and a hash over the ids. "
     "A batch proves by it that nothing was lost, so it must be there whole, and of this very "
     "file; or not at all."},
    {"B0110", "nothing can be packed",
     "An archive holds only what was read in full without a fault. Mend what is told, or let "
     "--max-errors say how many cases may be left out."},
    {"B0201", "a folder of another run",
     "All parts in a folder belong to one run: one engine, rulebook, archive, and the same "
     "options. The message names what differs. How many shards or threads there are, and where "
     "they run, does not matter. The exit code is 7."},
    {"B0202", "a damaged part",
     "The report of a part ends with a digest of itself and names its files with theirs; something "
     "does not fit. Remove the part and run its shard again."},
    {"B0203", "a part is missing",
     "A merge joins all shards or none. 'amicus batch-status' prints those that are still to do. "
     "The exit code is 7."},
    {"B0204", "parts of different numbers of shards",
     "Shard 3 of 8 and shard 3 of 7 hold different cases. One folder holds parts of one N. The "
     "exit code is 7."},
    {"B0205", "the parts are not the archive",
     "Every part is whole, but together they do not have the lines or the ids that the inventory "
     "of the archive lists: something was lost, or done twice. The exit code is 6."},
    {"B0206", "a part cannot be written",
     "The folder of the batch cannot be written to. Nothing half-written stays, and the shard can "
     "be run again. The exit code is 74, or 75 if trying again may help."},
    {"B0207", "two runs of one shard made different bytes",
     "The same shard of the same run was done twice, and the results differ. That must never "
     "happen: please report it, with both files. The exit code is 70."},
    {"B0301", "an expectation that cannot be read",
     "--expect takes a name, an order and a value: rejected=0, outcome.refer<=5%, "
     "rule.np.approved>=10. A share, 0.05 or 5%, is of all cases. 'agree' needs recorded "
     "decisions."},
    {"B0302", "an expectation is not met",
     "The batch is whole, and its figures are not what was expected. The exit code is 1."},
    {"B0303", "a batch that cannot be called so",
     "A shard is I/N with I from 0 to N - 1, and needs --out. What comes from stdin cannot be "
     "split: pack it first, or leave --shard out."},
    {"B0304", "too many rejected lines",
     "Rejected lines are data: they are counted and listed. More of them than --max-errors allows "
     "(none, unless it is given) is exit code 3."},
};

const struct code_table archive_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};
