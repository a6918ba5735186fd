import { create } from 'zustand'
import type { PickedFile } from '../../images/drop'
import { projectEnding } from '../../keeping/project/project'
import { projectTexts } from '../../texts/page/project'
import { attempt, tell } from '../page/notices'
import { hasProject } from './save-project'
import { openProject } from './open-project'
import { getState } from '../state/state'

/** A project file that waits for the user to say that it may take the place of what is there. */
export const useProjectAsked = create<{ readonly file: PickedFile | null }>(() => ({ file: null }))

/**
 * Opens the project file among files that were dropped or picked, after asking where something else is there. Whether
 * there is one.
 */
export function takeProject(files: readonly PickedFile[]): boolean {
  // Some systems append their own ending to a zip they know.
  const file = files.find(({ path }) =>
    path
      .toLowerCase()
      .replace(/\.zip$/, '')
      .endsWith(projectEnding),
  )
  if (file) takeAsProject(file)
  return file !== undefined
}

/** Opens a file that was picked as a project, whatever it is called, after asking where something else is there. */
export function takeAsProject(file: PickedFile): void {
  const { keeping } = getState()
  if (hasProject(getState()) || keeping.returning) useProjectAsked.setState({ file })
  else openPicked(file)
}

/** Puts the project that was asked about in the place of what is there. */
export function openAsked(): void {
  const { file } = useProjectAsked.getState()
  leaveAsked()
  if (file) openPicked(file)
}

/** Leaves all as it is. */
export const leaveAsked = (): void => useProjectAsked.setState({ file: null })

function openPicked({ blob }: PickedFile): void {
  attempt(async () => {
    await openProject(blob)
    const { photos, labels, heads } = getState()
    tell({
      kind: 'remark',
      title: projectTexts.openedTitle,
      text: projectTexts.openedText(photos.length, labels.length, heads.length),
    })
  })
}
