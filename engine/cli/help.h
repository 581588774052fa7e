/*
 * Help pages, made from the command table.
 */
#ifndef HELP_H
#define HELP_H

#include "layout.h"
#include "table.h"

/* Write the list of commands. */
void help_write_all(struct builder *builder, struct look look);

/* Write the page of one command: synopsis, what it does, options, formats, examples. */
void help_write_command(struct builder *builder, const struct command *command, struct look look);

/* Write the page of a topic: "formats", "exit", "paths". Returns false if there is none. */
bool help_write_topic(struct builder *builder, const char *topic, struct look look);

/* Write the whole table as JSON, schema amicus.cli/1, on one line. */
void help_write_json(struct builder *builder);

#endif
