import type { Attributes, DType, GraphNode, Shape } from '../../types'
import { int } from '../attributes'

/** Builds what comes in place of one node: further nodes under its name, and at last one that has it. */
export interface Composition {
  readonly node: GraphNode
  /** The type of its numbers. */
  readonly type: DType
  /** The shape of a tensor as far as it is known. */
  shapeOf(tensor: string): Shape | null
  /** The values of a small constant of whole numbers; undefined for any other tensor. */
  integers(tensor: string | undefined): readonly number[] | undefined
  /** Whether anything takes one of the node's results. */
  isTaken(output: number): boolean
  /** A node beside; gives its first tensor. It is of the type of the node that is composed, unless `attributes` say otherwise. */
  add(part: string, op: string, inputs: readonly string[], attributes?: Attributes): string
  /** The node that has the name of the one composed. */
  finish(op: string, inputs: readonly string[], attributes?: Attributes): void
  /** One number as a constant, float32. */
  float(part: string, value: number): string
  /** A number or a list as a constant, int32. */
  ints(part: string, values: number | readonly number[], shape?: readonly number[]): string
  /** One number as a constant of the type of the node. */
  number(part: string, value: number): string
}

/** Puts other operations in the place of a node; false where it stays as it is. */
export type Compose = (made: Composition) => boolean

/** The attribute that names the type of an operation's numbers. */
export const typed = (type: DType): Attributes => ({ T: { kind: 'dtype', value: type } })

/** Whether a type holds fractions. */
export const isFloat = (type: DType): boolean => type.startsWith('float') || type === 'bfloat16'

/** Attributes of a slice by single entries. */
export const noMasks: Attributes = {
  begin_mask: int(0),
  end_mask: int(0),
  ellipsis_mask: int(0),
  new_axis_mask: int(0),
}
