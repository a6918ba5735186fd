import type { Descent } from './kernel'

export type UpdateRule = Descent['rule']

/** Keras' defaults (https://keras.io/api/optimizers/). */
const momentum = 0.9
const adamDecay = { first: 0.9, second: 0.999 }
const rmspropDecay = 0.9
const epsilon = 1e-7

/** Moving averages that a rule remembers for each weight. */
export const memories: Record<UpdateRule, number> = { adam: 2, sgd: 0, momentum: 1, rmsprop: 1 }

/** One step down the gradient, as Keras' optimizer of that name takes it; `step` counts from 1. */
export function descentOf(rule: UpdateRule, rate: number, step: number): Descent {
  switch (rule) {
    case 'sgd':
      return { rule, rate }
    case 'momentum':
      return { rule, rate, decay: momentum }
    case 'rmsprop':
      return { rule, rate, decay: rmspropDecay, epsilon }
    case 'adam': {
      const { first, second } = adamDecay
      const corrected = (rate * Math.sqrt(1 - second ** step)) / (1 - first ** step)
      return { rule, rate: corrected, first, second, epsilon }
    }
  }
}
