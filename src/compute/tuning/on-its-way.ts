import type { TrainingState, WeightOnItsWay } from '../../kept-training'
import type { TailLearner } from '../tail/types'

/** Copies of what a learner needs to go on, with each weight's values in the best epoch so far. */
export async function weightsOf(
  learner: TailLearner,
  best: ReadonlyMap<string, Float32Array>,
): Promise<WeightOnItsWay[]> {
  const [weights, memories] = [await learner.weights(), await learner.memories()]
  return [...weights].map(([id, values]) => ({
    id,
    values,
    memory: memories.get(id) ?? [],
    best: best.get(id) ?? values,
  }))
}

/** Whether weights are those of a learner, with what it remembers of each. */
export async function areOf(learner: TailLearner, kept: readonly WeightOnItsWay[]): Promise<boolean> {
  const [weights, memories] = [await learner.weights(), await learner.memories()]
  return (
    weights.size === kept.length &&
    kept.every(({ id, values, memory, best }) => {
      const length = weights.get(id)?.length
      const isSame = memories.get(id)?.length === memory.length
      return isSame && [values, best, ...memory].every((each) => each.length === length)
    })
  )
}

/** Gives a learner weights that are its own. */
export function putBack(learner: TailLearner, weights: readonly WeightOnItsWay[]): void {
  learner.restore(new Map(weights.map(({ id, values }) => [id, values])))
  learner.remember(new Map(weights.map(({ id, memory }) => [id, memory])))
}

/** The weights of the best epoch so far. */
export const bestOf = (state: TrainingState | null): ReadonlyMap<string, Float32Array> | null =>
  state && new Map(state.weights.map(({ id, best }) => [id, best]))
