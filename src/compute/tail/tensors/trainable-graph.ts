import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { tensorName } from '../../../graph/lookup/names'
import { needed, runPasses, type Work } from '../../../graph/optimise'
import type { Tail, TrainedWeight } from '../../../graph/tail/types'
import type { Graph, GraphNode } from '../../../graph/types'
import { CompiledGraph } from '../../run/compiled-graph'

/** A weight that learns on the backend. */
export interface LearningVariable {
  readonly weight: TrainedWeight
  readonly variable: tf.Variable
}

/** A tail as TensorFlow.js runs it. What is taken apart may depend on what its weights are, which are still constants. */
export function asRun({ graph, weights }: Tail): Promise<Work> {
  return runPasses(needed, { graph, weights, batchFree: true }, { evaluate: null, image: null })
}

/** A tail on tfjs' current backend, whose trained weights are variables. It lives until `dispose`. */
export class TrainableGraph {
  /** In the order of `Tail.trained`. */
  readonly variables: readonly LearningVariable[]
  readonly #compiled: CompiledGraph
  readonly #maps: string
  readonly #fed: ReadonlyMap<string, tf.Variable>

  private constructor(compiled: CompiledGraph, tail: Tail, graph: Graph, variables: readonly LearningVariable[]) {
    const byId = new Map(variables.map(({ weight, variable }) => [weight.id, variable]))
    this.#compiled = compiled
    this.#maps = tail.freeze
    this.variables = variables
    this.#fed = new Map(
      graph.nodes.flatMap(({ name, weight }) => {
        const variable = byId.get(weight ?? '')
        return variable ? [[tensorName(name), variable] as const] : []
      }),
    )
  }

  /** Of a tail of which nothing lacks slopes (`lackingSlopes`). Throws CutpointError `run-failed`. */
  static async open(tail: Tail): Promise<TrainableGraph> {
    const { graph, weights } = await asRun(tail)
    const compiled = await CompiledGraph.compile(withInputs(graph, tail.trained), weights)
    const variables: LearningVariable[] = []
    try {
      for (const weight of tail.trained) {
        const values = Float32Array.from(await tail.weights.values(weight.id), Number)
        variables.push({ weight, variable: variableOf(values, weight.shape) })
      }
    } catch (error) {
      compiled.dispose()
      tf.dispose(variables.map(({ variable }) => variable))
      throw error
    }
    return new TrainableGraph(compiled, tail, graph, variables)
  }

  /** What comes out for maps, within the caller's scope. */
  forward(maps: tf.Tensor): tf.Tensor {
    return this.#compiled.runNow(new Map([...this.#fed, [this.#maps, maps]]))[0]
  }

  dispose(): void {
    this.#compiled.dispose()
    tf.dispose(this.variables.map(({ variable }) => variable))
  }
}

function variableOf(values: Float32Array, shape: readonly number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])))
}

/** A graph that is given the weights that learn. */
function withInputs(graph: Graph, trained: readonly TrainedWeight[]): Graph {
  const shapes = new Map(trained.map(({ id, shape }) => [id, shape]))
  const inputs: Graph['inputs'][number][] = []
  const nodes = graph.nodes.map((node): GraphNode => {
    const shape = shapes.get(node.weight ?? '')
    if (shape === undefined) return node
    inputs.push({ key: node.name, tensor: tensorName(node.name), dtype: 'float32', shape: [...shape] })
    const attributes: GraphNode['attributes'] = {
      dtype: { kind: 'dtype', value: 'float32' },
      shape: { kind: 'shape', value: [...shape] },
    }
    return { name: node.name, op: 'Placeholder', inputs: [], controlInputs: [], attributes }
  })
  return { ...graph, nodes, inputs: [...graph.inputs, ...inputs] }
}
