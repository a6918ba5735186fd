import { withBodies } from '../../graph/calls/bodies'
import { indexGraph, type GraphIndex } from '../../graph/lookup/graph-index'
import { scopeTree, type ScopeTree } from '../../graph/lookup/scopes'
import type { Graph } from '../../graph/types'
import { crossings, type Crossing } from '../../layout/group/border-crossings'
import { groupGraph } from '../../layout/group/group'
import type { Group, Grouping } from '../../layout/group/grouping'
import { createLayouter, type Layouter } from '../../layout/layouter'
import { openingView } from '../../layout/opening'
import type { Box } from '../../layout/types'
import { chipWidths } from '../scene/chips'
import { lazily, type Lazy } from '../lazy'
import { prepareDescribe } from '../describe/describe'
import { prepareFind } from '../find/find'
import type { Standing } from '../scene/marks'
import { networkOf, type Network } from '../scene/network'
import type { ViewedModel } from '../viewed-model'
import { weighed, type Weighed } from '../describe/trunk-size'
import { groupCosts, type GroupCosts } from '../scene/costs'
import { groupShares, type GroupShares } from '../scene/shares'
import { groupTree, type GroupTree } from '../scene/tree'
import type { ModelFacts, Overview } from '../types'

/** A model as the engine holds it: what follows from the graph alone. */
export interface Held {
  readonly overview: Overview
  readonly index: GraphIndex
  readonly scopes: ScopeTree
  readonly functionOf: ReadonlyMap<string, string>
  readonly network: Lazy<Network>
  /** Without constants' boxes. */
  readonly plain: Folding
  /** With them; made when first asked for. */
  full: Folding | null
  /** The folding of the last scene, and its boxes. */
  shown: { readonly folding: Folding; readonly boxes: readonly Box[] | null }
  /** null until they come. */
  known: KnownFacts | null
}

/** One way of folding the graph, and what is worked out on it when it is needed. */
export interface Folding {
  readonly grouping: Grouping
  readonly ways: ReadonlyMap<Group, readonly Crossing[]>
  readonly layouter: Layouter
  readonly tree: Lazy<GroupTree>
  readonly shares: Lazy<GroupShares>
  /** With the facts as they are now. */
  viewed: ViewedModel
  costs: Lazy<GroupCosts> | null
  /** What makes the first search and the first description quick. */
  search: Lazy<void>
  /** Where everything is relative to the cut of the last request. */
  standing: { readonly cut: string; readonly at: Standing | null } | null
}

/** The facts, and what follows from them. */
export interface KnownFacts {
  readonly facts: ModelFacts
  readonly weighed: Lazy<Weighed>
}

/** Awaited between steps; may throw. */
export type Pause = () => Promise<void>

/** Everything a graph needs before it can be drawn; a few linear passes. */
export async function hold(given: Graph, pause: Pause): Promise<Held> {
  const { graph, functionOf } = withBodies(given)
  await pause()
  const index = indexGraph(graph)
  await pause()
  const scopes = scopeTree(graph)
  await pause()
  const base = { index, scopes, functionOf, known: null }
  const plain = await fold(base, false, pause)
  const overview = {
    opening: [...openingView(plain.grouping, plain.ways)],
    operations: plain.grouping.root.size,
    constants: graph.nodes.length - plain.grouping.nodes.size,
  }
  const network = lazily(() => networkOf(graph))
  return { ...base, overview, network, plain, full: null, shown: { folding: plain, boxes: null } }
}

/** Groups the graph, with or without boxes for constants. */
export async function fold(
  { index, scopes, functionOf, known }: Pick<Held, 'index' | 'scopes' | 'functionOf' | 'known'>,
  constants: boolean,
  pause: Pause,
): Promise<Folding> {
  const { graph } = index
  const grouping = groupGraph(index, scopes, { constants })
  await pause()
  const ways = crossings(graph, grouping)
  await pause()
  const layouter = createLayouter(graph, grouping, ways)
  if (known) layouter.written(chipWidths(index, known.facts))
  const tree = lazily(() => groupTree(graph, grouping))
  const shares = lazily(() => groupShares(graph, tree.get()))
  const viewed = { index, tree: scopes, grouping, functionOf, facts: known?.facts ?? null }
  const costs = known && lazily(() => groupCosts(index, tree.get(), known.facts))
  const search = lazily(() => prepareTelling(viewed))
  return { grouping, ways, layouter, tree, shares, viewed, costs, search, standing: null }
}

function* prepareTelling(viewed: ViewedModel): Generator<void, void> {
  yield* prepareFind(viewed)
  yield* prepareDescribe(viewed)
}

/** Replaces the facts of a model, and what was worked out from them. */
export function learn(held: Held, facts: ModelFacts): void {
  held.known = { facts, weighed: lazily(() => weighed(held.index, facts)) }
  for (const folding of held.full ? [held.plain, held.full] : [held.plain]) {
    const viewed = { ...folding.viewed, facts }
    folding.viewed = viewed
    folding.layouter.written(chipWidths(held.index, facts))
    folding.search = lazily(() => prepareTelling(viewed))
    folding.costs = lazily(() => groupCosts(held.index, folding.tree.get(), facts))
  }
}

/** What the next requests will need, in the order in which it is worked out. */
export function idleWork({ network, plain, shown: { folding }, known }: Held): Lazy<unknown>[] {
  const withFacts = known && folding.costs ? [folding.costs, known.weighed] : []
  return [network, plain.tree, ...withFacts, folding.search]
}
