/*
 * A small world for tests of the store: a place, chance that counts, and cases of numbers.
 */
#ifndef STORE_KIT_H
#define STORE_KIT_H

#include "audit.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static inline bool count_up(void *context, uint8_t *out, size_t length)
{
    static _Atomic unsigned counter;
    (void)context;
    unsigned n = counter++;
    memset(out, 0, length);
    memcpy(out, &n, sizeof n);
    pid_t pid = getpid();
    memcpy(out + sizeof n, &pid, sizeof pid);
    return true;
}

static const struct store_host HOST = {NULL, count_up};

/* Open a store at a place; what is wrong is printed. */
static inline struct store *kit_open(const char *name)
{
    amicus_diagnostics *list;
    struct store *store = NULL;
    const struct database_place place = {name, true, false};
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    enum store_status status = store_open(&store, &place, &HOST, list);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        printf("    %s\n", amicus_diagnostics_find(list, i)->what);
    }
    amicus_diagnostics_close(list);
    CU_ASSERT_EQUAL_FATAL(status, STORE_OK);
    return store;
}

/* A case of a number: id, digest and bytes follow from it. */
struct sample {
    char id[32];
    char digest[DIGEST_HEX];
    char ruling[DIGEST_HEX];
    struct decision_submission decision;
    struct submission submission;
};

static inline void fill(char out[DIGEST_HEX], unsigned n, char with)
{
    memset(out, with, DIGEST_HEX - 1);
    (void)snprintf(out, DIGEST_HEX, "%08x", n);
    out[8] = with;
    out[DIGEST_HEX - 1] = '\0';
}

static inline void sample_of(struct sample *out, unsigned number, unsigned version)
{
    memset(out, 0, sizeof *out);
    (void)snprintf(out->id, sizeof out->id, "T-%u", number);
    fill(out->digest, number * 16 + version, 'a');
    fill(out->ruling, number * 16 + version, 'b');
    out->decision = (struct decision_submission){.kind = TEXT("accept"),
                                                 .outcome = TEXT("release_full"),
                                                 .reason = TEXT(""),
                                                 .detail = TEXT("{\"cites\":[]}")};
    out->submission = (struct submission){
        .actor = TEXT("uid:7/anna"),
        .at_s = 1748822400,
        .subject = {text_of(out->id), 0, text_of(out->digest), TEXT("amicus: case/1\n")},
        .book = {TEXT("00000000000000000000000000000000000000000000000000000000000000cc"),
                 TEXT("model"), TEXT("1"), TEXT("the bytes of a rulebook")},
        .ruling = {.engine = TEXT("0.1.0"),
                   .outcome = TEXT("release_full"),
                   .digest = text_of(out->ruling),
                   .as_of_s = 1748822400,
                   .policy_date = TEXT(""),
                   .json = TEXT("{\"outcome\":\"release_full\"}")},
        .decision = &out->decision};
}

static inline enum store_status submit(struct store *store, struct sample *sample,
                                       struct receipt *receipt)
{
    sample->submission.subject.id = text_of(sample->id);
    sample->submission.decision = &sample->decision;
    return store_submit(store, &sample->submission, receipt);
}

#endif
