import { scriptActions } from './actions/scripting'
import type { AnyAction } from './actions/types'
import { asCutpointError, toErrorRecord } from './errors'
import { emit, on, type EventName } from './store/state/events'
import type {
  AdviceOptions,
  BackendName,
  BackendReport,
  CutAdvice,
  CutSummary,
  FeaturesFormat,
  HeadSummary,
  LabelSummary,
  ModelSummary,
  Part,
  PhotoSummary,
  Prediction,
  Preprocessing,
  RejectedFile,
  TensorSummary,
  TensorValue,
  Told,
  TrainCalled,
  TrainReport,
} from './types'

/** The scripting surface, `window.cutpoint`: what the buttons do, through the same store actions. */
export interface CutpointApi {
  ready: Promise<void>
  backend(): Promise<BackendReport>
  setBackend(name: BackendName | 'auto'): Promise<void>
  open(source: string | File | File[]): Promise<ModelSummary>
  /** Says what a layer does of which the files do not say it; null for what is not known. */
  tell(layer: string, told: Told | null): Promise<ModelSummary>
  tensors(): Promise<TensorSummary[]>
  cut(tensor: string | string[]): Promise<CutSummary>
  run(
    feeds: Record<string, TensorValue>,
    fetches: string[],
    options?: { optimise?: boolean },
  ): Promise<Record<string, TensorValue>>
  preprocessing(): Promise<Preprocessing>
  setPreprocessing(change: Partial<Preprocessing>): Promise<void>
  addImages(
    label: string,
    images: (Blob | string)[],
    options?: { part?: Part },
  ): Promise<{ added: number; rejected: RejectedFile[] }>
  labels(): Promise<LabelSummary[]>
  photos(): Promise<PhotoSummary[]>
  features(part?: Part): Promise<{ shape: number[]; data: Float32Array; labels: string[] }>
  /** Compares cuts on the photos that are trained on; the cut stays. */
  advise(options?: AdviceOptions): Promise<CutAdvice[]>
  train(options?: TrainCalled): Promise<TrainReport>
  /** Asks a training of last layers to stop where it can be gone on with; its call of `train` then rejects with `paused`. */
  pause(): Promise<void>
  /** Goes on with a training that was paused, or interrupted in an earlier visit. */
  resume(): Promise<TrainReport>
  /** Forgets it. */
  discard(): Promise<void>
  heads(): Promise<HeadSummary[]>
  predict(image: Blob | string): Promise<Prediction[]>
  exportModel(format: string): Promise<Blob>
  /** Features of all photos at the cut with their labels, parts and names. */
  exportFeatures(format: FeaturesFormat): Promise<Blob>
  saveProject(): Promise<Blob>
  openProject(file: Blob): Promise<void>
  cancel(): Promise<void>
  /** Tensors alive on the backend, bytes of cached features, and of WebAssembly's memory. */
  memory(): Promise<{ tensors: number; featureBytes: number; wasmBytes: number }>
  on(event: EventName, listener: (detail: unknown) => void): () => void
  reset(): Promise<void>
}

declare global {
  interface Window {
    cutpoint: CutpointApi
  }
}

/** The surface, working from the moment that `ready` resolves. Every call that fails rejects with a CutpointError. */
export function createApi(ready: Promise<void>): CutpointApi {
  return { ready, on, ...callsOf(scriptActions) }
}

type Call<Run> = Run extends (...given: infer Given) => infer Result
  ? (...given: Given) => Promise<Awaited<Result>>
  : never

type CallsOf<Actions extends Readonly<Record<string, { readonly run: unknown }>>> = {
  readonly [Name in keyof Actions]: Call<Actions[Name]['run']>
}

/** Actions as calls by their names. */
function callsOf<Actions extends Readonly<Record<string, AnyAction>>>(actions: Actions): CallsOf<Actions> {
  const calls = Object.entries(actions).map(([name, { run }]) => [name, call(run)])
  return Object.fromEntries(calls) as CallsOf<Actions>
}

/** What an action does as a call of the surface: what it throws becomes a CutpointError, and `on('error')` hears it. */
function call<Given extends unknown[], Result>(
  run: (...given: Given) => Result | Promise<Result>,
): (...given: Given) => Promise<Result> {
  return async (...given) => {
    try {
      return await run(...given)
    } catch (error) {
      const known = asCutpointError(error)
      emit('error', toErrorRecord(known))
      throw known
    }
  }
}
