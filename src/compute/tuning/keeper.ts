import { CutpointError } from '../../errors'
import type { KeptTraining } from '../../kept-training'
import type { TrainingStep } from '../../types'
import type { JobContext } from '../jobs'
import type { EpochsKeeper, Standing } from './epochs-types'
import type { FoundTraining, LastingTrainings } from './shelf'

/** Milliseconds between two reports of epochs that have passed. */
const reportEvery = 100

/**
 * Bytes of a state up to which it is put on disk whenever epochs are told: some tenths of a second's writing. A larger one would
 * hold each epoch up, and is put there once in a while; epochs that came after it are worked out again, to the same bits.
 */
const mostEachTime = 64 * 2 ** 20
const largeEvery = 60_000
/** Bytes from which on it is never put there: the worker would have to hold it a second time. Such a training begins again. */
const mostEver = 2 ** 30

const what = 'Training the last layers'

/** A training as it is named and kept, but for how far it has come. */
export type TrainingBase = Omit<KeptTraining, 'history' | 'at'>

/** Tells the epochs of a training, and keeps them: they are on disk before they are told, so that none that was shown is lost. */
export class TrainingKeeper implements EpochsKeeper {
  readonly #trainings: LastingTrainings
  readonly #base: TrainingBase
  readonly #context: JobContext
  /** Epochs that were told, also by those who had the training before. */
  #shown: readonly TrainingStep[]
  #told = performance.now()
  #stateKept = performance.now()

  private constructor(
    trainings: LastingTrainings,
    base: TrainingBase,
    context: JobContext,
    found: FoundTraining | null,
  ) {
    this.#trainings = trainings
    this.#base = base
    this.#context = context
    this.#shown = found?.training.history ?? []
  }

  /** Goes on with the training of that name, whose epochs are told again, or begins one where it is not known. */
  static async open(
    trainings: LastingTrainings,
    base: TrainingBase,
    context: JobContext,
  ): Promise<{ readonly keeper: TrainingKeeper; readonly found: FoundTraining | null }> {
    const kept = await trainings.find(base.network)
    const found = kept !== 'damaged' && kept?.training.id === base.id ? kept : null
    const keeper = new TrainingKeeper(trainings, base, context, found)
    if (found) keeper.#tell(found.training.history, 0, true)
    return { keeper, found }
  }

  /** Whether the training was asked to pause. */
  get isPausing(): boolean {
    return this.#context.isPausing?.() ?? false
  }

  /** Hears of every epoch. */
  async epoch(standing: Standing, isLast: boolean): Promise<void> {
    const { history } = standing
    const now = performance.now()
    if (history.length <= this.#shown.length) {
      this.#context.tell({ what: 'Catching up', done: history.length, total: this.#shown.length, pausable: true })
      if (now - this.#stateKept >= largeEvery) await this.#keep(this.#shown, standing)
      return
    }
    if (!isLast && now - this.#told < reportEvery) return
    const kept = await this.#keep(history, standing)
    const first = this.#shown.length
    this.#shown = [...history]
    this.#tell(history.slice(first), first, kept)
    this.#told = performance.now()
  }

  /** Keeps a training between two of its steps. Throws CutpointError `paused`. */
  async pause(standing: Standing): Promise<never> {
    const { history } = standing
    this.#stateKept = -Infinity
    await this.#keep(history.length < this.#shown.length ? this.#shown : history, standing)
    throw new CutpointError('paused', 'The training is paused.', 'Resume it when you are ready.')
  }

  /** Whether it is on disk. */
  async #keep(history: readonly TrainingStep[], standing: Standing): Promise<boolean> {
    const { bytes } = standing
    const now = performance.now()
    const isDue = bytes <= mostEachTime || (bytes <= mostEver && now - this.#stateKept >= largeEvery)
    if (isDue) this.#stateKept = now
    return this.#trainings.keep(
      { ...this.#base, history: [...history], at: Date.now() },
      isDue ? await standing.state() : null,
    )
  }

  #tell(history: readonly TrainingStep[], first: number, kept: boolean): void {
    const total = this.#base.options.tail?.epochs ?? 0
    const done = first + history.length
    this.#context.tell({ what, done, total, history: [...history], first, pausable: true, kept })
  }
}
