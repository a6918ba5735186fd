import { normaliseTensor } from '../../graph/lookup/names'
import type { Attribute, GraphNode } from '../../graph/types'
import { isArray, isRecord, own, type JsonRecord } from '../json'
import { attributeReader, readAttribute, writeAttributes } from './attributes'
import { badGraph } from './bad-graph'

/** A node as read, without its weight. */
export interface ReadNode {
  readonly node: GraphNode
  /** For a constant: its attribute `value`, which may hold data and is not among the node's. */
  readonly value?: Attribute
}

/**
 * Reads NodeDefs in protobuf's JSON mapping. In the main graph tensors get their one spelling (`a` is `a:0`); in a
 * function's body they stay as written (`a:output:0`), as `spelling` says. Nodes with the same attributes share them.
 * The function returned throws CutpointError `bad-graph`.
 */
export function nodeReader(
  file: string,
  spelling: (tensor: string) => string = normaliseTensor,
): (json: unknown) => ReadNode {
  const attributesOf = attributeReader()
  return (json) => {
    const name = isRecord(json) ? own(json, 'name') : undefined
    if (!isRecord(json) || typeof name !== 'string' || name === '') {
      throw badGraph(file, 'it holds a node without a name')
    }
    const where = `${file}, node “${name}”`
    const op = own(json, 'op')
    if (typeof op !== 'string' || op === '') throw badGraph(where, 'it does not say which operation it is')
    const { inputs, controlInputs } = readInputs(own(json, 'input'), where, spelling)
    const given = own(json, 'attr')
    if (op !== 'Const' || !isRecord(given) || !Object.hasOwn(given, 'value')) {
      return { node: { name, op, inputs, controlInputs, attributes: attributesOf(given, where) } }
    }
    const { value, ...others } = given
    return {
      node: { name, op, inputs, controlInputs, attributes: attributesOf(others, where) },
      value: readAttribute(value, `${where}, attribute “value”`),
    }
  }
}

const none: readonly string[] = []

/** Tensors, and the nodes that are only waited for (`^name`). */
function readInputs(
  json: unknown,
  where: string,
  spelling: (tensor: string) => string,
): Pick<GraphNode, 'inputs' | 'controlInputs'> {
  const given = json ?? none
  if (!isArray(given)) throw badGraph(where, 'its inputs are not a list of names')
  const inputs: string[] = []
  const controlInputs: string[] = []
  for (const input of given) {
    if (typeof input !== 'string') throw badGraph(where, 'its inputs are not a list of names')
    if (input.startsWith('^')) controlInputs.push(input.slice(1))
    else inputs.push(spelling(input))
  }
  return { inputs: orNone(inputs), controlInputs: orNone(controlInputs) }
}

const orNone = (names: readonly string[]): readonly string[] => (names.length === 0 ? none : names)

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
