import { dtypeAttribute } from '../../lookup/attributes'
import { constantValues } from '../../lookup/constants'
import { tensorName } from '../../lookup/names'
import { inferShapes } from '../../shapes'
import type { Attributes, DType, GraphNode, Shape, TensorInfo } from '../../types'
import { derivedFloats } from '../derived'
import type { Edit } from '../edit'
import { intConstant } from '../parts'
import { isFloat, typed, type Composition } from './types'

/** What compositions ask of the graph that their nodes are in. */
export class Surroundings {
  readonly edit: Edit
  #infos: ReadonlyMap<string, TensorInfo> | undefined

  constructor(edit: Edit) {
    this.edit = edit
  }

  /** The shape of a tensor as far as it is known. */
  shapeOf(tensor: string): Shape | null {
    this.#infos ??= inferShapes(this.edit.graph)
    return this.#infos.get(tensor)?.shape ?? null
  }

  /** The values of a small constant of whole numbers; undefined for any other tensor. */
  integers(tensor: string | undefined): readonly number[] | undefined {
    return constantValues(this.edit.index, tensor)
  }

  /** Whether anything takes a tensor, or it is fetched. */
  isTaken(tensor: string): boolean {
    return this.edit.index.uses.has(tensor) || this.edit.graph.outputs.some((output) => output.tensor === tensor)
  }
}

/** Gathers what comes in place of one node. */
export class ComposedNode implements Composition {
  readonly nodes: GraphNode[] = []
  readonly node: GraphNode
  readonly type: DType
  readonly #around: Surroundings

  constructor(node: GraphNode, around: Surroundings) {
    this.node = node
    this.type = dtypeAttribute(node, 'T', 'float32')
    this.#around = around
  }

  shapeOf(tensor: string): Shape | null {
    return this.#around.shapeOf(tensor)
  }

  integers(tensor: string | undefined): readonly number[] | undefined {
    return this.#around.integers(tensor)
  }

  isTaken(output: number): boolean {
    return this.#around.isTaken(tensorName(this.node.name, output))
  }

  add(part: string, op: string, inputs: readonly string[], attributes: Attributes = typed(this.type)): string {
    const name = `${this.node.name}/${part}`
    this.nodes.push({ name, op, inputs, controlInputs: [], attributes })
    return tensorName(name)
  }

  finish(op: string, inputs: readonly string[], attributes: Attributes = typed(this.type)): void {
    const { name, controlInputs } = this.node
    this.nodes.push({ name, op, inputs, controlInputs, attributes })
  }

  float(part: string, value: number): string {
    const made = this.#around.edit.addConstant(
      `${this.node.name}/${part}`,
      derivedFloats([], () => Float32Array.of(value)),
    )
    this.nodes.push(made.node)
    return made.tensor
  }

  ints(part: string, values: number | readonly number[], shape?: readonly number[]): string {
    const made = intConstant(this.#around.edit, `${this.node.name}/${part}`, values, shape)
    this.nodes.push(made.node)
    return made.tensor
  }

  number(part: string, value: number): string {
    return isFloat(this.type) ? this.float(part, value) : this.ints(part, value)
  }
}
