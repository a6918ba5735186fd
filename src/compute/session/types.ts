import type { TrainingMark } from '../../kept-training'
import type { HeadReport, Preprocessing, ToldLayer, TrainOptions } from '../../types'
import type { Head } from '../head/head'

/** Where a model comes from: files as dropped, or an address. */
export type ModelSource = { readonly files: readonly { path: string; blob: Blob }[] } | { readonly url: string }

export interface OpenChoices {
  /** Goes on with a model over the stated size. */
  readonly allowLarge?: boolean
  /** Goes on waiting for a file of which it cannot be told whether reading it ends. */
  readonly patient?: boolean
  /** The main file, where several models were dropped. */
  readonly choose?: string
  /** Names of the classes, where they were given beside the model. */
  readonly labels?: readonly string[]
  /** What layers do of which the files do not say it. */
  readonly told?: readonly ToldLayer[]
  /** Whether the view worker has this model already, from an earlier compute worker. */
  readonly seen?: boolean
  /** Names the model in what is kept of it, the same over visits. */
  readonly key?: string
}

/** A trained head with what it was trained on. */
export interface TrainedHead {
  readonly head: Head
  readonly report: HeadReport
  readonly preprocessing: Preprocessing
  readonly cut: readonly string[]
}

/** How a head is trained, and by what name it is kept on its way: none where it is not gone on with. */
export interface MarkedOptions extends TrainOptions {
  readonly mark?: TrainingMark
}
