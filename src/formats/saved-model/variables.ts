import { CutpointError } from '../../errors'
import { shapeAttribute, stringAttribute } from '../../graph/lookup/attributes'
import type { GraphNode, Shape } from '../../graph/types'
import type { Bundle, BundleTensor } from '../checkpoint/bundle'
import { keysByName } from '../checkpoint/object-graph'
import { describeVariable, type Region } from '../checkpoint/variable'
import type { SourceFile } from '../types'
import type { StoredWeight } from '../weights/store'
import type { Restored } from './restored'

const variableOps = new Set(['VarHandleOp', 'VariableV2', 'Variable', 'AutoReloadVariable'])

/** Nodes that hold a variable. */
export function variablesIn(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.filter(({ op }) => variableOps.has(op))
}

/** What to do with variables that a checkpoint has no values for: whole models have all, those in training not always. */
export type MissingValues = 'refuse' | 'leave-out'

/** Where values come from: a checkpoint, opened, and its index. */
export interface ValueSource {
  readonly bundle: Bundle
  readonly index: SourceFile
  readonly missing: MissingValues
}

/**
 * The data of variables, by node: by what the saver restores, else by the name that the checkpoint knows them by, else by
 * their own. Variables of types that cannot be computed with are left out.
 * Throws CutpointError `bad-weight` for one that the checkpoint does not have, unless such are left out, or has in another
 * shape.
 */
export async function bindVariables(
  variables: readonly GraphNode[],
  { bundle, index, missing }: ValueSource,
  restored: ReadonlyMap<string, Restored>,
): Promise<Map<string, StoredWeight>> {
  const bound = new Map<string, StoredWeight>()
  let byName: ReadonlyMap<string, string> | undefined
  for (const node of variables) {
    const { name } = node
    const shared = stringAttribute(node, 'shared_name', '') || name
    let source = restored.get(name)
    if (source === undefined) {
      byName ??= await keysByName(bundle)
      source = { key: byName.get(shared) ?? shared, slice: '' }
    }
    const tensor = bundle.tensors.get(source.key) ?? bundle.tensors.get(name)
    if (!tensor && missing === 'leave-out') continue
    if (!tensor) throw noData(name, source.key, index)
    const region = regionOf(tensor, source.slice)
    requireShape(node, region?.shape ?? tensor.shape, index)
    const weight = await describeVariable(name, tensor, region)
    if (weight) bound.set(name, weight)
  }
  return bound
}

/**
 * A part as savers write it: the sizes of the whole, and for each dimension `start,length` or `-` for all of it, as in
 * `6 5 0,3:0,5`. undefined for the whole.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/tensor_slice.h
 */
function regionOf({ shape }: BundleTensor, text: string): Region | undefined {
  const parts = text.split(' ').at(-1)?.split(':') ?? []
  if (text === '' || parts.length !== shape.length) return undefined
  const extents = parts.map((part, i) => (part === '-' ? [0, shape[i]] : part.split(',').map(Number)))
  return { start: extents.map(([start]) => start), shape: extents.map((extent) => extent.at(1) ?? NaN) }
}

function requireShape(node: GraphNode, found: Shape, index: SourceFile): void {
  const stated = shapeAttribute(node, 'shape', null)
  const fits = stated?.length === found.length && stated.every((size, i) => size === null || size === found[i])
  if (stated === null || fits) return
  throw new CutpointError(
    'bad-weight',
    `“${node.name}” has the shape [${stated.join(', ')}] in the graph and [${found.join(', ')}] in ${index.path}.`,
    'The files belong to different models, or one is damaged; drop the folder as it was saved.',
    { weight: node.name, stated, found },
  )
}

function noData(name: string, key: string, index: SourceFile): CutpointError {
  return new CutpointError(
    'bad-weight',
    `${index.path} has no data for the variable “${name}”.`,
    'The files belong to different models, or one is damaged; drop the folder as it was saved.',
    { weight: name, key },
  )
}
