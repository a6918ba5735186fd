import { asCutpointError, CutpointError, type ErrorCode } from '../../errors'
import { bytesOf, recordOf, sizesOf } from '../../graph/graft/layers/kept'
import type { Project, ProjectHead, ProjectModel, ProjectPhoto } from '../../keeping/project/project'
import { badProject } from '../../keeping/project/errors'
import { projectTexts } from '../../texts/page/project'
import type { ComputeWorker, OpenedModel } from '../../workers/compute'
import { emit } from '../state/events'
import { heads } from '../model/heads'
import { runJob, throwIfCancelled } from '../workers/jobs'
import { newId } from '../state/ids'
import { keepHead, supersedeLastVisit, unkeepHeads } from '../keeping/keeping'
import type { StoredHead } from '../keeping/visit'
import { summariseLabels } from '../photos/label-summary'
import { openTogether } from '../model/opening'
import { checkOptions, checkPreprocessing } from '../training/options'
import { noteProgress } from '../workers/progress'
import { withProjectWorker } from './save-project'
import { empty } from './reset'
import { getState, setState, type State } from '../state/state'
import type { CutState, Photo } from '../state/types'
import { noSteps } from '../history/undo-steps'
import { imageWorker } from '../workers/workers'

/** Pictures looked at at once; the image worker takes them one by one, but reading overlaps. */
const atOnce = 4

/**
 * Opens a project file in place of all there is. It is read and checked whole before; if anything of it is not right,
 * what is open stays as it is. Throws CutpointError `newer-project` or `bad-project`.
 */
export async function openProject(file: Blob): Promise<void> {
  await runJob(
    projectTexts.opening,
    async (job, signal) => {
      const project = await withProjectWorker(job, projectTexts.opening, signal, (api, progress) =>
        api.read(file, progress),
      )
      checkSettings(project)
      const photos = await shelve(project, job, signal)
      // From here on it is not taken back.
      throwIfCancelled(signal)
      if (project.model) await openWithModel(project, project.model, photos)
      else await openWithoutModel(project, job)
    },
    'images',
  )
  emit('images', summariseLabels())
}

function checkSettings({ options }: Project): void {
  try {
    checkOptions(options)
  } catch (error) {
    throw asBadProject(error)
  }
}

/** Puts the pictures on the image worker's shelf; each must be the one that was saved. */
async function shelve({ photos, pictures }: Project, job: string, signal: AbortSignal): Promise<Photo[]> {
  const shelved: Photo[] = []
  for (let start = 0; start < photos.length; start += atOnce) {
    throwIfCancelled(signal)
    noteProgress({ job, what: projectTexts.takingPhotos, done: start, total: photos.length })
    const some = photos.slice(start, start + atOnce)
    shelved.push(...(await Promise.all(some.map((photo) => examined(photo, pictures.get(photo.hash) ?? new Blob())))))
  }
  return shelved
}

async function examined(photo: ProjectPhoto, picture: Blob): Promise<Photo> {
  const seen = await imageWorker()
    .examine(picture, photo.name)
    .catch((error: unknown) => {
      const { code, message } = asCutpointError(error)
      throw code === 'bad-image' ? badProject(projectTexts.pictureBroken(photo.name, message)) : error
    })
  if (seen.hash !== photo.hash) throw badProject(projectTexts.pictureOther(photo.name))
  return { ...photo, ...seen }
}

