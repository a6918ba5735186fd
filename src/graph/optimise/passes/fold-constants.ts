import { producer } from '../../lookup/graph-index'
import { splitTensor, tensorName } from '../../lookup/names'
import { outputCount } from '../../op-tables/ops'
import { opOf } from '../../ops'
import { topologicalOrder } from '../../lookup/order'
import { inferShapes } from '../../shapes'
import { trunk } from '../../lookup/trunk'
import type { DType, GraphNode, TensorInfo, WeightInfo } from '../../types'
import { constantBehind, sizeOf } from '../constant'
import { Edit } from '../edit'
import type { Evaluate, Evaluated, Pass, Work } from '../types'

/** Larger results than this are worked out again each run: they would cost more memory than they save time. */
const mostValues = 2 ** 21
/** And so are those that would come on top of this many in all. */
const mostInAll = 2 ** 24

const kept = new Set<DType>(['float32', 'int32', 'int64', 'bool'])

/** Works out what depends on constants alone, once, and puts the results in its place. */
export const foldConstants: Pass = {
  name: 'fold constants',
  async run(work, { evaluate }) {
    const wanted = evaluate ? foldableTensors(work) : []
    if (!evaluate || wanted.length === 0) return work
    const found = await evaluateAll(work, wanted, evaluate)
    const edit = new Edit(work)
    for (const [tensor, value] of found) {
      const node = producer(edit.index, tensor)
      if (!node) continue
      const { info, values } = constantOf(value)
      const made = edit.addConstant(`${node.name}/folded`, { info, values: () => values })
      // The node's name stays, as it may be fetched.
      edit.replace(node, { ...made.node, name: node.name })
    }
    return edit.apply()
  },
}

/** Tensors made of constants alone that something else takes, or that are fetched. */
function foldableTensors({ graph }: Work): string[] {
  const edit = new Edit({ graph, weights: noWeights, batchFree: false })
  const infos = inferShapes(graph)
  const fixed = new Set<string>()
  for (const node of topologicalOrder(graph)) {
    if (isFoldable(node, edit, infos, fixed)) fixed.add(node.name)
  }
  const outputs = new Set(graph.outputs.map(({ tensor }) => splitTensor(tensor).node))
  const taken = (name: string): boolean =>
    outputs.has(name) || (edit.index.uses.get(tensorName(name)) ?? []).some(({ node }) => !fixed.has(node.name))
  let inAll = 0
  const fits = (tensor: string): boolean => {
    const size = elements(infos.get(tensor))
    if (inAll + size > mostInAll) return false
    inAll += size
    return true
  }
  return [...fixed]
    .filter(taken)
    .map((name) => tensorName(name))
    .filter(fits)
}

/** Values of a tensor; infinite where its shape is not known. */
function elements(info: TensorInfo | undefined): number {
  return info?.shape?.reduce<number>((product, length) => product * (length ?? Infinity), 1) ?? Infinity
}

function isFoldable(
  node: GraphNode,
  edit: Edit,
  infos: ReadonlyMap<string, TensorInfo>,
  fixed: ReadonlySet<string>,
): boolean {
  if (opOf(node.op)?.foldable !== true || node.controlInputs.length > 0 || node.inputs.length === 0) return false
  const info = infos.get(tensorName(node.name))
  if (outputCount(node) !== 1 || !info || !kept.has(info.dtype)) return false
  return elements(info) <= mostValues && node.inputs.every((tensor) => isFixed(tensor, edit, fixed))
}

function isFixed(tensor: string, edit: Edit, fixed: ReadonlySet<string>): boolean {
  const node = producer(edit.index, tensor)
  if (!node || splitTensor(tensor).output !== 0) return false
  if (fixed.has(node.name)) return true
  const info = node.op === 'Const' && node.controlInputs.length === 0 ? constantBehind(edit.index, tensor) : undefined
  return info !== undefined && kept.has(info.dtype) && sizeOf(info.shape) <= mostValues
}

const noWeights = { raw: () => Promise.reject(new Error('none')), values: () => Promise.reject(new Error('none')) }

/** The values of `tensors`; all at once, or one by one if some op among them cannot be run. */
async function evaluateAll(
  { graph, weights }: Work,
  tensors: readonly string[],
  evaluate: Evaluate,
): Promise<Map<string, Evaluated>> {
  const valuesOf = async (some: readonly string[]): Promise<[string, Evaluated][]> => {
    try {
      const values = await evaluate(trunk(graph, some), weights)
      return some.map((tensor, i) => [tensor, values[i]])
    } catch {
      if (some.length === 1) return []
      const halves = [some.slice(0, some.length >> 1), some.slice(some.length >> 1)]
      const found: [string, Evaluated][] = []
      for (const half of halves) found.push(...(await valuesOf(half)))
      return found
    }
  }
  return new Map(await valuesOf(tensors))
}

function constantOf({ dtype, shape, values }: Evaluated): { info: WeightInfo; values: Evaluated['values'] } {
  const bytes = (dtype === 'bool' ? 1 : 4) * sizeOf(shape)
  const isSmall = dtype !== 'float32' && values.length <= mostSmall
  return { info: { id: '', dtype, shape, bytes, ...(isSmall && { small: Array.from(values, Number) }) }, values }
}

/** As many integers as readers keep beside the graph, for shapes to be inferred from. */
const mostSmall = 256
