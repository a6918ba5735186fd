import { featureLength } from '../../graft/graft'
import { producer } from '../../lookup/graph-index'
import { constantBehind } from '../../optimise/constant'
import { dropoutInput } from '../../optimise/dropout'
import type { GraphNode, Shape } from '../../types'
import { lastLayers } from './classifier'
import type { SuggestionFacts } from './facts'
import { lastSharedMap } from './detector'
import { worthKeeping } from './layers'
import { isMap, isPooled } from './shapes'

const passingOps: ReadonlySet<string> = new Set([
  'Identity',
  'StopGradient',
  'PreventGradient',
  'CheckNumerics',
  'Snapshot',
])

/**
 * A map that is flattened to more values than this is cut before that, and pooled: so many features would gain little.
 */
const widestRow = 4096

/**
 * The suggested cut: the last recommended tensor before the classifier (the last layers with weights on the way to the
 * output) and before anything narrower than the pooled features; operations that only pass the same numbers on are
 * stepped back over. A network that ends in a pooling, with no probabilities after it, has no classifier. Where no
 * recommended tensor is worth cutting at, the last other one that is; null where none is. For a detector with heads at
 * several scales, the last map that several of them share.
 */
export function suggestCut(facts: SuggestionFacts): string | null {
  const { flow, recommended, possible, output } = facts
  const isWorth = worthKeeping(facts)
  const good = recommended.filter(isWorth)
  if (output !== null && good.length > 0) {
    return lastSharedMap(facts, isWorth) ?? amongRecommended(facts, good, output)
  }
  const last = possible.findLast(isWorth)
  return last === undefined ? null : flow.tensors[last]
}

function amongRecommended(facts: SuggestionFacts, good: readonly number[], output: string): string {
  const { between, flow } = facts
  const { nodes, endsInPooling } = lastLayers(facts, output)
  const before = endsInPooling
    ? Infinity
    : nodes.reduce((least, node) => Math.min(least, between.segment[flow.vertexOf(node)]), Infinity)
  const places = new Map(between.chain.map((vertex, place) => [vertex, place]))
  const early = good.filter((vertex) => (places.get(vertex) ?? 0) <= before)
  const tensors = (early.length > 0 ? early : good).map((vertex) => flow.tensors[vertex])
  return steppedBack(facts, beforeNarrow(facts, tensors))
}

/**
 * The tensors before the first that is narrower than the last feature map is when pooled: a few numbers trained for
 * other labels say less than what they were computed from. `tensors`, one or more, are in the order of the data.
 */
function beforeNarrow({ infos, index }: SuggestionFacts, tensors: readonly string[]): readonly string[] {
  const lastMap = tensors.findLastIndex((tensor) => isMap(infos.get(tensor)?.shape ?? null))
  const widthOf = (tensor: string): number | null => featureLength(infos, [tensor], index.graph)
  const pooled = widthOf(tensors[Math.max(0, lastMap)])
  if (pooled === null) return tensors
  const narrow = tensors.findIndex((tensor, place) => place > lastMap && (widthOf(tensor) ?? pooled) < pooled)
  return narrow < 1 ? tensors : tensors.slice(0, narrow)
}

/** The last tensor, or the first of those before it that hold the same numbers. */
function steppedBack(facts: SuggestionFacts, tensors: readonly string[]): string {
  const left = new Set(tensors)
  let tensor = tensors[tensors.length - 1]
  let source = handedOn(facts, tensor)
  while (source !== undefined && left.delete(source)) {
    tensor = source
    source = handedOn(facts, tensor)
  }
  return tensor
}

/** The input whose numbers a tensor holds in the same order, as they are or scaled by one factor. */
function handedOn({ index, infos }: SuggestionFacts, tensor: string): string | undefined {
  const node = producer(index, tensor)
  if (node === undefined) return undefined
  const [input] = node.inputs
  if (passingOps.has(node.op)) return input
  if (node.op === 'Reshape' || node.op === 'Squeeze' || node.op === 'ExpandDims') {
    const shape = infos.get(input)?.shape ?? null
    return isPooled(shape) || (isMap(shape) && isTooWide(infos.get(tensor)?.shape ?? null)) ? input : undefined
  }
  return dropoutInput(node, index) ?? scaledInput(node, (other) => constantBehind(index, other)?.shape.length === 0)
}

/** The input that a node multiplies or divides by a single number, as dropout does. */
function scaledInput({ op, inputs }: GraphNode, isNumber: (tensor: string) => boolean): string | undefined {
  if (op !== 'Mul' && op !== 'RealDiv' && op !== 'Div') return undefined
  const [a, b] = inputs
  if (isNumber(b)) return a
  return op === 'Mul' && isNumber(a) ? b : undefined
}

function isTooWide(shape: Shape | null): boolean {
  return shape?.length === 2 && (shape[1] ?? 0) > widestRow
}
