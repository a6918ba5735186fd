import type { JobContext } from '../../../compute/jobs'
import type { TrainingStep } from '../../../types'

/** Milliseconds between two reports of epochs that have passed. */
const reportEvery = 100

/** Tells epochs as they pass, not all too often; `rest` tells those that are left. */
export function tellingEpochs(
  total: number,
  context: JobContext,
): { readonly onEpoch: (step: TrainingStep) => void; readonly rest: () => void } {
  let passed = 0
  let untold: TrainingStep[] = []
  let told = performance.now()
  const rest = (): void => {
    context.tell({ what: 'Training the head', done: passed, total, history: untold })
    untold = []
    told = performance.now()
  }
  rest()
  const onEpoch = (step: TrainingStep): void => {
    passed += 1
    untold.push(step)
    if (performance.now() - told > reportEvery) rest()
  }
  return { onEpoch, rest }
}
