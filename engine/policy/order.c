/*
 * Order: issues and derived facts stand in a graph without a cycle.
 *
 * An issue needs the issues and derived facts that the conditions of its rules and of their
 * undercutters read; a derived fact needs what its definition reads. Issues come first in the
 * numbering of vertices, derived facts behind them. One depth-first walk gives the order and finds
 * a cycle; it keeps its own stack, because a chain of issues may be as long as a rulebook.
 * A label of another record of the same kind counts as the same vertex: an issue may not be decided
 * by itself, not even of another record, or the order would depend on the case.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

enum colour { WHITE = 0, GREY = 1, BLACK = 2 };

struct graph {
    struct compiler *compiler;
    uint32_t issue_count, count;
    uint32_t *edge_first; /* by vertex, and one behind */
    struct rows edges;
    uint32_t *node_seen; /* by node: the vertex that saw it last, + 1 */
    uint32_t *rule_seen; /* by rule: likewise */
    uint32_t *rules;     /* rules still to walk; each stands here once */
    uint32_t *stack;     /* nodes still to walk; likewise */
    size_t stack_size;
    uint8_t *colours;
    uint32_t *path; /* vertices that are open */
    uint32_t *next; /* by depth: the edge to take next */
};

static void add_edge(struct graph *graph, uint32_t to)
{
    struct rows *rows = &graph->edges;
    if (arena_grow(graph->compiler->arena, &rows->items, &rows->capacity, rows->count,
                   sizeof(uint32_t)) != AMICUS_OK) {
        graph->compiler->status = AMICUS_MEMORY;
        return;
    }
    ((uint32_t *)rows->items)[rows->count++] = to;
}

static void visit_node(struct graph *graph, const struct node *node)
{
    if (node->op == NODE_ISSUE) {
        add_edge(graph, node->a);
    } else if (node->op == NODE_FACT) {
        const uint32_t *derived = compiler_row(graph->compiler, TABLE_DERIVED_OF, node->b);
        if (*derived != INDEX_NONE) {
            add_edge(graph, graph->issue_count + *derived);
        }
    }
}

/* Put a node on the stack of nodes to walk, once a vertex. */
static size_t push_node(struct graph *graph, uint32_t vertex, size_t depth, uint32_t node)
{
    if (node == NODE_NONE || graph->node_seen[node] == vertex + 1) {
        return depth;
    }
    assert(depth < graph->stack_size);
    graph->node_seen[node] = vertex + 1;
    graph->stack[depth] = node;
    return depth + 1;
}

/* Walk what a condition reads. */
static void walk_nodes(struct graph *graph, uint32_t root, uint32_t vertex)
{
    const uint32_t *args = graph->compiler->tables[TABLE_ARGS].items;
    size_t depth = push_node(graph, vertex, 0, root);
    while (depth > 0) {
        const struct node *node = compiler_node_at(graph->compiler, graph->stack[--depth]);
        visit_node(graph, node);
        for (uint32_t i = 0; i < node_child_count(node); i++) {
            depth = push_node(graph, vertex, depth, node_child(node, args, i));
        }
    }
}

/* Put a rule on the stack of rules that a vertex rests on, once. */
static size_t push_rule(struct graph *graph, uint32_t vertex, size_t depth, uint32_t rule)
{
    if (graph->rule_seen[rule] == vertex + 1) {
        return depth;
    }
    graph->rule_seen[rule] = vertex + 1;
    graph->rules[depth] = rule;
    return depth + 1;
}

/* The rules of an issue, their undercutters, and theirs. */
static void walk_issue(struct graph *graph, uint32_t issue)
{
    struct compiler *compiler = graph->compiler;
    const struct issue_row *row = compiler_row(compiler, TABLE_ISSUES, issue);
    size_t depth = 0;
    for (uint32_t i = 0; i < row->rule_count; i++) {
        depth = push_rule(graph, issue, depth,
                          *(uint32_t *)compiler_row(compiler, TABLE_INDICES, row->first_rule + i));
    }
    while (depth > 0) {
        const struct rule_row *rule = compiler_row(compiler, TABLE_RULES, graph->rules[--depth]);
        walk_nodes(graph, rule->when, issue);
        walk_nodes(graph, rule->unless, issue);
        for (uint32_t i = 0; i < rule->undercutter_count; i++) {
            uint32_t at = rule->first_undercutter + i;
            depth = push_rule(graph, issue, depth,
                              *(uint32_t *)compiler_row(compiler, TABLE_INDICES, at));
        }
    }
}

static void gather_edges(struct graph *graph)
{
    for (uint32_t vertex = 0; vertex < graph->count; vertex++) {
        graph->edge_first[vertex] = (uint32_t)graph->edges.count;
        if (vertex < graph->issue_count) {
            walk_issue(graph, vertex);
        } else {
            const struct derived_row *row =
                compiler_row(graph->compiler, TABLE_DERIVED, vertex - graph->issue_count);
            walk_nodes(graph, row->node, vertex);
        }
    }
    graph->edge_first[graph->count] = (uint32_t)graph->edges.count;
}

