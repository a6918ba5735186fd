import type { Bottlenecks } from './dominators'
import { carriesData, type DataFlow } from './flow'
import { producer, type GraphIndex } from './lookup'
import type { GraphNode, Shape, TensorInfo } from './types'

export interface SuggestionFacts {
  readonly index: GraphIndex
  readonly infos: ReadonlyMap<string, TensorInfo>
  readonly flow: DataFlow
  readonly between: Bottlenecks
  /** Vertices of the recommended cuts, in the order of the data; not empty. */
  readonly recommended: readonly number[]
  /** The output that recommendations look at. */
  readonly output: string
}

/** Layers with a kernel; which of their inputs the picture comes in by. */
const weightedOps: ReadonlyMap<string, number> = new Map([
  ...'MatMul _FusedMatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 Einsum'.split(' ').map((op) => [op, 0] as const),
  ...'Conv1D Conv2D _FusedConv2D Conv3D DepthwiseConv2dNative FusedDepthwiseConv2dNative'
    .split(' ')
    .map((op) => [op, 0] as const),
  ['Conv2DBackpropInput', 2],
])

const poolingOps: ReadonlySet<string> = new Set(['Mean', 'Max', 'AvgPool', 'MaxPool'])
const probabilityOps: ReadonlySet<string> = new Set(['Softmax', 'Sigmoid', 'LogSoftmax'])
const passingOps: ReadonlySet<string> = new Set([
  'Identity',
  'StopGradient',
  'PreventGradient',
  'CheckNumerics',
  'Snapshot',
])

/**
 * The cut to begin with: the last recommended tensor before the last layers with weights that lead to the output (the
 * classifier), stepping back over what only hands the same numbers on. A network that ends in a pooling, with no
 * probabilities after it, has no classifier; there it is the last recommended tensor of all.
 */
export function suggestCut(facts: SuggestionFacts): string {
  const { between, recommended, flow } = facts
  const { last, endsInPooling } = walkBack(facts)
  const before = endsInPooling
    ? Infinity
    : last.reduce((least, node) => Math.min(least, between.segment[flow.vertexOf(node)]), Infinity)
  const places = new Map(between.chain.map((vertex, place) => [vertex, place]))
  const early = recommended.filter((vertex) => (places.get(vertex) ?? 0) <= before)
  const candidates = early.length > 0 ? early : recommended
  let chosen = candidates.length - 1
  while (chosen > 0 && handsOn(facts, flow.tensors[candidates[chosen]], flow.tensors[candidates[chosen - 1]]))
    chosen -= 1
  return flow.tensors[candidates[chosen]]
}

/** The last layers with weights on each way back from the output, and whether a pooling comes after all of them. */
function walkBack({ index, flow, between, output }: SuggestionFacts): { last: GraphNode[]; endsInPooling: boolean } {
  const last: GraphNode[] = []
  const seen = new Set<string>()
  const open = [output]
  let pooled = false
  let probabilities = false
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    const node = producer(index, tensor)
    if (!node || seen.has(node.name) || !carriesData(node)) continue
    seen.add(node.name)
    const fromPicture = node.inputs.filter((input) => between.segment[flow.ids.get(input) ?? 0] >= 0)
    const data = weightedOps.get(node.op)
    if (data !== undefined && fromPicture.length === 1 && fromPicture[0] === node.inputs[data]) {
      last.push(node)
      continue
    }
    pooled ||= poolingOps.has(node.op)
    probabilities ||= probabilityOps.has(node.op)
    for (const input of fromPicture) open.push(input)
  }
  return { last, endsInPooling: pooled && !probabilities }
}

/** Whether `tensor` holds the same numbers in the same order as `before`, the recommended tensor just before it. */
function handsOn({ index, infos }: SuggestionFacts, tensor: string, before: string): boolean {
  const node = producer(index, tensor)
  if (node?.inputs.at(0) !== before) return false
  if (passingOps.has(node.op)) return true
  const isView = node.op === 'Reshape' || node.op === 'Squeeze' || node.op === 'ExpandDims'
  return isView && isPooled(infos.get(before)?.shape ?? null)
}

/** `[batch, 1, 1, channels]`, or already a row for each picture. */
function isPooled(shape: Shape | null): boolean {
  return shape?.slice(1, -1).every((size) => size === 1) ?? false
}
