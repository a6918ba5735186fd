/**
 * The vocabulary of the scripting surface (`window.cutpoint`), shared by every room.
 * Documented in the README; fields may be added, names do not change.
 */
import type { AugmentOptions } from './augment-options'
import type { HeadAsked, HeadOptions } from './heads/specs'
import type { InputRange } from './input-ranges'
import type { TailAsked, TailOptions } from './tail-options'

export type { InputRange } from './input-ranges'
export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu'
export type Part = 'train' | 'validation' | 'test'
/** As what features are written: a zip of NumPy's arrays, or comma-separated values. */
export type FeaturesFormat = 'npz' | 'csv'

export interface TensorValue {
  shape: number[]
  dtype: string
  data: Float32Array | Int32Array | Uint8Array | string[]
}

/** What a layer does of which the file holds only a name, or Python code, as the user told it. */
export type Told =
  /** It hands on what it gets. */
  | { does: 'identity' }
  /** x ÷ by */
  | { does: 'scale'; by: number }
  /** (x − mean) ÷ deviation, one number of each, or one for each channel. */
  | { does: 'shift'; mean: number[]; deviation: number[] }
  /** Pictures to another size in pixels, bilinear, as `tf.image.resize` does. */
  | { does: 'resize'; height: number; width: number }
  /** As in `x / 127.5 - 1`: numbers, x, + - * /, parentheses, min and max. */
  | { does: 'formula'; formula: string }

/** A layer by its name, with the models around it before it (`inner/scale`), and what it was told to do. */
export interface ToldLayer {
  layer: string
  told: Told
}

export interface TensorSummary {
  name: string
  op: string
  shape: (number | null)[] | null
  dtype: string
  scope: string
  canCut: boolean
  /** Why it cannot be cut. */
  why?: string
  recommended: boolean
}

export interface ModelSummary {
  name: string
  format: string
  nodes: number
  weights: number
  bytes: number
  inputs: TensorSummary[]
  outputs: TensorSummary[]
  suggestedCut: string | null
  labels: string[] | null
  warnings: string[]
}

export interface CutSummary {
  tensors: string[]
  shape: (number | null)[]
  featureLength: number
  /** Whether it is a map of a known size, or the average of one. */
  hasMap: boolean
  parameters: number
  multiplyAdds: number
  bytes: number
  recommended: boolean
  why: string
}

/** What a head at one cut, or at several together, is worth: measured on photos that it did not see. */
export interface CutAdvice {
  tensors: string[]
  /** The share of photos that are named right. */
  accuracy: number
  /** Its standard error. */
  error: number
  featureLength: number
  /** Of what is kept, for one photo. */
  multiplyAdds: number
  /** Of the weights that are kept. */
  bytes: number
}

/** Cuts compared: single ones in the order of the data, then those together that gained something. */
export interface Advice {
  cuts: CutAdvice[]
  /** How many photos they were compared with, and of how many labels. */
  photos: number
  labels: number
}

/** The same as it is held and kept. */
export interface HeldAdvice extends Advice {
  /** What it was worked out of. */
  readonly on: TrainedOn
  /** When, in milliseconds since 1970. */
  readonly at: number
}

/** Which cuts are compared. */
export interface AdviceOptions {
  /** Up to 25 tensors; the ends of blocks and layers where left out. */
  tensors?: string[]
}

export type Fit = 'crop' | 'contain' | 'stretch'
export type ChannelOrder = 'rgb' | 'bgr'

export interface Preprocessing {
  /** The image input's tensor, for example `images:0`. */
  input: string
  width: number
  height: number
  fit: Fit
  range: InputRange
  order: ChannelOrder
  /** How these were found: from the model, by convention, or asked. */
  how: string
}

/** The options of a head; each kind states its own (`src/heads/KIND/spec.ts`). */
export type { HeadOptions } from './heads/specs'

export type { AugmentOptions } from './augment-options'

export interface TrainOptions {
  head: HeadOptions
  /** The last layers of the network that are trained with the head; null for none. */
  tail: TailOptions | null
  split: Record<Part, number>
  classWeights: 'none' | 'balanced'
  seed: number
  augment: AugmentOptions
}

/** Options as they are asked for: what is left out stays as it is, but of a head it is as it is offered first, and of changed copies it is off. */
export interface TrainAsked extends Partial<Omit<TrainOptions, 'head' | 'tail' | 'augment'>> {
  head?: HeadAsked
  augment?: Partial<AugmentOptions>
  tail?: TailAsked | null
}

/** The same as a script asks for it: a head of the kind `own` may come with its model, files or an address. */
export interface TrainCalled extends Omit<TrainAsked, 'head'> {
  head?: HeadAsked & { model?: string | File | File[] }
}

/** What a head was trained on, as keys that are equal where it is the same. */
export interface TrainedOn {
  /** Of the photos, with their labels and parts. */
  readonly photos: string
  /** Of the network and its cut, how pictures are prepared, and the settings. */
  readonly settings: string
}

