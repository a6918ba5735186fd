import type { TrainedHead } from '../../workers/compute'

/** A head as far as the store looks at it, trained at `pool:0` for two labels. */
export const trainedHead = {
  report: { accuracy: 1 },
  cut: ['pool:0'],
  head: { layers: [], labels: ['a', 'b'] },
} as unknown as TrainedHead
