import { linksOf } from '../../graph/lookup/links'
import { normaliseTensor, splitTensor } from '../../graph/lookup/names'
import type { GraphNode, SignatureEntry } from '../../graph/types'
import { readDtype, writeDtype } from '../graphdef/dtypes'
import { leaves, placeholders } from '../graphdef/ends'
import { readShape, writeShape } from '../graphdef/shapes'
import { isRecord, own, protoField, type JsonRecord } from '../json'

export interface Signature {
  readonly inputs: readonly SignatureEntry[]
  readonly outputs: readonly SignatureEntry[]
  readonly warnings: readonly string[]
}

/**
 * Inputs and outputs of a model: from its SignatureDef where it has one (in `userDefinedMetadata` or beside it, the
 * first one winning as in tfjs); else the placeholders, and what no node takes.
 */
export function readSignature(model: JsonRecord, nodes: readonly GraphNode[], file: string): Signature {
  const metadata = own(model, 'userDefinedMetadata')
  const signature = (isRecord(metadata) ? own(metadata, 'signature') : undefined) ?? own(model, 'signature')
  const { positions } = linksOf(nodes)
  const absent: string[] = []
  const side = (name: 'inputs' | 'outputs'): SignatureEntry[] => {
    const entries = isRecord(signature) ? own(signature, name) : undefined
    if (!isRecord(entries)) return []
    return Object.entries(entries).flatMap(([key, entry]) => {
      const tensor = isRecord(entry) ? own(entry, 'name') : undefined
      if (!isRecord(entry) || typeof tensor !== 'string' || !positions.has(splitTensor(tensor).node)) {
        absent.push(key)
        return []
      }
      const shape = protoField(entry, 'tensorShape')
      return {
        key,
        tensor: normaliseTensor(tensor),
        dtype: readDtype(own(entry, 'dtype')),
        shape: shape === undefined ? null : readShape(shape, `${file}, signature “${key}”`),
      }
    })
  }
  const inputs = side('inputs')
  const outputs = side('outputs')
  return {
    inputs: inputs.length > 0 ? inputs : placeholders(nodes),
    outputs: outputs.length > 0 ? outputs : leaves(nodes),
    warnings:
      absent.length > 0
        ? [`The signature names tensors that are not in the graph and are left out: ${absent.join(', ')}.`]
        : [],
  }
}

/** The SignatureDef of a graph. */
export function writeSignature(inputs: readonly SignatureEntry[], outputs: readonly SignatureEntry[]): JsonRecord {
  const side = (entries: readonly SignatureEntry[]): JsonRecord =>
    Object.fromEntries(
      entries.map(({ key, tensor, dtype, shape }) => [
        key,
        { name: tensor, dtype: writeDtype(dtype) ?? 'DT_INVALID', tensorShape: writeShape(shape) },
      ]),
    )
  return { inputs: side(inputs), outputs: side(outputs) }
}
