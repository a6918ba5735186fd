import { CutpointError } from '../../errors'
import type { PickedFile } from '../../images/drop'
import { boundaryTexts } from '../../texts/page/boundary'
import { modelTexts } from '../../texts/model/model'
import { openTexts } from '../../texts/model/open'
import type { ModelSource, OpenChoices } from '../../workers/compute'
import { nameClasses } from '../model/model'
import { openModel } from '../model/opening'
import { dropKind } from './drop-kind'
import { askWhichModel } from './which-model'
import { attempt, tell, tellError } from '../page/notices'
import { addFiles } from '../photo-intake/add-files'
import { takeProject } from '../projects/ask-project'
import { getState } from '../state/state'
import type { Notice } from '../state/types'

/** What a model's classes are named in. */
const labelsFile = /(\.txt|label_?map\w*\.pbtxt|(class_?ind(ices|ex)|class_?names|classes|labels?)\.(json|csv))$/i

/**
 * Opens what was dropped or picked as a model; where it is over the stated size, or holds several models, the user
 * is asked and it goes on from there. Errors are shown.
 */
export async function openFiles(files: readonly PickedFile[]): Promise<void> {
  if (takeProject(files) || takeLabels(files)) return
  const source = { files: files.map(({ path, blob }) => ({ path, blob })) }
  await openAsking(source)
}

/** Opens a model at an address, asking as `openFiles` does. */
export async function openUrl(url: string): Promise<void> {
  await openAsking({ url })
}

/** A drop on the page itself: a model if it holds one, else photos. Errors are shown. */
export async function dropOnPage(files: readonly PickedFile[], emptyFolders: readonly string[] = []): Promise<void> {
  if (takeProject(files) || takeLabels(files)) return
  const takePhotos = (): void => attempt(() => addFiles(files, { emptyFolders }))
  const source = { files: files.map(({ path, blob }) => ({ path, blob })) }
  const kind = dropKind(
    files.map(({ path }) => path),
    getState().model !== null,
  )
  if (kind === 'photos') return takePhotos()
  if (files.length === 0) return
  await openAsking(source, kind === 'model-else-photos' ? takePhotos : undefined)
}

/** Takes a list of labels, alone, for the classes of the open model; what does not fit is shown. Whether it was one. */
function takeLabels(files: readonly PickedFile[]): boolean {
  const [file] = files
  if (files.length !== 1 || !labelsFile.test(file.path) || getState().model === null) return false
  void nameClassesAfter(file)
  return true
}

async function nameClassesAfter(file: PickedFile): Promise<void> {
  try {
    const labels = await nameClasses(file)
    tell({ kind: 'remark', title: modelTexts.named(labels.length), text: modelTexts.namedText })
  } catch (error) {
    tellError(error)
  }
}

/** Opens a model; `notAModel` is called instead of showing that error. */
async function openAsking(source: ModelSource, notAModel?: () => void, choices: OpenChoices = {}): Promise<void> {
  const again = (more: OpenChoices): void => void openAsking(source, notAModel, { ...choices, ...more })
  try {
    await openModel(source, choices)
  } catch (error) {
    if (!(error instanceof CutpointError)) return tellError(error)
    if (error.code === 'not-a-model' && notAModel) return notAModel()
    if (error.code === 'several-models' && askWhichModel(error, (choose) => again({ choose }))) return
    tellError(error, goingOn(error, again))
  }
}
/** What a user who knows better can do about an error. */
function goingOn({ code, details }: CutpointError, again: (more: OpenChoices) => void): Notice['action'] {
  if (code === 'too-large') return { label: openTexts.allTheSame, run: () => again({ allowLarge: true }) }
  if (code === 'part-unreachable') return { label: boundaryTexts.tryAgain, run: () => again({}) }
  if (details.reason === 'endless') return { label: openTexts.goOnWaiting, run: () => again({ patient: true }) }
  return undefined
}
