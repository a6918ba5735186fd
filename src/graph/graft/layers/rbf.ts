import { number, positive } from '../../../stored-fields'
import * as v from 'valibot'
import type { LayerForm, LayerRun } from './types'

/** exp(−γ‖x − s‖²) for each of the vectors s. */
export interface RbfLayer {
  readonly kind: 'rbf'
  readonly gamma: number
  readonly features: number
  /** `[vectors, features]` */
  readonly vectors: Float32Array
}

export const rbfForm: LayerForm<RbfLayer> = {
  kind: 'rbf',
  fields: { gamma: v.pipe(number, v.gtValue(0)), features: positive },
  arrays: ['vectors'],
  sizes: ({ features }, { vectors }) =>
    vectors > 0 && vectors % features === 0 ? { input: [features], output: [vectors / features] } : null,
}

export const rbfRun: LayerRun<RbfLayer> = {
  name: 'rbf',
  // −γ‖x − s‖² = 2γ x · s − γ‖s‖² − γ‖x‖²
  nodes: (builder, { gamma, features, vectors }, input, name) => {
    const count = vectors.length / features
    const kernel = builder.constant(`${name}/kernel`, turned(vectors, features, 2 * gamma), [features, count])
    const bias = builder.constant(`${name}/bias`, squares(vectors, features, -gamma), [count])
    const sums = builder.biasAdd(`${name}/BiasAdd`, builder.matMul(`${name}/MatMul`, input, kernel), bias)
    const own = builder.reduce('Sum', `${name}/Sum`, builder.unary('Square', `${name}/Square`, input), [1], true)
    const factor = builder.constant(`${name}/gamma`, Float32Array.of(gamma), [])
    const weighted = builder.binary('Mul', `${name}/Mul`, own, factor)
    return builder.unary('Exp', `${name}/Exp`, builder.binary('Sub', `${name}/Sub`, sums, weighted))
  },
  apply: ({ gamma, features, vectors }, values) => {
    const kernel = new Float64Array(vectors.length / features)
    for (let vector = 0; vector < kernel.length; vector++) {
      let distance = 0
      for (let feature = 0, at = vector * features; feature < features; feature++, at++) {
        distance += (values[feature] - vectors[at]) ** 2
      }
      kernel[vector] = Math.exp(-gamma * distance)
    }
    return kernel
  },
  work: ({ vectors }) => vectors.length,
}

/** `[features, vectors]`: the vectors as columns, times `factor`. */
function turned(vectors: Float32Array, features: number, factor: number): Float32Array {
  const count = vectors.length / features
  return Float32Array.from(vectors, (_, at) => factor * vectors[(at % count) * features + Math.floor(at / count)])
}

/** The squared length of each vector, times `factor`. */
function squares(vectors: Float32Array, features: number, factor: number): Float32Array {
  const sums = new Float64Array(vectors.length / features)
  vectors.forEach((value, at) => (sums[Math.floor(at / features)] += value * value * factor))
  return Float32Array.from(sums)
}
