/*
 * Findings of the rules that guards ruled out, made when somebody asks why they do not apply.
 */
#ifndef COMPLETE_H
#define COMPLETE_H

#include "workspace.h"

/*
 * Add the findings of the rules that a guard ruled out, each where it would stand without guards.
 * They change no label. After resolve_by_facts.
 */
void complete_findings(struct workspace *workspace);

#endif
