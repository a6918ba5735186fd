import { intsAttribute, stringAttribute } from '../../lookup/attributes'
import { constantValues } from '../../lookup/constants'
import { splitTensor, tensorName } from '../../lookup/names'
import { topologicalOrder } from '../../lookup/order'
import { opOf } from '../../ops'
import { inferShapes } from '../../shapes'
import type { Attribute, Attributes, GraphNode } from '../../types'
import { constantBehind, sizeOf } from '../constant'
import { reshapedFloats } from '../derived'
import { Edit } from '../edit'
import { int, withoutStoredShapes } from '../attributes'
import { intConstant } from '../parts'
import type { Pass } from '../types'

const toLast = [0, 2, 3, 1]
const toFirst = [0, 3, 1, 2]

/**
 * Puts the channels last round ops that have them second (NCHW): TensorFlow.js 4.22 ignores or refuses that for most of
 * them. What lies between two such ops is computed with channels last too where that makes no difference; each tensor
 * keeps its layout under its own name.
 */
export const channelsLast: Pass = {
  name: 'put channels last',
  run(work) {
    if (!work.graph.nodes.some(isChannelsFirst)) return work
    const edit = new Edit(work)
    const turned = new Turned(edit)
    const infos = inferShapes(work.graph)
    for (const node of topologicalOrder(work.graph)) {
      if (!isChannelsFirst(node)) {
        const same = sameTurned(node, turned, edit)
        if (same) turned.put(node, same)
        continue
      }
      const rank = infos.get(node.inputs[0])?.shape?.length
      if (node.op === 'BiasAdd' && rank !== undefined && rank !== 4) edit.replace(node, ...addSecond(node, rank, edit))
      else turned.put(node, turnedOp(node, opOf(node.op)?.laidOut ?? 0, turned, edit))
    }
    return edit.apply()
  },
}

const isChannelsFirst = (node: GraphNode): boolean =>
  opOf(node.op)?.laidOut !== undefined && stringAttribute(node, 'data_format', 'NHWC') === 'NCHW'

/** A node with channels last and what it needs beside. */
interface Parts {
  readonly before: readonly GraphNode[]
  readonly node: GraphNode
}

/** Tensors whose channels are second, by their names, as they are with channels last. */
class Turned {
  readonly #edit: Edit
  readonly #last = new Map<string, string>()
  readonly #constants = new Map<string, string>()

  constructor(edit: Edit) {
    this.#edit = edit
  }

  get(tensor: string): string | undefined {
    return this.#last.get(tensor)
  }

