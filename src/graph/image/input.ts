import { imageLayout, type ImageLayout } from './layout'
import { isConstant } from './constant'
import { suggestedValue } from './other-inputs'
import { indexGraph, type GraphIndex } from '../lookup/graph-index'
import { isInput } from '../op-tables/ops'
import { tensorName } from '../lookup/names'
import type { TensorValue } from '../../types'
import type { Graph, GraphNode, TensorInfo } from '../types'

export interface OtherInput {
  readonly tensor: string
  readonly info: TensorInfo
  /** A value that lets the network run as it would on a new picture; null where there is no sensible one. */
  readonly suggested: TensorValue | null
}

export interface FoundInputs {
  /** The tensor that takes the picture, or null. */
  readonly image: string | null
  /** One sentence that says what speaks for it, or why there is none. */
  readonly why: string
  readonly others: readonly OtherInput[]
}

const imageTypes: ReadonlySet<string> = new Set(['float32', 'int32', 'uint8'])
const noInfo: TensorInfo = { shape: null, dtype: 'unknown' }

/**
 * Finds the input that takes the picture by shape and dtype (float32, int32 or uint8): with 3 channels last (NHWC), else 3
 * channels second (NCHW), else 4, else 1, else a square without channels, else a row of a square number of values. Of
 * several such inputs the signature's come first, then those whose name says so, then the larger picture. All other inputs get values that the user can
 * change, but for those that hand on what the graph works out (as old retraining scripts put before the new layer).
 */
export function findInputs(graph: Graph, infos: ReadonlyMap<string, TensorInfo>): FoundInputs {
  const index = indexGraph(graph)
  const inSignature = new Set(graph.inputs.map((input) => input.tensor))
  const inputs = graph.nodes
    .filter((node) => isInput(node.op))
    .map((node) => ({ node, tensor: tensorName(node.name), info: infos.get(tensorName(node.name)) ?? noInfo }))
  const ranked = inputs
    .map((input) => ({ ...input, marks: marksOf(input.node, input.info, inSignature.has(input.tensor)) }))
    .filter(({ marks }) => marks.length > 0)
    .sort((a, b) => compareMarks(a.marks, b.marks))
  const best = ranked.at(0)
  return {
    image: best?.tensor ?? null,
    why: best ? whyImage(best.tensor, best.info, ranked.length) : whyNone(inputs.length),
    others: inputs
      .filter(({ tensor, node }) => tensor !== best?.tensor && !passesOn(index, node))
      .map(({ node, tensor, info }) => ({ tensor, info, suggested: suggestedValue(index, node, info) })),
  }
}

/** Whether a node only hands on what the graph has worked out, unless it is given something else. */
function passesOn(index: GraphIndex, { op, inputs }: GraphNode): boolean {
  return op === 'PlaceholderWithDefault' && inputs.length > 0 && !isConstant(index, inputs[0])
}

/** What speaks for an input as the picture's, weightiest first; empty if it cannot be. */
function marksOf(node: GraphNode, { shape, dtype }: TensorInfo, inSignature: boolean): number[] {
  const layout = imageTypes.has(dtype) ? imageLayout(shape) : null
  if (!layout) return []
  const named = /image|picture|photo|pixel|input/i.test(node.name)
  const size = (layout.height ?? 1) * (layout.width ?? 1) * layout.channels
  return [layoutMark(layout), Number(inSignature), Number(named), size]
}

function layoutMark({ axes, channels }: ImageLayout): number {
  if (axes === 'flat') return 0
  if (axes === 'plane') return 1
  const order = axes === 'last' ? 1 : 0
  return { 1: 2, 4: 4, 3: 6 }[channels] + order
}

/** Larger marks first. */
function compareMarks(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((mark, i) => mark !== b[i])
  return different < 0 ? 0 : b[different] - a[different]
}

function whyImage(tensor: string, { shape, dtype }: TensorInfo, candidates: number): string {
  const sizes = (shape ?? []).map((size) => size ?? '?').join(', ')
  const others = candidates > 1 ? `; it is the likeliest of ${candidates} inputs that could` : ''
  return `“${tensor}” takes pictures by its shape [${sizes}] and type ${dtype}${others}.`
}

function whyNone(inputs: number): string {
  if (inputs === 0) return 'This graph has no inputs.'
  return 'No input takes pictures: none has the shape [batch, height, width, channels] with 1, 3 or 4 channels, nor that of a square grey picture.'
}
