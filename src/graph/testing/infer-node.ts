import { outputCount } from '../op-tables/ops'
import { inferShapes } from '../shapes'
import type { Attributes, DType, Shape, TensorInfo } from '../types'
import { GraphBuilder } from './build'

/** An input of a node under test: given while running (`shape`), or a constant with known values. */
export type Operand =
  | { readonly shape: Shape | null; readonly dtype?: DType }
  | { readonly values: readonly number[]; readonly shape?: readonly number[] }

/** An input of this shape that is known only when the graph runs. */
export const given = (...shape: (number | null)[]): Operand => ({ shape })
/** A constant vector. */
export const values = (...list: number[]): Operand => ({ values: list })
/** A constant scalar. */
export const scalarOf = (value: number): Operand => ({ values: [value], shape: [] })

/** What inference finds of every output of one node. */
export function inferNode(op: string, operands: readonly Operand[], attributes: Attributes = {}): TensorInfo[] {
  const builder = new GraphBuilder()
  const inputs = operands.map((operand, i) =>
    'values' in operand
      ? builder.constant(`input${i}`, operand.shape ?? [operand.values.length], operand.values)
      : builder.input(`input${i}`, operand.shape, operand.dtype),
  )
  const tensor = builder.node(op, 'node', inputs, attributes)
  const graph = builder.graph(tensor)
  const infos = inferShapes(graph)
  const count = outputCount(graph.nodes[graph.nodes.length - 1])
  return Array.from({ length: count }, (_, i) => infos.get(`node:${i}`) ?? { dtype: 'unknown', shape: null })
}

/** The shape inference finds of a node's first output. */
export function inferShape(op: string, operands: readonly Operand[], attributes: Attributes = {}): Shape | null {
  return inferNode(op, operands, attributes)[0].shape
}
