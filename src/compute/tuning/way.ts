import type { TrainingState } from '../../kept-training'
import { uniform } from '../../random'
import type { TrainingStep } from '../../types'
import { shuffled } from '../head/random'
import { memories } from '../kernels/update-rules'
import type { TailLearner } from '../tail/types'
import type { EpochsGiven, Standing } from './epochs-types'
import { bestOf, putBack, weightsOf } from './on-its-way'
import type { Means } from './program-rows'

/** How far a training in epochs has come. */
export class Way implements Standing {
  readonly history: TrainingStep[] = []
  readonly #learner: TailLearner
  readonly #given: EpochsGiven
  readonly #before: Means
  readonly #order: () => number
  readonly #began = performance.now()
  best = -1
  after: Means
  steps = 0
  /** The epoch it is in. */
  within = { steps: 0, loss: 0, correct: 0 }
  bestWeights: ReadonlyMap<string, Float32Array>

  /** Gives a learner the weights with which it goes on, where it does. */
  static async open(learner: TailLearner, given: EpochsGiven): Promise<Way> {
    if (given.from) putBack(learner, given.from.weights)
    return new Way(learner, given, bestOf(given.from) ?? (await learner.weights()))
  }

  private constructor(learner: TailLearner, given: EpochsGiven, best: ReadonlyMap<string, Float32Array>) {
    const { from, before, seed, training } = given
    this.#learner = learner
    this.#given = given
    this.#before = before
    this.after = before
    this.#order = uniform(seed + 2)
    this.bestWeights = best
    if (!from) return
    this.history.push(...from.history)
    ;({ best: this.best, after: this.after, steps: this.steps } = from)
    this.within = { ...from.within }
    // What the epochs that have passed took of the random numbers.
    from.history.forEach(() => shuffled(training.labels.length, this.#order))
  }

  /** Why it is at its end; null where it is not. */
  get stopped(): 'patience' | 'epochs' | null {
    const { epochs, patience } = this.#given.options
    const last = this.history.length - 1
    if (patience > 0 && last >= 0 && last - this.best >= patience) return 'patience'
    return this.history.length >= epochs ? 'epochs' : null
  }

  /** The places of all training rows in the order of the next epoch; to be asked once in each. */
  nextOrder(): Int32Array {
    return shuffled(this.#given.training.labels.length, this.#order)
  }

  /** Takes in an epoch that has passed. */
  async passed({ loss, accuracy }: Means, found: Means): Promise<void> {
    this.steps += this.within.steps
    this.within = { steps: 0, loss: 0, correct: 0 }
    this.history.push({ loss, accuracy, validationLoss: found.loss, validationAccuracy: found.accuracy })
    const least = this.best < 0 ? this.#before.loss : this.after.loss
    if (this.best < 0) this.after = found
    if (!(found.loss < least)) return
    this.best = this.history.length - 1
    this.after = found
    this.bestWeights = await this.#learner.weights()
  }

  get bytes(): number {
    const numbers = [...this.bestWeights.values()].reduce((sum, { length }) => sum + length, 0)
    return 4 * numbers * (2 + memories[this.#given.options.optimizer])
  }

  async state(): Promise<TrainingState> {
    const { history, best, after, steps, within } = this
    return {
      ...{ best, after, steps, before: this.#before },
      history: [...history],
      within: { ...within },
      ms: (this.#given.from?.ms ?? 0) + performance.now() - this.#began,
      weights: await weightsOf(this.#learner, this.bestWeights),
    }
  }
}
