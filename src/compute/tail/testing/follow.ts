import { createPace } from '../../head/pace'
import { descentOf } from '../../kernels/update-rules'
import type { StepLoss, StepOptions, StepRows } from '../step'
import type { CurveCase } from './packed'

/** The loss of each step as a network learns from the batches that Keras trained it with. */
export async function followKeras(
  step: (batch: StepRows, options: StepOptions) => Promise<StepLoss>,
  network: CurveCase,
  maps: Float32Array,
  rule: 'momentum' | 'adam',
): Promise<number[]> {
  const length = maps.length / network.labels.length
  const losses: number[] = []
  for (const [at, order] of network.order.entries()) {
    const rows = {
      rows: Int32Array.from(order),
      maps: (row: number) => maps.subarray(row * length, (row + 1) * length),
      labels: Int32Array.from(order, (row) => network.labels[row]),
      weights: null,
    }
    const descent = descentOf(rule, network.runs[rule].rate, at + 1)
    const options = { descent: () => descent, decay: new Map<string, number>(), clip: null, pace: createPace() }
    losses.push((await step(rows, options)).mean)
  }
  return losses
}

/** How far losses are from those wanted, relative to these, at most. */
export function lossesApart(losses: readonly number[], wanted: readonly number[]): number {
  return Math.max(...wanted.map((loss, step) => Math.abs(losses[step] - loss) / loss))
}

/** ‖Δours − Δtheirs‖ / ‖Δtheirs‖ of a weight since it was `first`. */
export function changeApart(first: Float32Array, ours: Float32Array, theirs: Float32Array): number {
  let [away, moved] = [0, 0]
  first.forEach((value, at) => {
    away += (ours[at] - theirs[at]) ** 2
    moved += (theirs[at] - value) ** 2
  })
  return Math.sqrt(away / moved)
}
