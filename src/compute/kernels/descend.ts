import type { Descent } from './kernel'

/** What assembly/descend.ts exports; pointers and bytes are numbers. */
export interface DescentExports {
  sgd(weights: number, gradient: number, bytes: number, rate: number): void
  momentum(weights: number, gradient: number, a: number, bytes: number, rate: number, decay: number): void
  rmsprop(
    weights: number,
    gradient: number,
    a: number,
    bytes: number,
    rate: number,
    decay: number,
    epsilon: number,
  ): void
  adam(
    weights: number,
    gradient: number,
    a: number,
    b: number,
    bytes: number,
    rate: number,
    first: number,
    second: number,
    epsilon: number,
  ): void
}

export const descentNames = ['sgd', 'momentum', 'rmsprop', 'adam'] as const

/** Where weights, their gradient and what is remembered begin, and the bytes of each. */
export interface DescentPlace {
  readonly weights: number
  readonly gradient: number
  readonly memory: readonly number[]
  readonly bytes: number
}

/** Changes the weights by the rule. */
export function descend(wasm: DescentExports, descent: Descent, place: DescentPlace): void {
  const { weights, gradient, bytes } = place
  const [a, b] = place.memory
  switch (descent.rule) {
    case 'sgd':
      return wasm.sgd(weights, gradient, bytes, descent.rate)
    case 'momentum':
      return wasm.momentum(weights, gradient, a, bytes, descent.rate, descent.decay)
    case 'rmsprop':
      return wasm.rmsprop(weights, gradient, a, bytes, descent.rate, descent.decay, descent.epsilon)
    case 'adam':
      return wasm.adam(weights, gradient, a, b, bytes, descent.rate, descent.first, descent.second, descent.epsilon)
  }
}
