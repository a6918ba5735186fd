import type { Preprocessing, TrainedOn, TrainingStep, TrainOptions } from './types'

/** What names a training over workers and visits, and what it is of. */
export interface TrainingMark {
  /** The same for a training that is gone on with. */
  readonly id: string
  /** Key of its network, of which one training is kept. */
  readonly network: string
  readonly on: TrainedOn
}

/** How far a training of the last layers has come, as it is kept beside what it needs to go on. */
export interface KeptTraining extends TrainingMark {
  /** Names of its labels, in the order of its outputs. */
  readonly labels: readonly string[]
  readonly options: TrainOptions
  readonly cut: readonly string[]
  readonly preprocessing: Preprocessing
  /** The epochs that were told. */
  readonly history: readonly TrainingStep[]
  /** In milliseconds since 1970. */
  readonly at: number
}

/** A training on its way as it is found. */
export interface FoundKept extends KeptTraining {
  /** Whether it is there after this visit, too; else memory alone holds it. */
  readonly onDisk: boolean
}

/** A weight on its way. */
export interface WeightOnItsWay {
  readonly id: string
  readonly values: Float32Array
  /** What the way of going down remembers of it. */
  readonly memory: readonly Float32Array[]
  /** Its values in the best epoch so far, before the first one where none was better. */
  readonly best: Float32Array
}

/** Loss and accuracy over photos. */
export interface LossAndAccuracy {
  readonly loss: number
  readonly accuracy: number
}

/** All that a training needs to go on from between two of its steps as if it had never stopped. */
export interface TrainingState {
  readonly history: readonly TrainingStep[]
  /** The best epoch so far, by its place; −1 where none did better than before the first. */
  readonly best: number
  /** Of the photos that decide: before the first epoch, and after the best one, or the last where none was better. */
  readonly before: LossAndAccuracy
  readonly after: LossAndAccuracy
  /** Steps of the epochs that have passed. */
  readonly steps: number
  /** The epoch it is in: steps taken, and sums over their photos. */
  readonly within: { readonly steps: number; readonly loss: number; readonly correct: number }
  /** Milliseconds that it has taken so far. */
  readonly ms: number
  readonly weights: readonly WeightOnItsWay[]
}
