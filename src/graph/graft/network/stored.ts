import * as v from 'valibot'
import { count, number, positive } from '../../../stored-fields'
import { splitTensor } from '../../lookup/names'
import { sizeOf } from '../../optimise/constant'
import type { Attribute } from '../../types'
import { inputNode, lengthOf } from './source'
import { inputShape, storedFacts } from './facts'
import type { NetworkStructure, OwnNetwork } from './types'

// What is read of a network comes out of project files, which may hold anything.

/** The most nodes, and numbers, that a network of one’s own has as a head. */
export const mostNodes = 10_000
export const mostNumbers = 2 ** 24
/** The most numbers of constants that are not of float32 together. */
const mostInline = 2 ** 16

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9.][\w.\-/]*$/), v.maxLength(400))
const tensor = v.pipe(v.string(), v.regex(/^[A-Za-z0-9.][\w.\-/]*:\d{1,3}$/), v.maxLength(410))
const sizes = v.pipe(v.array(count), v.maxLength(8))

const dtypes = ['float32', 'int32', 'int64', 'bool', 'uint8', 'float64', 'float16'] as const

const single = [
  v.object({ kind: v.literal('string'), value: v.pipe(v.string(), v.maxLength(1000)) }),
  v.object({ kind: v.literal('int'), value: number }),
  v.object({ kind: v.literal('float'), value: number }),
  v.object({ kind: v.literal('bool'), value: v.boolean() }),
  v.object({ kind: v.literal('dtype'), value: v.picklist(dtypes) }),
  v.object({ kind: v.literal('shape'), value: v.nullable(v.array(v.nullable(count))) }),
] as const

const attribute: v.GenericSchema<unknown, Attribute> = v.variant('kind', [
  ...single,
  v.object({ kind: v.literal('list'), items: v.pipe(v.array(v.variant('kind', single)), v.maxLength(1000)) }),
])

const node = v.object({
  name,
  op: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  inputs: v.pipe(v.array(tensor), v.maxLength(1000)),
  attributes: v.record(v.pipe(v.string(), v.regex(/^[A-Za-z]\w*$/)), attribute),
  weight: v.exactOptional(name),
})

const weight = v.pipe(
  v.object({
    id: name,
    dtype: v.picklist(['float32', 'int32', 'bool', 'uint8']),
    shape: sizes,
    values: v.exactOptional(v.pipe(v.array(number), v.maxLength(mostInline))),
  }),
  v.check(
    ({ dtype, shape, values }) => (dtype === 'float32') === !values && (!values || values.length === sizeOf(shape)),
    'a constant has not as many numbers as its shape asks for',
  ),
)

const form: v.GenericSchema<unknown, NetworkStructure> = v.object({
  input: tensor,
  inputShape,
  output: tensor,
  outputs: positive,
  nodes: v.pipe(v.array(node), v.minLength(1), v.maxLength(mostNodes)),
  weights: v.pipe(v.array(weight), v.maxLength(mostNodes)),
})

/** The form of a network’s structure, wherever it is kept. */
export const storedStructure: v.GenericSchema<unknown, NetworkStructure> = v.pipe(
  form,
  v.check(isWhole, 'the network does not hang together'),
)

/** The form of a network that is to be a head, as a browser keeps it. */
export const storedNetwork: v.GenericSchema<unknown, OwnNetwork> = v.pipe(
  v.looseObject({ facts: storedFacts, structure: storedStructure, weights: v.instance(Float32Array) }),
  v.check(
    ({ structure, weights }) => weights.length === lengthOf(structure),
    'its numbers are not as many as it asks for',
  ),
)

/** Whether all that nodes take is there and before them. What they come to is looked at where they are run (`whole.ts`). */
function isWhole(structure: NetworkStructure): boolean {
  const { input, inputShape: taken, output, nodes, weights } = structure
  const ids = new Set(weights.map(({ id }) => id))
  const numbers = weights.reduce((sum, { shape, values }) => sum + (values ? 0 : sizeOf(shape)), 0)
  if (ids.size < weights.length || numbers > mostNumbers || sizeOf(taken) > mostNumbers) return false
  const seen = new Set<string>()
  for (const { name: own, op, inputs, weight: id } of nodes) {
    if (seen.has(own) || !inputs.every((each) => seen.has(splitTensor(each).node))) return false
    if (op === 'Const' ? id === undefined || !ids.has(id) : id !== undefined) return false
    if ((op === 'Placeholder') !== (own === inputNode(structure))) return false
    seen.add(own)
  }
  return seen.has(inputNode(structure)) && seen.has(splitTensor(output).node) && splitTensor(input).output === 0
}
