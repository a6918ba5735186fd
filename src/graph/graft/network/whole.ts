import { CutpointError } from '../../../errors'
import { checkGraph } from '../../check'
import { boolAttribute, type Attributed } from '../../lookup/attributes'
import { opOf } from '../../ops'
import { inferShapes } from '../../shapes'
import { structureGraph, weightsOf } from './source'
import type { NetworkStructure } from './types'

/** Whether a layer's numbers are for as many values as it gets, which shapes of results do not tell. */
function takesAll(op: string, taken: readonly (readonly (number | null)[])[], node: Attributed): boolean {
  if (taken.length < 2) return true
  const [data, kernel, ...more] = taken
  const [channels, turned] = [data.at(-1), boolAttribute(node, 'transpose_b', false)]
  if (op === 'MatMul') {
    const inner = boolAttribute(node, 'transpose_a', false) ? data.at(0) : channels
    return kernel.at(turned ? 1 : 0) === inner
  }
  if (op === 'Conv2D' || op === 'DepthwiseConv2dNative') return kernel.at(2) === channels
  if (op === 'BiasAdd') return kernel.at(0) === channels
  if (op.startsWith('FusedBatchNorm')) return [kernel, ...more].every((each) => each.join() === String(channels))
  return true
}

/** Throws CutpointError `bad-graph` for a structure of which the operations do not go together, as one out of a file may be. */
export function requireWhole(structure: NetworkStructure): void {
  if (givesLogits(structure)) return
  throw new CutpointError(
    'bad-graph',
    'The network of this head does not hang together: its file was changed or damaged.',
    'Train a head again, or choose another one.',
  )
}

function givesLogits(structure: NetworkStructure): boolean {
  const { outputs, nodes } = structure
  if (!nodes.every(({ op }) => opOf(op) !== undefined)) return false
  try {
    const graph = structureGraph(structure, weightsOf(structure, new Float32Array()))
    checkGraph(graph)
    const infos = inferShapes(graph, { feeds: new Map([[structure.input, [1, ...structure.inputShape]]]) })
    const sizesOf = (each: string): readonly (number | null)[] => infos.get(each)?.shape ?? []
    return (
      sizesOf(structure.output).join() === [1, outputs].join() &&
      nodes.every(({ op, inputs, attributes }) => takesAll(op, inputs.map(sizesOf), { attributes }))
    )
  } catch {
    return false
  }
}
