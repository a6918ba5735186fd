import type { TrainingState } from '../../kept-training'
import type { TailOptions } from '../../tail-options'
import type { TrainingStep } from '../../types'
import type { Pace } from '../head/pace'
import type { MixtureOfStep } from './mixed-batch'
import type { MapRows, Means } from './program-rows'

/** What a training in epochs is given. */
export interface EpochsGiven {
  readonly training: MapRows
  /** How the rows of a step are mixed. */
  readonly mixtureAt: MixtureOfStep
  /** By which is decided which epoch was the best, if any did better than `before`. */
  readonly held: MapRows
  readonly before: Means
  readonly options: TailOptions
  /** λ of the penalty on weights, by their id. */
  readonly decay: ReadonlyMap<string, number>
  readonly seed: number
  readonly pace: Pace
  /** Where it goes on; null where it begins. */
  readonly from: TrainingState | null
  readonly keeper: EpochsKeeper
}

/** Where a training stands. */
export interface Standing {
  readonly history: readonly TrainingStep[]
  /** Of what it needs to go on. */
  readonly bytes: number
  /** Copies what it needs to go on. */
  readonly state: () => Promise<TrainingState>
}

/** Hears where a training stands, and may stop it: `TrainingKeeper`. */
export interface EpochsKeeper {
  /** Asked between two steps. */
  readonly isPausing: boolean
  pause(standing: Standing): Promise<never>
  epoch(standing: Standing, isLast: boolean): Promise<void>
}

/** What came of it. */
export interface EpochsPassed {
  readonly history: readonly TrainingStep[]
  /** The epoch whose weights are the program's now, by its place; −1 where none did better than `before`. */
  readonly best: number
  /** What the best epoch makes of the photos held out; where none did better, the last one. */
  readonly after: Means
  readonly steps: number
  readonly stopped: 'patience' | 'epochs' | 'not-finite'
}
