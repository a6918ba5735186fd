import type { HeadLayer } from '../../graph/graft/layers/forms'
import type { TrainedTail } from '../../graph/tail/trained-tail'
import type { Pool } from '../../graph/graft/pools'
import type {
  HeadReport,
  HeldAdvice,
  Part,
  Preprocessing,
  TensorValue,
  ToldLayer,
  TrainedOn,
  TrainOptions,
} from '../../types'

/** How project files end. */
export const projectEnding = '.cutpoint'

/** What a project file says it is. */
export const projectFormat = 'cutpoint-project'

/** The version that is written, and the newest that is read. docs/project-format.md states it. */
export const projectVersion = 5

/** Everything of a visit that is worth keeping, with the files it stands on. It can be cloned. */
export interface Project {
  readonly model: ProjectModel | null
  readonly preprocessing: Preprocessing | null
  readonly preprocessingKnown: boolean
  /** The tensors that are cut at; none for no cut. */
  readonly cut: readonly string[]
  /** Cuts that were compared; null where none were. */
  readonly advice: HeldAdvice | null
  readonly options: TrainOptions
  readonly autoTrain: boolean
  /** In their order; a label may be empty. */
  readonly labels: readonly string[]
  /** In their order. */
  readonly photos: readonly ProjectPhoto[]
  /** The photos' files by their hash. */
  readonly pictures: ReadonlyMap<string, Blob>
  /** In the order they were trained in. */
  readonly heads: readonly ProjectHead[]
  /** The current one's id. */
  readonly head: string | null
}

export interface ProjectModel {
  readonly name: string
  /** As they were dropped or fetched, with their paths. */
  readonly files: readonly { readonly path: string; readonly blob: Blob }[]
  /** The main file that was chosen, where there are several. */
  readonly choose: string | null
  /** The classes' names that were given to it once it was open; those in its own files are not here. */
  readonly labels: readonly string[] | null
  /** What layers do of which the files do not say it. */
  readonly told: readonly ToldLayer[]
  /** The output that recommendations look at. */
  readonly output: string | null
  /** Values of the inputs that are not the picture. */
  readonly otherInputs: readonly { readonly tensor: string; readonly value: TensorValue }[]
}

export interface ProjectPhoto {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly part: Part
  readonly pinned: boolean
  /** SHA-256 of the file's bytes. */
  readonly hash: string
  readonly group: string | null
  readonly width: number
  readonly height: number
}

export interface ProjectHead {
  readonly id: string
  readonly options: TrainOptions
  readonly cut: readonly string[]
  readonly preprocessing: Preprocessing
  readonly report: HeadReport
  /** null where that is what the project holds. */
  readonly trainedOn: TrainedOn | null
  /** When it was trained, in milliseconds since 1970. */
  readonly at: number
  readonly labels: readonly string[]
  readonly pool: Pool
  readonly tail: TrainedTail | null
  readonly layers: readonly HeadLayer[]
}

/** What long work on a project calls on its way. */
export type ProjectProgress = (doneBytes: number, totalBytes: number) => void
