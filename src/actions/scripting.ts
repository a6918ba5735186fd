import { cut } from '../store/model/cut'
import { tensors } from '../store/model/model'
import { openModel } from '../store/model/opening'
import { runModel } from '../store/model/run'
import { tellLayer } from '../store/model/telling'
import { summariseLabels } from '../store/photos/label-summary'
import { openProject } from '../store/projects/open-project'
import { reset } from '../store/projects/reset'
import { saveProject } from '../store/projects/save-project'
import { drawnModel, getState, type State } from '../store/state/state'
import { advise } from '../store/training/advice'
import { missingToAdvise, missingToTrain } from '../store/training/missing'
import { predict } from '../store/training/predict'
import { currentHead } from '../store/training/trained-on'
import { exportFeatures, features, hasFeatures } from '../store/training/features'
import { exportModel, setPreprocessing, settledPreprocessing, train } from '../store/training/training'
import { withMatrices } from '../store/training/with-matrices'
import { ensureBackend, setBackend } from '../store/workers/backend'
import { cancelAll } from '../store/workers/jobs'
import { computeWorker } from '../store/workers/workers'
import type { AdviceOptions, CutAdvice, HeadSummary, PhotoSummary, TrainCalled, TrainReport } from '../types'
import { always, hasModel, scripted } from './define'
import { addImages, toBlob, toFiles, withOwnNetwork } from './given'
import { trainingScripts } from './training'

/** Whether the open model takes pictures. */
const takesPictures = ({ model, preprocessing }: State): boolean => model !== null && preprocessing !== null

const isTrained = (state: State): boolean => currentHead(state) !== null

/** What scripts call, by the names of `window.cutpoint`; the README says what each gives. */
export const scriptActions = {
  backend: scripted(always, ensureBackend),
  setBackend: scripted(always, setBackend),
  open: scripted(always, (source: string | File | File[]) =>
    openModel(typeof source === 'string' ? { url: source } : { files: toFiles(source) }),
  ),
  tell: scripted(hasModel, tellLayer),
  tensors: scripted(hasModel, tensors),
  cut: scripted(hasModel, (tensor: string | string[]) => cut(typeof tensor === 'string' ? [tensor] : tensor)),
  run: scripted(hasModel, runModel),
  preprocessing: scripted(takesPictures, settledPreprocessing),
  setPreprocessing: scripted(takesPictures, setPreprocessing),
  addImages: scripted(always, addImages),
  labels: scripted(always, summariseLabels),
  photos: scripted(always, summarisePhotos),
  features: scripted((state) => takesPictures(state) && state.cut !== null, features),
  advise: scripted(
    (state) => missingToAdvise(state) === null,
    async (options?: AdviceOptions): Promise<CutAdvice[]> => (await advise(options)).cuts,
  ),
  train: scripted(
    (state) => missingToTrain(state) === null,
    async (options: TrainCalled = {}): Promise<TrainReport> => {
      const asked = withOwnNetwork(options)
      // Where nothing is read first it begins at once, so that a cancel right behind it finds it.
      return withMatrices(await train(asked instanceof Promise ? await asked : asked))
    },
  ),
  ...trainingScripts,
  heads: scripted(always, summariseHeads),
  predict: scripted(
    (state) => takesPictures(state) && (isTrained(state) || (drawnModel(state)?.classifies ?? false)),
    async (image: Blob | string) => predict((await toBlob(image, 0)).blob),
  ),
  exportModel: scripted(isTrained, exportModel),
  exportFeatures: scripted(hasFeatures, exportFeatures),
  saveProject: scripted(always, saveProject),
  openProject: scripted(always, openProject),
  cancel: scripted(always, cancelAll),
  memory: scripted(always, async () => computeWorker().memory()),
  reset: scripted(always, reset),
}

function summarisePhotos(): PhotoSummary[] {
  return getState().photos.map(({ id, name, label, part, group }) => ({ id, name, label, part, group }))
}

function summariseHeads(): HeadSummary[] {
  const { heads, headId } = getState()
  return heads.map(({ id, options, cut: tensors, report }) => ({
    id,
    kind: options.head.kind,
    cut: [...tensors],
    accuracy: report.accuracy,
    current: id === headId,
  }))
}
