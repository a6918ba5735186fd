import * as v from 'valibot'
import { count, positive } from '../../../stored-fields'
import type { LayerForm, LayerRun } from './types'

/** Each label's share of the k prototypes whose product with x is largest: for rows of length 1, the nearest by cosine. */
export interface NearestLayer {
  readonly kind: 'nearest'
  readonly k: number
  /** How many prototypes each label has; they stand in the order of the labels. */
  readonly counts: readonly number[]
  /** `[prototypes, features]` */
  readonly prototypes: Float32Array
}

const sum = (counts: readonly number[]): number => counts.reduce((left, right) => left + right, 0)

export const nearestForm: LayerForm<NearestLayer> = {
  kind: 'nearest',
  fields: { k: positive, counts: v.pipe(v.array(count), v.minLength(1)) },
  arrays: ['prototypes'],
  sizes: ({ k, counts }, { prototypes }) => {
    const all = sum(counts)
    return all >= k && prototypes > 0 && prototypes % all === 0
      ? { input: [prototypes / all], output: [counts.length] }
      : null
  },
}

export const nearestRun: LayerRun<NearestLayer> = {
  name: 'nearest',
  nodes: (builder, { k, counts, prototypes }, input, name) => {
    const all = sum(counts)
    const vectors = builder.constant(`${name}/prototypes`, prototypes, [all, prototypes.length / all])
    const products = builder.matMul(`${name}/MatMul`, input, vectors, true)
    const indices = builder.topIndices(`${name}/TopKV2`, products, k)
    const votes = builder.constant(`${name}/labels`, oneHot(counts), [all, counts.length])
    return builder.reduce('Mean', `${name}/Mean`, builder.gatherRows(`${name}/GatherV2`, votes, indices), [1], false)
  },
  apply: ({ k, counts, prototypes }, values) => {
    const products = new Float64Array(prototypes.length / values.length)
    for (let prototype = 0; prototype < products.length; prototype++) {
      let product = 0
      for (let feature = 0, at = prototype * values.length; feature < values.length; feature++, at++) {
        product += values[feature] * prototypes[at]
      }
      products[prototype] = product
    }
    const labels = counts.flatMap((many, label) => Array.from({ length: many }, () => label))
    const shares = new Float64Array(counts.length)
    // The first of equals comes first, as TopKV2 has it.
    const nearest = Array.from(products.keys()).toSorted((one, other) => products[other] - products[one] || one - other)
    for (const prototype of nearest.slice(0, k)) shares[labels[prototype]] += 1 / k
    return shares
  },
  work: ({ prototypes }) => prototypes.length,
}

/** `[prototypes, labels]`: 1 where a prototype is of a label. */
function oneHot(counts: readonly number[]): Float32Array {
  const rows = new Float32Array(sum(counts) * counts.length)
  let row = 0
  counts.forEach((many, label) => {
    for (let each = 0; each < many; each++, row++) rows[row * counts.length + label] = 1
  })
  return rows
}
