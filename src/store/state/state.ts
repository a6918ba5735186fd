import { create } from 'zustand'
import { noCopies } from '../../augment-options'
import { firstHead } from '../../heads/specs'
import type { OwnNetwork } from '../../graph/graft/network/types'
import type { HeldAdvice, Preprocessing, TrainedOn, TrainOptions } from '../../types'
import type { RangeMeasurement } from '../../workers/compute'
import type {
  UndoSteps,
  ModelState,
  CutState,
  Photo,
  Tried,
  Job,
  Notice,
  BackendState,
  DrawnGraph,
  HeadEntry,
  KeepingState,
  PausedTraining,
} from './types'
import { noSteps } from '../history/undo-steps'
import { freshView, type ViewState } from './view-state'

export interface State {
  readonly graph: DrawnGraph | null
  readonly model: ModelState | null
  readonly view: ViewState
  readonly cut: CutState | null
  /** Cuts that were compared; null before they are. */
  readonly advice: HeldAdvice | null
  readonly preprocessing: Preprocessing | null
  readonly preprocessingKnown: boolean
  /** How well the photos fit in each range, where that was measured on a model. */
  readonly rangeMeasured: (RangeMeasurement & { readonly model: number }) | null
  /** Labels in the order they were made; a label may be empty. */
  readonly labels: readonly string[]
  readonly photos: readonly Photo[]
  /** What can be undone and redone of labels, photos, cut and tellings. */
  readonly undoSteps: UndoSteps
  readonly options: TrainOptions
  /** The network of one’s own that is to be a head. */
  readonly ownNetwork: OwnNetwork | null
  /** Heads trained on this model, the latest last. */
  readonly heads: readonly HeadEntry[]
  /** The one that predicts and is exported. */
  readonly headId: string | null
  /** Whether a change of photos trains again by itself; only quick kinds of heads do. */
  readonly autoTrain: boolean
  /** A training of this model that can be gone on with; null where there is none. */
  readonly paused: PausedTraining | null
  /** What is not trained on by itself before it changes: a training of it was cancelled, or another head was chosen. */
  readonly leftAt: TrainedOn | null
  readonly tried: readonly Tried[]
  readonly jobs: readonly Job[]
  readonly notices: readonly Notice[]
  readonly backend: BackendState
  readonly keeping: KeepingState
}

/** What a visit begins with. */
export const initialState: State = {
  graph: null,
  model: null,
  view: freshView(),
  cut: null,
  advice: null,
  preprocessing: null,
  preprocessingKnown: false,
  rangeMeasured: null,
  labels: [],
  photos: [],
  undoSteps: noSteps,
  options: {
    head: firstHead,
    tail: null,
    split: { train: 0.8, validation: 0, test: 0.2 },
    classWeights: 'none',
    seed: 1,
    augment: noCopies,
  },
  ownNetwork: null,
  heads: [],
  headId: null,
  autoTrain: true,
  paused: null,
  leftAt: null,
  tried: [],
  jobs: [],
  notices: [],
  backend: { choice: 'auto', name: null, device: '', probeMs: {} },
  keeping: { kind: 'memory', why: null, returning: null, networks: [] },
}

/** What the page knows; components read it by this hook. */
export const useStore = create<State>(() => initialState)

/** Reads the state outside React. */
export const getState = (): State => useStore.getState()

/** Changes the state; a function gets what is there now. */
export const setState = (change: Partial<State> | ((state: State) => Partial<State>)): void => useStore.setState(change)

/** The open model if it is what is drawn; null while another one is drawn of which not all is known yet. */
export const drawnModel = ({ graph, model }: State): ModelState | null => (model?.id === graph?.id ? model : null)
