import { expect } from 'vitest'
import { indexGraph } from '../../lookup/graph-index'
import type { Graph, GraphNode } from '../../types'
import { findPatterns, type Pattern } from '../index'

/** The patterns of a graph, after a check that they keep the rules. */
export function patternsOf(graph: Graph): readonly Pattern[] {
  const patterns = findPatterns(indexGraph(graph))
  expect(brokenRules(graph, patterns)).toEqual([])
  return patterns
}

/** Titles of patterns, those inside indented. */
export function outline(patterns: readonly Pattern[], depth = 0): string[] {
  return patterns.flatMap(({ title, inner }) => [' '.repeat(depth) + title, ...outline(inner, depth + 1)])
}

/** Titles of the outermost patterns of a graph, in its order, after the same check. */
export const titlesOf = (graph: Graph): string[] => patternsOf(graph).map(({ title }) => title)

/**
 * What is wrong with patterns: nodes in two of them, constants among them, tensors taken from inside, inner patterns that
 * are not inside. Written without the finder's own look-ups.
 */
export function brokenRules(graph: Graph, patterns: readonly Pattern[]): string[] {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]))
  return [...overlaps(patterns), ...patterns.flatMap((pattern) => brokenIn(graph, nodes, pattern))]
}

function overlaps(patterns: readonly Pattern[]): string[] {
  const all = patterns.flatMap((pattern) => pattern.nodes)
  return all.filter((name, i) => all.indexOf(name) !== i).map((name) => `${name} is in two patterns`)
}

function brokenIn(graph: Graph, nodes: ReadonlyMap<string, GraphNode>, pattern: Pattern): string[] {
  const inside = new Set(pattern.nodes)
  const makerOf = (tensor: string): string => tensor.replace(/:\d+$/, '')
  const taken = [
    ...graph.nodes.filter((node) => !inside.has(node.name)).flatMap((node) => node.inputs),
    ...graph.outputs.map(({ tensor }) => tensor),
  ]
  const position = new Map(pattern.nodes.map((name, i) => [name, i]))
  return [
    ...pattern.nodes.filter((name) => !nodes.has(name)).map((name) => `${name} is not in the graph`),
    ...pattern.nodes.filter((name) => nodes.get(name)?.op === 'Const').map((name) => `${name} is a constant`),
    ...taken
      .filter((tensor) => inside.has(makerOf(tensor)) && tensor !== pattern.output)
      .map((tensor) => `${tensor} is taken out of ${pattern.title}`),
    ...pattern.nodes.flatMap((name, i) =>
      (nodes.get(name)?.inputs ?? [])
        .filter((tensor) => (position.get(makerOf(tensor)) ?? -1) > i)
        .map((tensor) => `${tensor} comes after ${name} in ${pattern.title}`),
    ),
    ...(inside.has(makerOf(pattern.output)) ? [] : [`${pattern.title} does not make ${pattern.output}`]),
    ...pattern.inner.flatMap(({ nodes: own }) =>
      own.filter((name) => !inside.has(name)).map((name) => `${name} is not in ${pattern.title}`),
    ),
    ...overlaps(pattern.inner),
    ...pattern.inner.flatMap((inner) => brokenIn(graph, nodes, inner)),
  ]
}