  /** A tensor with its channels last, and the node that turns it if there is none yet. */
  require(tensor: string, attributes: Attributes): { tensor: string; before: readonly GraphNode[] } {
    const known = this.#last.get(tensor)
    if (known !== undefined) return { tensor: known, before: [] }
    const { node, output } = splitTensor(tensor)
    const name = `${node}/channels_last${output === 0 ? '' : `_${output}`}`
    this.#last.set(tensor, tensorName(name))
    return { tensor: tensorName(name), before: this.#transpose(name, tensor, toLast, attributes) }
  }

  /** Replaces `node` by itself with channels last; its own name stays for what it is with channels second. */
  put(node: GraphNode, { before, node: last }: Parts): void {
    const own = tensorName(node.name)
    this.#last.set(own, tensorName(last.name))
    const back = this.#transpose(node.name, tensorName(last.name), toFirst, node.attributes)
    this.#edit.replace(node, ...before, last, ...back)
    // The other outputs of batch norms are vectors.
    for (let output = 1; output < 6; output++) {
      if (this.#edit.index.uses.has(tensorName(node.name, output)))
        this.#edit.redirect(tensorName(node.name, output), tensorName(last.name, output))
    }
  }

  #transpose(name: string, tensor: string, order: readonly number[], { T }: Attributes): readonly GraphNode[] {
    const known = this.#constants.get(order.join())
    const made = known === undefined ? intConstant(this.#edit, `${name}/order`, order) : null
    const permutation = made?.tensor ?? known ?? ''
    this.#constants.set(order.join(), permutation)
    const node: GraphNode = {
      name,
      op: 'Transpose',
      inputs: [tensor, permutation],
      controlInputs: [],
      attributes: { T: T ?? { kind: 'dtype', value: 'float32' }, Tperm: { kind: 'dtype', value: 'int32' } },
    }
    return [...(made ? [made.node] : []), node]
  }
}

/** An op that has channels second, with channels last. */
function turnedOp(node: GraphNode, position: number, turned: Turned, edit: Edit): Parts {
  const input = turned.require(node.inputs[position], node.attributes)
  const sizes = node.op === 'Conv2DBackpropInput' ? turnedSizes(node, edit) : null
  const inputs = node.inputs.with(position, input.tensor)
  return {
    before: [...input.before, ...(sizes?.before ?? [])],
    node: {
      ...node,
      name: `${node.name}/channels_last`,
      inputs: sizes ? inputs.with(0, sizes.tensor) : inputs,
      attributes: turnedAttributes(node),
    },
  }
}

/** The size of a transposed convolution's result is given as an input. */
function turnedSizes(node: GraphNode, edit: Edit): { tensor: string; before: readonly GraphNode[] } {
  const order = intConstant(edit, `${node.name}/sizes/order`, toLast)
  const axis = intConstant(edit, `${node.name}/sizes/axis`, 0)
  const int32: Attribute = { kind: 'dtype', value: 'int32' }
  const gather: GraphNode = {
    name: `${node.name}/sizes`,
    op: 'GatherV2',
    inputs: [node.inputs[0], order.tensor, axis.tensor],
    controlInputs: [],
    attributes: { Tparams: int32, Tindices: int32, Taxis: int32, batch_dims: int(0) },
  }
  return { tensor: tensorName(gather.name), before: [order.node, axis.node, gather] }
}

function turnedAttributes(node: GraphNode): Attributes {
  const lists = ['strides', 'dilations', 'ksize', 'explicit_paddings'].flatMap((name) => {
    const values = intsAttribute(node, name, [])
    const size = values.length / 4
    const items = toLast.flatMap((from) => values.slice(from * size, (from + 1) * size))
    return size >= 1 ? [[name, { kind: 'list', items: items.map(int) }] as const] : []
  })
  return {
    ...withoutStoredShapes(node.attributes),
    ...Object.fromEntries(lists),
    data_format: { kind: 'string', value: 'NHWC' },
  }
}

/** A node that gives the same whatever the layout, if all it takes is there with channels last already; else null. */
function sameTurned(node: GraphNode, turned: Turned, edit: Edit): Parts | null {
  const before: GraphNode[] = []
  const values = node.op === 'ConcatV2' ? node.inputs.slice(0, -1) : node.inputs
  if (!values.some((tensor) => turned.get(tensor) !== undefined)) return null
  const last = (inputs: readonly string[]): Parts => ({
    before,
    node: { ...node, name: `${node.name}/channels_last`, inputs, attributes: withoutStoredShapes(node.attributes) },
  })
  const ofList = (position: number, change: (values: readonly number[]) => number | number[] | null) => {
    const stored = constantValues(edit.index, node.inputs.at(position))
    const changed = stored && change(stored)
    if (changed === undefined || changed === null) return null
    const shape = Array.isArray(changed) && changed.length === 8 ? [4, 2] : undefined
    const made = intConstant(edit, `${node.name}/channels_last/list`, changed, shape)
    before.push(made.node)
    return made.tensor
  }
  if (node.op === 'ConcatV2') {
    const parts = values.map((tensor) => turned.get(tensor))
    if (!parts.every((tensor) => tensor !== undefined)) return null
    const axis = ofList(node.inputs.length - 1, ([axis]) => toFirst.at(axis) ?? null)
    return axis === null ? null : last([...parts, axis])
  }
  if (node.op === 'Pad' || node.op === 'PadV2') {
    const input = turned.get(node.inputs[0])
    const paddings = input && ofList(1, (sizes) => (sizes.length === 8 ? pairsLast(sizes) : null))
    return input && paddings ? last([input, paddings, ...node.inputs.slice(2)]) : null
  }
  if (opOf(node.op)?.anyLayout !== true) return null
  const inputs = values.map((tensor) => turned.get(tensor) ?? perChannel(node, tensor, edit, before))
  return inputs.every((tensor) => tensor !== null) ? last(inputs) : null
}

const pairsLast = (sizes: readonly number[]): number[] => toLast.flatMap((from) => sizes.slice(2 * from, 2 * from + 2))

/** A constant beside a tensor with channels last: one number as it is, one a channel as a vector; null for any other. */
function perChannel(node: GraphNode, tensor: string, edit: Edit, before: GraphNode[]): string | null {
  const info = constantBehind(edit.index, tensor)
  if (!info || info.shape.length > 4) return null
  const size = sizeOf(info.shape)
  if (size === 1) return tensor
  if (info.dtype !== 'float32' || info.shape.at(-3) !== size) return null
  const vector = edit.addConstant(`${node.name}/channels_last/vector`, reshapedFloats([size], info))
  before.push(vector.node)
  return vector.tensor
}

/** A bias on the second of other than four dimensions. */
function addSecond(node: GraphNode, rank: number, edit: Edit): readonly GraphNode[] {
  const [value, bias] = node.inputs
  const shape = intConstant(edit, `${node.name}/bias/shape`, [-1, ...Array.from({ length: rank - 2 }, () => 1)])
  const { T } = node.attributes
  const attributes: Attributes = T ? { T } : {}
  const reshaped: GraphNode = {
    name: `${node.name}/bias`,
    op: 'Reshape',
    inputs: [bias, shape.tensor],
    controlInputs: [],
    attributes: { ...attributes, Tshape: { kind: 'dtype', value: 'int32' } },
  }
  return [shape.node, reshaped, { ...node, op: 'AddV2', inputs: [value, tensorName(reshaped.name)], attributes }]
}
