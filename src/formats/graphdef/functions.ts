import type { FunctionGraph, GraphNode } from '../../graph/types'
import { isArray, isRecord, own, protoField, type JsonRecord } from '../json'
import { badGraph } from './bad-graph'
import { readDtype, writeDtype } from './dtypes'
import { nodeReader, writeNode, type ReadNode } from './nodes'

/**
 * The functions of a FunctionDefLibrary, in either spelling of protobuf's JSON (`nodeDef`, `node_def`).
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/function.proto
 * Throws CutpointError `bad-graph`.
 */
export function readFunctions(library: unknown, file: string): FunctionGraph[] {
  const functions = isRecord(library) ? (own(library, 'function') ?? []) : []
  if (!isArray(functions)) throw badGraph(file, 'its function library is not a list')
  return functions.map((definition) => readFunction(definition, file))
}

/** A FunctionDefLibrary; `write` turns a body's node into its NodeDef, by default without data. */
export function writeFunctions(
  functions: readonly FunctionGraph[],
  write: (node: GraphNode) => JsonRecord = (node) => writeNode(node),
): JsonRecord {
  if (functions.length === 0) return {}
  return {
    function: functions.map((definition) => ({
      signature: {
        name: definition.name,
        inputArg: definition.inputs.map(writeArgument),
        outputArg: definition.outputs.map(writeArgument),
      },
      nodeDef: definition.nodes.map(write),
      ret: definition.returns,
    })),
  }
}

type Argument = FunctionGraph['inputs'][number]

function readFunction(definition: unknown, file: string): FunctionGraph {
  const signature = isRecord(definition) ? own(definition, 'signature') : undefined
  const name = isRecord(signature) ? own(signature, 'name') : undefined
  if (!isRecord(definition) || !isRecord(signature) || typeof name !== 'string') {
    throw badGraph(file, 'its library holds a function without a name')
  }
  const where = `${file}, function “${name}”`
  const nodes = protoField(definition, 'nodeDef') ?? []
  if (!isArray(nodes)) throw badGraph(where, 'its nodes are not a list')
  const read = nodeReader(where, (tensor) => tensor)
  return {
    name,
    inputs: readArguments(protoField(signature, 'inputArg'), where),
    outputs: readArguments(protoField(signature, 'outputArg'), where),
    nodes: nodes.map((json) => withValue(read(json))),
    returns: readReturns(own(definition, 'ret') ?? {}, where),
  }
}

/** Values of constants are carried along in the body. */
function withValue({ node, value }: ReadNode): GraphNode {
  return value === undefined ? node : { ...node, attributes: { ...node.attributes, value } }
}

function readArguments(json: unknown, where: string): Argument[] {
  if (json === undefined) return []
  if (!isArray(json)) throw badGraph(where, 'its arguments are not a list')
  return json.map((argument) => {
    const name = isRecord(argument) ? own(argument, 'name') : undefined
    if (!isRecord(argument) || typeof name !== 'string') throw badGraph(where, 'it has an argument without a name')
    return { name, dtype: readDtype(own(argument, 'type')) }
  })
}

function writeArgument({ name, dtype }: Argument): JsonRecord {
  const type = writeDtype(dtype)
  return type === undefined ? { name } : { name, type }
}

function readReturns(json: unknown, where: string): Readonly<Record<string, string>> {
  if (!isRecord(json)) throw badGraph(where, 'what it returns is not an object')
  return Object.fromEntries(
    Object.entries(json).map(([output, tensor]) => {
      if (typeof tensor !== 'string') throw badGraph(where, 'it returns something that is not a tensor')
      return [output, tensor] as const
    }),
  )
}
