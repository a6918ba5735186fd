import { floatAttribute } from '../../src/graph/lookup/attributes'
import { indexGraph } from '../../src/graph/lookup/graph-index'
import { splitTensor } from '../../src/graph/lookup/names'
import { dataNodes } from '../../src/graph/tail/flow'
import type { Case } from './case'

/** An operation of the tail, for those who compute it with other libraries: all strides are 1, all paddings “same”. */
export interface PlainNode {
  readonly name: string
  readonly op: string
  /** Names of nodes or of constants. */
  readonly inputs: readonly string[]
  readonly epsilon: number
}

export interface PlainConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly learns: boolean
  readonly values: Float32Array
}

export interface PlainGraph {
  readonly nodes: readonly PlainNode[]
  readonly constants: readonly PlainConstant[]
  /** The node that stands for the maps. */
  readonly maps: string
  readonly output: string
}

/** The tail as lists of operations and float constants. */
export async function plainGraph({ tail }: Case): Promise<PlainGraph> {
  const trained = new Set(tail.trained.map(({ id }) => id))
  const nodes: PlainNode[] = []
  const constants: PlainConstant[] = []
  for (const node of dataNodes(indexGraph(tail.graph), tail.output)) {
    const { name, op, weight } = node
    const inputs = node.inputs.map((tensor) => splitTensor(tensor).node)
    if (weight === undefined) nodes.push({ name, op, inputs, epsilon: floatAttribute(node, 'epsilon', 1e-4) })
    else {
      const values = await tail.weights.values(weight)
      const shape = tail.graph.weights.get(weight)?.shape ?? []
      if (values instanceof Float32Array) constants.push({ name, shape, learns: trained.has(weight), values })
    }
  }
  return { nodes, constants, maps: splitTensor(tail.freeze).node, output: splitTensor(tail.output).node }
}
