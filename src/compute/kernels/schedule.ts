import type { Schedule } from '../../optimizers'

/** What the rate of each step follows from. */
export interface Scheduled {
  readonly learningRate: number
  readonly schedule: Schedule
  /** Epochs in which the rate grows from nothing. */
  readonly warmup: number
  readonly epochs: number
}

/**
 * The learning rate of a step, by how many were taken before it: from nothing to the rate during the warm-up and then constant, as
 * Keras' `ExponentialDecay` with `staircase`, or down to nothing at the last step as its `CosineDecay`.
 *
 * @param each steps in an epoch
 */
export function scheduleOf(options: Scheduled, each: number): (taken: number) => number {
  const { learningRate, warmup } = options
  const warming = warmup * each
  return (taken) => learningRate * (taken < warming ? taken / warming : shareAt(options, taken - warming, each))
}

/** The share of the rate that is left, so many steps after the warm-up. */
function shareAt({ schedule, epochs, warmup }: Scheduled, after: number, each: number): number {
  if (schedule === 'constant') return 1
  if (schedule !== 'cosine') return schedule.factor ** Math.floor(after / (schedule.every * each))
  const whole = Math.max(1, (epochs - warmup) * each)
  return (1 + Math.cos(Math.PI * Math.min(1, after / whole))) / 2
}