/** What the head predicts for one photo. */
export interface EvaluatedImage {
  /** The photo's id. */
  image: string
  part: Part
  /** Indices into the report's labels. */
  label: number
  predicted: number
  /** Probability of what is predicted. */
  confidence: number
}

/** Where a training stood after one epoch, or one pass over the features. */
export interface TrainingStep {
  loss: number
  accuracy: number
  validationLoss: number | null
  validationAccuracy: number | null
}

/** What came of training the last layers of the network. */
export interface TailReport {
  /** The tensor from which on the network was trained. */
  from: string
  /** Convolutions and dense layers that were trained, and numbers in them. */
  layers: number
  parameters: number
  epochs: number
  ms: number
  /** Photos by which it was decided, set aside from those that are trained on where no others were. */
  decidedBy: { photos: number; setAside: boolean }
  /** Loss on those photos before and after. */
  before: { loss: number; accuracy: number }
  after: { loss: number; accuracy: number }
  /** Why the training ended: `patience`, `epochs`, or `not-finite` where it lost its way. */
  stopped: string
  /** Whether the trained layers are used: only where they do better on those photos. */
  kept: boolean
}

/** What came of a training, as it is held, kept and shown. */
export interface HeadReport {
  backend: BackendName
  labels: string[]
  images: Record<Part, number>
  features: {
    count: number
    length: number
    fromCache: number
    ms: number
    /** Where it holds: the network was not to be trusted with several pictures at once, and got them one by one. */
    oneByOne?: boolean
  }
  decodeMs: number
  fit: { ms: number; iterations: number; loss: number; gradient: number | null; stopped: string }
  /** Where the last layers of the network were trained with the head: what came of it. */
  tail?: TailReport
  /** Options of the head that were left to be chosen, as they were found; none where nothing was. */
  chosen?: Record<string, number>
  history: TrainingStep[]
  accuracy: Record<Part, number | null>
  warnings: string[]
  /** Every photo of every part, in the order they were trained in. */
  evaluated: EvaluatedImage[]
  /**
   * Where nothing is held out and the photos are few: each photo evaluated by a head that was trained on all others
   * (kinds that are trained in next to no time); `evaluated` is as in the report itself. Else null.
   */
  leaveOneOut: { accuracy: number; evaluated: EvaluatedImage[] } | null
  evaluateMs: number
}

/** The same for scripts, with matrices. These are worked out of `evaluated` when they are read, since they have labels² numbers. */
export interface TrainReport extends Omit<HeadReport, 'leaveOneOut'> {
  /** Rows are the true labels, columns the predicted ones; `part` is what was evaluated. */
  readonly confusion: { readonly part: Part; readonly matrix: number[][] }
  readonly leaveOneOut: {
    readonly accuracy: number
    readonly matrix: number[][]
    readonly evaluated: EvaluatedImage[]
  } | null
}

export interface Prediction {
  label: string
  probability: number
}

export interface LabelSummary {
  label: string
  images: number
  parts: Record<Part, number>
}

/** A photo, as the report's `evaluated` names it. */
export interface PhotoSummary {
  id: string
  name: string
  label: string
  part: Part
  /** Photos of one recording share it, and stay in one part; null for photos that came alone. */
  group: string | null
}

export interface HeadSummary {
  id: string
  kind: HeadOptions['kind']
  /** The tensors at which its trunk ends. */
  cut: string[]
  accuracy: Record<Part, number | null>
  /** Whether it is the one that predicts and is exported. */
  current: boolean
}

export interface RejectedFile {
  name: string
  reason: string
}

export interface BackendReport {
  name: BackendName
  device: string
  probeMs: Partial<Record<BackendName, number>>
}

/** One long call's state, as shown on screen and sent to `on('progress')`. */
export interface Progress {
  job: string
  what: string
  done: number
  /** 0 where the total is not known. */
  total: number
  /** What is counted, where that is not plain things. */
  unit?: 'bytes'
  /** Epochs of a training that have passed since the last report. */
  history?: TrainingStep[]
  /** The place of the first of them, where not all before them were told in this job: what was told from there on is replaced. */
  first?: number
  /** Whether the training can be paused now. */
  pausable?: boolean
  /** Of a training that can be gone on with: whether what it needs for that is on disk. */
  kept?: boolean
}

/** What the values of a weight are like. */
export interface WeightStatistics {
  elements: number
  /** Of the finite values; null where there are none. */
  min: number | null
  max: number | null
  mean: number | null
  /** Standard deviation. */
  deviation: number | null
  zeros: number
  notFinite: number
  /** Counts in equal steps from `min` to `max`. */
  histogram: number[]
}

/** The kernels of a convolution on pictures, as pictures. */
export interface KernelPictures {
  width: number
  height: number
  /** Kernels there are; not all may be in `pictures`. */
  total: number
  /** RGBA bytes of each, row by row. */
  pictures: Uint8ClampedArray[]
}
