import { normaliseTensor } from '../../graph/names'
import type { GraphNode } from '../../graph/types'
import { isArray, isRecord, own, type JsonRecord } from '../json'
import { readAttributes, writeAttributes } from './attributes'
import { badGraph } from './bad-graph'

/**
 * A NodeDef in protobuf's JSON mapping, without its weight. In the main graph tensors get their one spelling
 * (`a` is `a:0`); in a function's body they stay as written (`a:output:0`), as `spelling` says.
 * Throws CutpointError `bad-graph`.
 */
export function readNode(
  json: unknown,
  file: string,
  spelling: (tensor: string) => string = normaliseTensor,
): GraphNode {
  const name = isRecord(json) ? own(json, 'name') : undefined
  if (!isRecord(json) || typeof name !== 'string' || name === '') throw badGraph(file, 'it holds a node without a name')
  const where = `${file}, node “${name}”`
  const op = own(json, 'op')
  if (typeof op !== 'string' || op === '') throw badGraph(where, 'it does not say which operation it is')
  const inputs = own(json, 'input') ?? []
  if (!isArray(inputs) || !inputs.every((input) => typeof input === 'string')) {
    throw badGraph(where, 'its inputs are not a list of names')
  }
  return {
    name,
    op,
    inputs: inputs.filter((input) => !input.startsWith('^')).map(spelling),
    controlInputs: inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1)),
    attributes: readAttributes(own(json, 'attr'), where),
  }
}

/** The NodeDef of a node; `value` is the attribute that stands for a constant's data. */
export function writeNode(node: GraphNode, value?: JsonRecord): JsonRecord {
  const attributes = writeAttributes(node.attributes)
  return {
    name: node.name,
    op: node.op,
    input: [...node.inputs.map(shortTensor), ...node.controlInputs.map((name) => `^${name}`)],
    attr: value ? { ...attributes, value } : attributes,
  }
}

/** GraphDef leaves out the number of a first output. */
function shortTensor(tensor: string): string {
  const match = /^([^:]*):0$/.exec(tensor)
  return match ? match[1] : tensor
}
