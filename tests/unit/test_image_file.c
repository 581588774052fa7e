/*
 * Promises of kept images: what is read back is what was kept, and nothing else is believed.
 */
#define _DEFAULT_SOURCE
#include "image_file.h"
#include "policy_kit.h"

#include <stdlib.h>

static const char RULE[] =
    "local m = item \"item\"\n"
    "issue \"late\" { title = \"x\", each = \"item\", claimant = \"client\",\n"
    "  burden = \"client\", standard = \"some\" }\n"
    "rule \"late.a\" { title = \"x\", issue = \"late\", side = \"for\",\n"
    "  clause = \"T-1\", layer = \"law\", when = m.used:is(true), because = \"It is {m.used}.\" "
    "}\n";
static const char KEY[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const char OTHER[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde0";

struct kept {
    struct kit kit;
    char folder[32];
    char path[64];
};

static void keep_one(struct kept *kept)
{
    kit_try(&kept->kit, RULE);
    CU_ASSERT_EQUAL_FATAL(kept->kit.status, AMICUS_OK);
    (void)snprintf(kept->folder, sizeof kept->folder, "/tmp/amicus-kept.XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(kept->folder));
    (void)snprintf(kept->path, sizeof kept->path, "%s/one.image", kept->folder);
    CU_ASSERT_EQUAL_FATAL(image_keep(&kept->kit.image, kept->path, KEY, 1, kept->kit.arena),
                          AMICUS_OK);
}

static void drop(struct kept *kept)
{
    (void)remove(kept->path);
    CU_ASSERT_EQUAL(remove(kept->folder), 0); /* nothing else was left in it */
    kit_close(&kept->kit);
}

static amicus_status read_one(struct kept *kept, struct image *out, const char *key)
{
    return image_read(out, kept->path, key, kept->kit.vocabulary, kept->kit.arena);
}

/* The kept file's bytes, and the same with a change. */
static struct text read_bytes(struct kept *kept)
{
    struct text bytes;
    CU_ASSERT_EQUAL_FATAL(path_read(&bytes, kept->kit.arena, kept->path, (size_t)1 << 24),
                          AMICUS_OK);
    return bytes;
}

static void write_bytes(struct kept *kept, struct text bytes)
{
    FILE *file = fopen(kept->path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(bytes.at, 1, bytes.length, file), bytes.length);
    CU_ASSERT_EQUAL(fclose(file), 0);
}

static void gives_back_what_was_kept(void)
{
    struct kept kept;
    struct image image;
    keep_one(&kept);
    const struct image *made = &kept.kit.image;
    CU_ASSERT_EQUAL_FATAL(read_one(&kept, &image, KEY), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(image.digest, made->digest, sizeof image.digest), 0);
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        size_t count = image_table_count(made, (enum table)i);
        CU_ASSERT_EQUAL(image_table_count(&image, (enum table)i), count);
        CU_ASSERT(count == 0 || memcmp(image_table_rows(&image, (enum table)i),
                                       image_table_rows(made, (enum table)i),
                                       count * table_row_bytes((enum table)i)) == 0);
    }
    CU_ASSERT(text_is(image_text(&image, image.name), "kit"));
    drop(&kept);
}

static void does_not_believe_a_file_of_another_key(void)
{
    struct kept kept;
    struct image image;
    keep_one(&kept);
    CU_ASSERT_EQUAL(read_one(&kept, &image, OTHER), AMICUS_NOT_FOUND);
    drop(&kept);
}

static void does_not_believe_a_file_in_which_a_bit_was_flipped(void)
{
    struct kept kept;
    struct image image;
    keep_one(&kept);
    struct text whole = read_bytes(&kept);
    char *changed = arena_copy(kept.kit.arena, whole.at, whole.length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(changed);
    for (size_t i = 0; i < whole.length; i += 61) {
        changed[i] = (char)(changed[i] ^ 4);
        write_bytes(&kept, (struct text){changed, whole.length});
        CU_ASSERT_EQUAL(read_one(&kept, &image, KEY), AMICUS_NOT_FOUND);
        changed[i] = (char)(changed[i] ^ 4);
    }
    drop(&kept);
}

static void does_not_believe_a_file_that_was_cut_short(void)
{
    struct kept kept;
    struct image image;
    keep_one(&kept);
    struct text whole = read_bytes(&kept);
    for (size_t length = 0; length < whole.length; length += 499) {
        write_bytes(&kept, (struct text){whole.at, length});
        CU_ASSERT_EQUAL(read_one(&kept, &image, KEY), AMICUS_NOT_FOUND);
    }
    drop(&kept);
}

/* Somebody who knows the form can make the sum right; an index that leaves its table is
 * still found. */
static void does_not_believe_a_forged_index(void)
{
    struct kept kept;
    struct image image;
    keep_one(&kept);
    struct image forged = kept.kit.image;
    struct rule_row rules[64];
    CU_ASSERT_FATAL(forged.rule_count > 0 && forged.rule_count < 64);
    memcpy(rules, forged.rules, forged.rule_count * sizeof *rules);
    rules[0].when = forged.node_count;
    struct text whole = read_bytes(&kept);
    char *bytes = arena_copy(kept.kit.arena, whole.at, whole.length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    for (size_t i = 0; i + sizeof *rules < whole.length; i++) {
        if (memcmp(bytes + i, kept.kit.image.rules, sizeof *rules) == 0) {
            memcpy(bytes + i, rules, sizeof *rules);
        }
    }
    uint64_t sum = checksum_of((struct text){bytes, whole.length - sizeof(uint64_t)});
    memcpy(bytes + whole.length - sizeof sum, &sum, sizeof sum);
    write_bytes(&kept, (struct text){bytes, whole.length});
    CU_ASSERT_EQUAL(read_one(&kept, &image, KEY), AMICUS_NOT_FOUND);
    drop(&kept);
}

static void says_so_when_it_cannot_write(void)
{
    struct kit kit;
    kit_try(&kit, RULE);
    CU_ASSERT_EQUAL_FATAL(kit.status, AMICUS_OK);
    CU_ASSERT_EQUAL(image_keep(&kit.image, "/nowhere/at/all.image", KEY, 1, kit.arena), AMICUS_IO);
    kit_close(&kit);
}

static void load_twice(const char *folder, char first[65], char second[65])
{
    char *out[] = {first, second};
    amicus_engine *engine = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_engine_open(&engine), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_engine_keep(engine, folder), AMICUS_OK);
    for (unsigned i = 0; i < 2; i++) {
        amicus_rulebook *rulebook = NULL;
        amicus_diagnostics *list = NULL;
        CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
        CU_ASSERT_EQUAL_FATAL(amicus_rulebook_load(&rulebook, engine, "rules/model", list),
                              AMICUS_OK);
        amicus_rulebook_digest(rulebook, out[i]);
        amicus_rulebook_close(rulebook);
        amicus_diagnostics_close(list);
    }
    amicus_engine_close(engine);
}

static void gives_the_same_rulebook_with_and_without_its_scripts(void)
{
    char folder[] = "/tmp/amicus-kept.XXXXXX";
    char command[192];
    char first[65];
    char second[65];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    load_twice(folder, first, second);
    CU_ASSERT_STRING_EQUAL(first, second);
    (void)snprintf(command, sizeof command, "rm %s/*.image %s/*.vocabulary && rmdir %s", folder,
                   folder, folder);
    CU_ASSERT_EQUAL(system(command), 0); /* both were kept, and nothing beside them */
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"gives back what was kept", gives_back_what_was_kept},
        {"does not believe a file of another key", does_not_believe_a_file_of_another_key},
        {"does not believe a file in which a bit was flipped",
         does_not_believe_a_file_in_which_a_bit_was_flipped},
        {"does not believe a file that was cut short", does_not_believe_a_file_that_was_cut_short},
        {"does not believe a forged index", does_not_believe_a_forged_index},
        {"says so when it cannot write", says_so_when_it_cannot_write},
        {"gives the same rulebook with and without its scripts",
         gives_the_same_rulebook_with_and_without_its_scripts},
        CU_TEST_INFO_NULL,
    };
    return suite_run("image_file", tests);
}
