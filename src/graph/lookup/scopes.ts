import { baseName, scopeOf } from './names'
import type { Graph } from '../types'

export interface Scope {
  /** Full path without a slash at its end; '' for the root. */
  readonly path: string
  /** The last part of the path. */
  readonly name: string
  /** Path of the enclosing scope; null for the root. */
  readonly parent: string | null
  /** Paths of the scopes directly inside, in the order of their first node. */
  readonly scopes: readonly string[]
  /** Names of the nodes directly inside, in graph order. */
  readonly nodes: readonly string[]
  /** Number of nodes inside, at any depth. */
  readonly total: number
}

/** Every scope by its path; the root's is ''. */
export type ScopeTree = ReadonlyMap<string, Scope>

interface GrowingScope extends Scope {
  readonly scopes: string[]
  readonly nodes: string[]
  total: number
}

/**
 * The tree of scopes of a graph. A node belongs to the scope its name stands in, also where a scope of the node's own
 * name exists: with nodes `a` and `a/b`, `a` is a node of the root and `a/b` lies in the scope `a`. Slashes are taken as
 * they come: `/a` lies in the root, and `a//b` in an unnamed scope `a/` inside `a`.
 */
export function scopeTree(graph: Graph): ScopeTree {
  const tree = new Map<string, GrowingScope>([['', newScope('', null)]])
  for (const node of graph.nodes) {
    const scope = ensureScope(tree, scopeOf(node.name))
    scope.nodes.push(node.name)
    let around: GrowingScope | undefined = scope
    while (around) {
      around.total += 1
      around = around.parent === null ? undefined : tree.get(around.parent)
    }
  }
  return tree
}

/** Names of all nodes inside a scope at any depth; none for a scope that is not there. */
export function nodesInside(tree: ScopeTree, path: string): string[] {
  const names: string[] = []
  const open = [path]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const scope = tree.get(next)
    if (!scope) continue
    for (const name of scope.nodes) names.push(name)
    for (let i = scope.scopes.length - 1; i >= 0; i--) open.push(scope.scopes[i])
  }
  return names
}

/** Paths of the scopes a node stands in, outermost first, without the root: `a/b/c` stands in `a` and `a/b`. */
export function scopesOf(name: string): string[] {
  const paths: string[] = []
  for (let path = scopeOf(name); path !== ''; path = scopeOf(path)) paths.push(path)
  return paths.reverse()
}

function newScope(path: string, parent: string | null): GrowingScope {
  return { path, name: baseName(path), parent, scopes: [], nodes: [], total: 0 }
}

/** The scope of that path, made with all scopes around it where they are not there yet. */
function ensureScope(tree: Map<string, GrowingScope>, path: string): GrowingScope {
  const known = tree.get(path)
  if (known) return known
  const missing: string[] = []
  let around = path
  while (!tree.has(around)) {
    missing.push(around)
    around = scopeOf(around)
  }
  let inner = newScope(path, around)
  for (const next of missing.reverse()) {
    inner = newScope(next, around)
    tree.get(around)?.scopes.push(next)
    tree.set(next, inner)
    around = next
  }
  return inner
}
