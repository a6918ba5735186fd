import type { MapShape } from '../../graph/graft/map-shape'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import type { HeadReport, TrainingStep, TrainOptions } from '../../types'
import type { OwnNetwork } from '../../graph/graft/network/types'
import type { JobContext } from '../jobs'
import type { DenseLayer } from '../../graph/graft/layers/dense'
import type { Rows, Scaling } from './rows'
import type { TrainingRows } from './training-rows'

/** What a head of any kind is trained on. */
export interface Fittable extends Pick<TrainOptions, 'classWeights' | 'seed'> {
  readonly training: TrainingRows
  /** Held out for an early stop; null where there is none. */
  readonly validation: Rows | null
  /** Numbers in a row. */
  readonly length: number
  /** How many of them come from each tensor of the cut, in order. */
  readonly lengths: readonly number[]
  /** How a row lies as a map; null or left out where it is none. */
  readonly map?: MapShape | null
  readonly classes: number
  /** The network that is the head, where it is one’s own. */
  readonly network?: OwnNetwork
}

/** The layers of a trained head, and how they were found. */
export interface Fitted {
  /** Folded so that they take features as the trunk gives them; the last one gives probabilities. */
  readonly layers: readonly HeadLayer[]
  readonly fit: HeadReport['fit']
  readonly history: TrainingStep[]
}

/** A head that was trained again on fewer rows, and the multiply-adds that it took. */
export interface Refitted {
  readonly layers: readonly HeadLayer[]
  readonly work: number
}

/** How a head goes on learning together with the last layers of the network. */
export interface HeadTuning {
  /** What features are shifted and multiplied by while it learns. */
  readonly scaling: Scaling
  /** λ of the penalty λ/2 ‖W‖² on the kernels for features that are scaled so. */
  readonly penalty: number
  /** Layers for scaled features from before anything was learnt. */
  readonly fresh: () => readonly DenseLayer[]
}

/** How heads of a kind are trained. */
export interface HeadFit<Options> {
  /** The options with those found out that were left to be chosen; null for kinds that leave none. Throws as `fit`. */
  readonly settle: ((given: Fittable, options: Options, context: JobContext) => Promise<Options>) | null
  /** Throws CutpointError, and what `context` throws. */
  readonly fit: (given: Fittable, options: Options, context: JobContext) => Promise<Fitted>
  /**
   * Trains again without some of the rows, from the layers that all of them gave, so that each photo can be evaluated by
   * a head that never saw it; a linear head also from no layers; null for kinds that take too long to be trained once for each photo.
   */
  readonly refit:
    ((given: Fittable, options: Options, from: readonly HeadLayer[], context: JobContext) => Promise<Refitted>) | null
  /** How it learns on with the network's last layers, all its layers being dense; null for kinds that cannot. */
  readonly tuning: ((given: Fittable, options: Options) => HeadTuning) | null
}
