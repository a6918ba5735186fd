import { CutpointError } from '../../errors'
import type { Project, ProjectHead, ProjectModel } from '../../keeping/project/project'
import { projectTexts } from '../../texts/page/project'
import { createProjectWorker, progressListener, type ProjectApi } from '../../workers/project'
import type { Remote } from 'comlink'
import { heads } from '../model/heads'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { modelFiles } from '../model/model'
import { tell } from '../page/notices'
import { pictureOf } from '../photos/picture-of'
import { noteProgress } from '../workers/progress'
import { saveFile } from '../page/save-file'
import { getState, type State } from '../state/state'

/** Files asked of the image worker at once. */
const atOnce = 32

/** Model, photos, settings and heads as one project file. Throws CutpointError. */
export function saveProject(): Promise<Blob> {
  return runJob(
    projectTexts.saving,
    async (job, signal) => {
      const project = await gather(getState(), signal)
      return withProjectWorker(job, projectTexts.saving, signal, (api, progress) => api.write(project, progress))
    },
    'images',
  )
}

/** Whether there is anything that a project file could hold. */
export const hasProject = ({ model, photos, labels }: State): boolean =>
  model !== null || photos.length > 0 || labels.length > 0

/** Saves a project file to the user's disk. */
export async function downloadProject(): Promise<void> {
  const state = getState()
  if (!hasProject(state)) {
    tell({ kind: 'remark', title: projectTexts.nothingTitle, text: projectTexts.nothingText })
    return
  }
  const name = projectTexts.fileName(state.model?.summary.name ?? null, new Date().toISOString().slice(0, 10))
  saveFile(await saveProject(), name)
  tell({ kind: 'remark', title: projectTexts.savedTitle(name), text: projectTexts.savedText })
}

type ProjectCall<T> = (api: Remote<ProjectApi>, progress: ReturnType<typeof progressListener>) => Promise<T>

/** How many workers are tried: what kills two would kill a third. */
const mostWorkers = 2

/** Has a worker of its own do something with a project file, or another where that one dies; cancelling ends the worker. */
export async function withProjectWorker<T>(
  job: string,
  what: string,
  signal: AbortSignal,
  call: ProjectCall<T>,
): Promise<T> {
  for (let workers = 1; ; workers++) {
    throwIfCancelled(signal)
    const { api, terminate } = createProjectWorker()
    signal.addEventListener('abort', terminate)
    try {
      return await call(
        api,
        progressListener((done, total) => noteProgress({ job, what, done, total, unit: 'bytes' })),
      )
    } catch (error) {
      const died = error instanceof CutpointError && error.code === 'worker-died'
      if (!died || workers === mostWorkers) throw error
    } finally {
      signal.removeEventListener('abort', terminate)
      terminate()
    }
  }
}

/** Everything worth keeping, as it is now; files are only pointed at. */
async function gather(state: State, signal: AbortSignal): Promise<Project> {
  const { preprocessing, preprocessingKnown, cut, advice, options, autoTrain, labels, photos, headId } = state
  // Before anything is awaited: a training may replace them.
  const trained = gatherHeads(state)
  return {
    model: await gatherModel(state),
    preprocessing,
    preprocessingKnown,
    cut: cut?.summary.tensors ?? [],
    advice,
    options,
    autoTrain,
    labels,
    photos,
    pictures: await gatherPictures(state, signal),
    heads: trained.map(({ head }) => head),
    head: trained.find(({ id }) => id === headId)?.head.id ?? null,
  }
}

async function gatherModel({ model }: State): Promise<ProjectModel | null> {
  if (!model) return null
  const { choices } = model
  return {
    name: model.summary.name,
    choose: choices.choose ?? null,
    labels: choices.labels ?? null,
    told: choices.told ?? [],
    files: await modelFiles(),
    output: model.output,
    otherInputs: model.otherInputs.flatMap(({ tensor, value }) => (value ? [{ tensor, value }] : [])),
  }
}

async function gatherPictures({ photos }: State, signal: AbortSignal): Promise<Map<string, Blob>> {
  const pictures = new Map<string, Blob>()
  const names = new Map(photos.map(({ hash, name }) => [hash, name]))
  const wanted = [...names]
  for (let start = 0; start < wanted.length; start += atOnce) {
    throwIfCancelled(signal)
    const fetchOne = async ([hash, name]: [string, string]): Promise<void> => {
      const blob = await pictureOf('picture', hash)
      if (!blob) {
        throw new CutpointError('bad-image', projectTexts.pictureGone(name), projectTexts.pictureGoneNext, { name })
      }
      pictures.set(hash, blob)
    }
    await Promise.all(wanted.slice(start, start + atOnce).map(fetchOne))
  }
  return pictures
}

/** Heads under names that hold in the file: by their order, so that the same heads make the same file. */
function gatherHeads(state: State): { readonly id: string; readonly head: ProjectHead }[] {
  return state.heads.flatMap(({ id, options, cut, report, trainedOn, at }, order) => {
    const trained = heads.trained(id)
    if (!trained) return []
    const { preprocessing } = trained
    const { labels, pool, tail, layers } = trained.head
    return [
      {
        id,
        head: {
          id: `head-${order + 1}`,
          options,
          cut,
          preprocessing,
          report,
          trainedOn,
          at,
          labels,
          pool,
          tail,
          layers,
        },
      },
    ]
  })
}
