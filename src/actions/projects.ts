import type { PickedFile } from '../images/drop'
import { takeAsProject } from '../store/projects/ask-project'
import { downloadProject, hasProject } from '../store/projects/save-project'
import { firstActionTexts as texts } from '../texts/page/first-actions'
import { projectTexts } from '../texts/page/project'
import { action, always, listed } from './define'

/** All there is as one file, and such a file in its place. */
export const projectActions = {
  saveProjectFile: listed({
    title: () => projectTexts.save,
    group: 'save',
    // The browser would save the page.
    keys: { place: 'everywhere', keys: ['Mod+S'], help: texts.keys.save, always: true },
    enabled: hasProject,
    run: downloadProject,
  }),
}

/** What is done with a file that was picked as a project. */
export const pickedActions = {
  takeProject: action<[file: PickedFile]>({
    enabled: always,
    run: takeAsProject,
  }),
}
