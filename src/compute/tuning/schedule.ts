import type { TailOptions } from '../../tail-options'

/** The rate of a step, counted from 0, of `steps` in all: as it is, or along half a cosine down to nothing. */
export function rateAt({ learningRate, schedule }: TailOptions, step: number, steps: number): number {
  return schedule === 'cosine' ? (learningRate / 2) * (1 + Math.cos((Math.PI * step) / steps)) : learningRate
}