static struct text name_of(const struct graph *graph, uint32_t vertex)
{
    const struct compiler *compiler = graph->compiler;
    if (vertex < graph->issue_count) {
        const struct issue_row *row = compiler_row(compiler, TABLE_ISSUES, vertex);
        return compiler_pool(compiler, row->name);
    }
    const struct derived_row *row =
        compiler_row(compiler, TABLE_DERIVED, vertex - graph->issue_count);
    return compiler->vocabulary->facts[row->fact].path;
}

static struct place place_of(const struct graph *graph, uint32_t vertex)
{
    const struct compiler *compiler = graph->compiler;
    struct origin origin;
    if (vertex < graph->issue_count) {
        origin = ((const struct issue_row *)compiler_row(compiler, TABLE_ISSUES, vertex))->origin;
    } else {
        origin = ((const struct derived_row *)compiler_row(compiler, TABLE_DERIVED,
                                                           vertex - graph->issue_count))
                     ->origin;
    }
    return compiler_place(compiler, origin.file, origin.line, name_of(graph, vertex));
}

/* Report the open path from where it meets itself. */
static void refuse_cycle(struct graph *graph, uint32_t length, uint32_t again)
{
    struct compiler *compiler = graph->compiler;
    uint32_t first = 0;
    while (first < length && graph->path[first] != again) {
        first += 1;
    }
    assert(first < length);
    struct builder builder;
    builder_start(&builder, compiler->arena);
    for (uint32_t i = first; i < length; i++) {
        builder_putf(&builder, "%.*s -> ", SHOWN(name_of(graph, graph->path[i])));
    }
    builder_put(&builder, name_of(graph, again));
    struct text text;
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0420", place_of(graph, again),
                    "let one of them rest on facts alone",
                    "issues and derived facts rest on each other in a cycle: %s",
                    builder_end(&text, &builder) == AMICUS_OK ? text.at : "");
}

static void finish(struct graph *graph, uint32_t vertex)
{
    graph->colours[vertex] = BLACK;
    if (vertex < graph->issue_count) {
        *(uint32_t *)compiler_add(graph->compiler, TABLE_ISSUE_ORDER) = vertex;
    }
}

static void walk_from(struct graph *graph, uint32_t start)
{
    const uint32_t *edges = graph->edges.items;
    uint32_t length = 0;
    graph->path[length] = start;
    graph->next[length++] = graph->edge_first[start];
    graph->colours[start] = GREY;
    while (length > 0) {
        uint32_t vertex = graph->path[length - 1];
        if (graph->next[length - 1] == graph->edge_first[vertex + 1]) {
            finish(graph, vertex);
            length -= 1;
            continue;
        }
        assert(edges != NULL);
        uint32_t to = edges[graph->next[length - 1]++];
        if (graph->colours[to] == WHITE) {
            graph->path[length] = to;
            graph->next[length++] = graph->edge_first[to];
            graph->colours[to] = GREY;
        } else if (graph->colours[to] == GREY) {
            refuse_cycle(graph, length, to);
            graph->colours[to] = BLACK; /* one report a cycle */
        }
    }
}

static bool graph_start(struct graph *graph)
{
    struct compiler *compiler = graph->compiler;
    size_t nodes = compiler_count(compiler, TABLE_NODES);
    graph->issue_count = compiler_count(compiler, TABLE_ISSUES);
    graph->count = graph->issue_count + compiler_count(compiler, TABLE_DERIVED);
    graph->stack_size = nodes + 1;
    graph->edge_first = compiler_give(compiler, (size_t)graph->count + 1, sizeof(uint32_t));
    graph->node_seen = compiler_give(compiler, nodes, sizeof(uint32_t));
    size_t rules = compiler_count(compiler, TABLE_RULES);
    graph->rule_seen = compiler_give(compiler, rules, sizeof(uint32_t));
    graph->rules = compiler_give(compiler, rules, sizeof(uint32_t));
    graph->stack = compiler_give(compiler, graph->stack_size, sizeof(uint32_t));
    graph->colours = compiler_give(compiler, graph->count, sizeof(uint8_t));
    graph->path = compiler_give(compiler, (size_t)graph->count + 1, sizeof(uint32_t));
    graph->next = compiler_give(compiler, (size_t)graph->count + 1, sizeof(uint32_t));
    return compiler->status == AMICUS_OK;
}

void order_issues(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_ISSUE_ORDER) == 0);
    struct graph graph = {.compiler = compiler};
    if (!graph_start(&graph)) {
        return;
    }
    gather_edges(&graph);
    for (uint32_t vertex = 0; vertex < graph.count && compiler->status == AMICUS_OK; vertex++) {
        if (graph.colours[vertex] == WHITE) {
            walk_from(&graph, vertex);
        }
    }
}
