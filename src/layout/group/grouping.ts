import type { GraphIndex } from '../../graph/lookup/graph-index'
import { baseName } from '../../graph/lookup/names'
import { opCategory } from '../../graph/op-tables/ops'
import type { PatternKind } from '../../graph/patterns/types'
import { nodeLines, weightLines } from '../../graph/op-tables/titles'
import { groupId, nodeId } from './ids'

/** The tree the view folds and unfolds: scopes without their constants, and runs of operations where a scope is too wide. */
export type Item = NodeItem | Group

export interface NodeItem {
  readonly kind: 'node'
  readonly id: string
  readonly name: string
  /** Where the node stands in the graph's list. */
  readonly position: number
  readonly op: string
  /** What stands on its box under the title. */
  readonly lines: readonly string[]
  /** What it is in the field's terms, for an operation that is a whole pattern; else null. */
  title: string | null
  label: string
  parent: Group
  /** What counts as operations in it: none in a constant and in an input. */
  readonly size: 0 | 1
  /** A constant, or what only passes one on. */
  readonly isConstant: boolean
}

/** A scope; a run of operations; a pattern readers know; the same block several times; a function's body; a loop. */
export type GroupLook = 'scope' | 'run' | 'pattern' | 'blocks' | 'function' | 'loop'

export interface Group {
  readonly kind: 'group'
  readonly id: string
  /** A scope's path, or that of a run: the scope's path, `#` and a number. '' for the whole graph. */
  readonly path: string
  /** Why its items stand together. */
  look: GroupLook
  /** What it is in the field's terms; null for a group that is only called by its name. */
  title: string | null
  /** Which pattern it is, where it is one. */
  pattern: PatternKind | null
  label: string
  parent: Group | null
  items: Item[]
  /** Operations inside, at any depth; neither constants nor inputs are counted. */
  size: number
}

export interface Grouping {
  readonly root: Group
  /** By path; only groups that can be seen. */
  readonly groups: ReadonlyMap<string, Group>
  /** By node name; constants are absent. */
  readonly nodes: ReadonlyMap<string, NodeItem>
  /** What stands for a scope: its group, the group it was joined with, or the one operation in it. */
  readonly scopes: ReadonlyMap<string, Item>
}

/** A group that has neither parent nor items yet. */
export function newGroup(path: string, label: string, look: GroupLook = 'scope', title: string | null = null): Group {
  return { kind: 'group', id: groupId(path), path, look, title, pattern: null, label, parent: null, items: [], size: 0 }
}

/** An operation's item; what stands on its box is worked out when it is first seen. */
class LazyNode implements NodeItem {
  readonly kind = 'node'
  readonly size: 0 | 1
  readonly isConstant: boolean
  readonly id: string
  readonly position: number
  title: string | null = null
  label = ''
  parent: Group
  readonly #index: GraphIndex
  #lines: readonly string[] | null = null

  constructor(index: GraphIndex, position: number, parent: Group, passesConstant: boolean) {
    const category = opCategory(index.graph.nodes[position].op)
    this.isConstant = passesConstant || category === 'constant'
    this.size = this.isConstant || category === 'input' ? 0 : 1
    this.id = nodeId(index.graph.nodes[position].name)
    this.position = position
    this.parent = parent
    this.#index = index
  }

  get name(): string {
    return this.#index.graph.nodes[this.position].name
  }

  get op(): string {
    return this.#index.graph.nodes[this.position].op
  }

  get lines(): readonly string[] {
    const node = this.#index.graph.nodes[this.position]
    // The title of a pattern says what the operation does in brief.
    return (this.#lines ??= this.title === null ? nodeLines(node, this.#index) : weightLines(node, this.#index))
  }
}

/**
 * The item of the node at a position of the graph's list.
 * @param passesConstant whether it only passes a constant on
 */
export const newNode = (index: GraphIndex, position: number, parent: Group, passesConstant = false): NodeItem =>
  new LazyNode(index, position, parent, passesConstant)

/** Puts items into a group, as its only ones. */
export function fill(group: Group, items: Item[]): void {
  group.items = items
  group.size = items.reduce((sum, item) => sum + item.size, 0)
  for (const item of items) item.parent = group
}

/** The groups around an item, from the innermost to the whole graph. */
export function ancestors(item: Item): Group[] {
  const found: Group[] = []
  for (let group = item.parent; group; group = group.parent) found.push(group)
  return found
}

/** The nodes in an item, at any depth. */
export function nodesIn(item: Item): NodeItem[] {
  return item.kind === 'node' ? [item] : item.items.flatMap(nodesIn)
}

/** A name as seen from inside a group. */
export function relativeName(name: string, path: string): string {
  if (path === '') return name
  return name.startsWith(`${path}/`) ? name.slice(path.length + 1) : baseName(name)
}
