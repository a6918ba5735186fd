/** What a layer may do with its sums, and TensorFlow's operation for it. */
export const activations = { none: null, relu: 'Relu', softmax: 'Softmax' } as const

export type Activation = keyof typeof activations

/** Names of all of them. */
export const activationNames = Object.keys(activations) as Activation[]

/** What each activation makes of a layer's sums. */
export const activated: Readonly<Record<Activation, (sums: Float64Array) => Float64Array>> = {
  none: (sums) => sums,
  relu: (sums) => sums.map((sum) => Math.max(0, sum)),
  softmax,
}

/** exp(logits) / Σ exp(logits), without overflow. */
export function softmax(logits: Float64Array): Float64Array {
  const greatest = logits.reduce((left, right) => Math.max(left, right), -Infinity)
  const exponentials = logits.map((logit) => Math.exp(logit - greatest))
  const total = exponentials.reduce((left, right) => left + right, 0)
  return exponentials.map((value) => value / total)
}
