import { controlRegions } from '../../graph/cuts/control-regions'
import { splitTensor, tensorName } from '../../graph/lookup/names'
import type { DType, GraphNode, SignatureEntry } from '../../graph/types'

/**
 * The inputs of a graph without a signature: its placeholders. One with a default that the graph works out (as the old
 * retraining script puts between network and new layer) only passes that on.
 */
export function placeholders(nodes: readonly GraphNode[]): SignatureEntry[] {
  const ops = new Map(nodes.map((node) => [node.name, node.op]))
  const passesOn = ({ op, inputs }: GraphNode): boolean =>
    op === 'PlaceholderWithDefault' && inputs.some((tensor) => ops.get(splitTensor(tensor).node) !== 'Const')
  return nodes.filter((node) => /^Placeholder(V2|WithDefault)?$/.test(node.op) && !passesOn(node)).map(entryOf)
}

/** Operations by which values leave a loop: those that nobody takes only counted its rounds. */
const leaving = new Set(['Exit', 'RefExit'])

const never = new Set(['Const', 'NoOp', 'Assert', 'Placeholder', 'PlaceholderV2', 'PlaceholderWithDefault'])

/**
 * Nodes whose outputs no node takes. Constants, nodes without a value, and what only loops and branches need (what stands
 * inside them, counters that leave them) are none of a model's results, unless there is nothing else.
 */
export function leaves(nodes: readonly GraphNode[]): SignatureEntry[] {
  const taken = new Set(nodes.flatMap((node) => node.inputs.map((tensor) => splitTensor(tensor).node)))
  const untaken = nodes.filter((node) => !taken.has(node.name) && !never.has(node.op))
  const regions = controlRegions(nodes)
  const values = untaken.filter(({ name, op }) => !regions.has(name) && !leaving.has(op))
  return (values.length > 0 ? values : untaken).map(entryOf)
}

function entryOf(node: GraphNode): SignatureEntry {
  const shape = node.attributes.shape
  return {
    key: node.name,
    tensor: tensorName(node.name),
    dtype: dtypeOf(node),
    shape: shape?.kind === 'shape' ? shape.value : null,
  }
}

function dtypeOf(node: GraphNode): DType {
  const attribute = node.attributes.dtype ?? node.attributes.T
  return attribute?.kind === 'dtype' ? attribute.value : 'unknown'
}
