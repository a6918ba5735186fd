import { dtypeAttribute } from '../../lookup/attributes'
import { constantValues } from '../../lookup/constants'
import { tensorName } from '../../lookup/names'
import { inferShapes } from '../../shapes'
import type { Attributes, DType, GraphNode, Shape, TensorInfo } from '../../types'
import { derivedFloats } from '../derived'
import type { Edit } from '../edit'
import { int, intConstant } from '../parts'

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

/** Builds what comes in place of one node: further nodes under its name, and at last one that bears it. */
export class Composition {
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

  /** Whether anything takes one of the node's results. */
  isTaken(output: number): boolean {
    return this.#around.isTaken(tensorName(this.node.name, output))
  }

  /** A node beside; gives its first tensor. It is of the type of the node that is composed, unless `attributes` say otherwise. */
  add(part: string, op: string, inputs: readonly string[], attributes: Attributes = typed(this.type)): string {
    const name = `${this.node.name}/${part}`
    this.nodes.push({ name, op, inputs, controlInputs: [], attributes })
    return tensorName(name)
  }

  /** The node that bears the name of the one composed. */
  finish(op: string, inputs: readonly string[], attributes: Attributes = typed(this.type)): void {
    const { name, controlInputs } = this.node
    this.nodes.push({ name, op, inputs, controlInputs, attributes })
  }

  /** One number as a constant, float32. */
  float(part: string, value: number): string {
    const made = this.#around.edit.addConstant(
      `${this.node.name}/${part}`,
      derivedFloats([], () => Float32Array.of(value)),
    )
    this.nodes.push(made.node)
    return made.tensor
  }

  /** A number or a list as a constant, int32. */
  ints(part: string, values: number | readonly number[], shape?: readonly number[]): string {
    const made = intConstant(this.#around.edit, `${this.node.name}/${part}`, values, shape)
    this.nodes.push(made.node)
    return made.tensor
  }

  /** One number as a constant of the type of the node. */
  number(part: string, value: number): string {
    return isFloat(this.type) ? this.float(part, value) : this.ints(part, value)
  }
}

/** Puts other operations in the place of a node; false where it stays as it is. */
export type Compose = (made: Composition) => boolean

export const typed = (type: DType): Attributes => ({ T: { kind: 'dtype', value: type } })

export const isFloat = (type: DType): boolean => type.startsWith('float') || type === 'bfloat16'

/** Attributes of a slice by single entries. */
export const noMasks: Attributes = {
  begin_mask: int(0),
  end_mask: int(0),
  ellipsis_mask: int(0),
  new_axis_mask: int(0),
}
