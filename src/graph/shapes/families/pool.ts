import { intsAttribute } from '../../lookup/attributes'
import { numbersIn, tensor, typeOf, unknownDims, type ShapeRule } from '../tensor'
import { windowSize } from './window'

/** The window (`ksize`) and its strides are given for every axis, 1 where nothing is pooled. */
export const pool: ShapeRule = (node, inputs) => {
  const x = inputs.at(0)
  const window = intsAttribute(node, 'ksize', [])
  const rank = x.shape?.length ?? window.length
  const shape = x.shape ?? unknownDims(rank)
  const pooled = window.length === rank ? shape.map((size, i) => windowSize(node, i, size, window[i], rank)) : null
  const outputs = [tensor(typeOf(node, 'T', x.dtype), pooled)]
  if (node.op !== 'MaxPoolWithArgmax') return outputs
  return [...outputs, tensor(typeOf(node, 'Targmax', 'int64'), pooled)]
}

/** As above, with the window and strides as inputs. */
export const poolV2: ShapeRule = (node, inputs) => {
  const [x, window, strides] = [inputs.at(0), numbersIn(inputs.at(1)), numbersIn(inputs.at(2))]
  const dtype = typeOf(node, 'T', x.dtype)
  if (x.shape === null || window === null || strides === null) return [tensor(dtype, null)]
  const list = strides.map((value) => ({ kind: 'int' as const, value }))
  const withStrides = { ...node, attributes: { ...node.attributes, strides: { kind: 'list' as const, items: list } } }
  const rank = x.shape.length
  return [
    tensor(
      dtype,
      x.shape.map((size, i) => windowSize(withStrides, i, size, window[i], rank)),
    ),
  ]
}