/** Model, cuts and heads are brought to where they were in the compute worker; then all is shown at once. */
async function openWithModel(project: Project, source: ProjectModel, photos: readonly Photo[]): Promise<void> {
  // Heads get new ids here: the file's may be those of newer heads that are on disk.
  const kept = project.heads.map((head) => ({ from: head.id, head: toKept(head, newId('head')) }))
  const currentId = kept.find(({ from }) => from === project.head)?.head.entry.id ?? null
  let cut: CutState | null = null
  const { files, choose, labels, told } = source
  try {
    const choices = {
      allowLarge: true,
      ...(choose !== null && { choose }),
      ...(labels && { labels }),
      ...(told.length > 0 && { told }),
    }
    await openTogether({ files }, choices, {
      async prepare(worker, opened, id) {
        const prepared = await prepareInputs(source, worker, opened, id)
        if (project.preprocessing) checkPreprocessing(project.preprocessing, prepared)
        cut = await prepareCuts(project, worker, id)
        const current = kept.find(({ head }) => head.entry.id === currentId)
        if (current) await worker.restoreHead(current.head.kept)
        for (const { head } of kept) await keepHead(head)
        return prepared
      },
      state() {
        supersedeLastVisit()
        const { advice, preprocessing, preprocessingKnown } = project
        return {
          ...plainState(project, photos),
          ...(preprocessing ? { preprocessing, preprocessingKnown } : {}),
          ...heads.take(
            kept.map(({ head }) => head),
            currentId,
          ),
          cut,
          advice,
        }
      },
    })
  } catch (error) {
    unkeepHeads(kept.map(({ head }) => head.entry.id))
    throw asBadProject(error)
  }
  heads.settle()
  const made = getState().cut
  if (made) emit('cut', made.summary)
}

/** Looks at the output that was looked at, and gives the inputs beside the picture their values. */
async function prepareInputs(
  { output, otherInputs }: ProjectModel,
  worker: ComputeWorker['api'],
  opened: OpenedModel,
  id: number,
): Promise<OpenedModel> {
  const seen = output === null || output === opened.output ? opened : await worker.chooseOutput(id, output)
  for (const { tensor, value } of otherInputs) await worker.setInput(id, tensor, value)
  const values = new Map(otherInputs.map(({ tensor, value }) => [tensor, value]))
  return {
    ...seen,
    otherInputs: seen.otherInputs.map((input) => ({ ...input, value: values.get(input.tensor) ?? input.value })),
  }
}

/** Cuts as the project is cut, after it was seen that each head fits the cut it was trained at. */
async function prepareCuts(
  { cut, heads: all }: Project,
  worker: ComputeWorker['api'],
  id: number,
): Promise<CutState | null> {
  for (const head of all) {
    const { featureLength } = await worker.cut(id, head.cut)
    if (!takes(head, featureLength)) throw badProject(projectTexts.headUnfit)
  }
  if (cut.length > 0) return { summary: await worker.cut(id, cut) }
  await worker.uncut(id)
  return null
}

/** Whether a head takes what is at its cut, of which `averaged` numbers are left when it is averaged over space. */
function takes({ layers: [first], pool }: ProjectHead, averaged: number): boolean {
  const input = sizesOf(recordOf(first))?.input ?? []
  if (pool === 'map') return input.length === 3 && input[2] === averaged
  const taken = input[0] ?? 0
  return pool === 'flatten' ? taken > 0 && taken % averaged === 0 : taken === averaged
}

/** What is there is emptied first; the photos were seen to be whole. */
async function openWithoutModel(project: Project, job: string): Promise<void> {
  await empty()
  const photos = await shelve(project, job, new AbortController().signal)
  setState(plainState(project, photos))
}

/** Labels, photos and settings. */
function plainState({ labels, options, autoTrain }: Project, photos: readonly Photo[]): Partial<State> {
  const keeping = { ...getState().keeping, returning: null }
  return { labels, photos, options, autoTrain, keeping, undoSteps: noSteps }
}

function toKept(
  { options, cut, preprocessing, report, trainedOn, at, labels, pool, tail, layers }: ProjectHead,
  id: string,
): StoredHead {
  return {
    entry: { id, options, cut, report, trainedOn, bytes: bytesOf({ layers, tail }), at },
    kept: { head: { layers, pool, tail, labels }, report, preprocessing, cut },
  }
}

/** What is wrong with a project, where it is that and not something around it. */
function asBadProject(error: unknown): unknown {
  const around: readonly ErrorCode[] = [
    'bad-project',
    'newer-project',
    'cancelled',
    'internal',
    'disk-full',
    'backend-failed',
  ]
  if (!(error instanceof CutpointError) || around.includes(error.code)) return error
  return badProject(projectTexts.notAsSaved(error.message), { code: error.code, ...error.details })
}
