import type { State } from '../store/state/state'
import { actionTexts } from '../texts/page/actions'
import { adviceActions } from './advice'
import { boxActions, canvasActions } from './boxes'
import { featuresActions } from './features'
import { choiceActions, findActions, graphActions } from './graph'
import { headActions } from './heads'
import { historyActions } from './history'
import { labelActions } from './labels'
import { pictureActions, searchActions } from './others'
import { jobActions, pageActions } from './page'
import { photoActions, selectionActions } from './photos'
import { pickedActions, projectActions } from './projects'
import { scriptActions } from './scripting'
import { trainingActions } from './training'
import type { AnyAction, PaletteGroup, PaletteItem, KeyPlace } from './types'

/** Those that the keyboard does wherever it is once a graph is drawn; those of the page itself are in page.ts and projects.ts. */
export const workbenchActions = { ...findActions, ...graphActions, ...historyActions }

/**
 * Everything that can be done, each thing once, by its name. Menus, the palette, shortcuts, the list of keys and
 * `window.cutpoint` ask this list what it is called, which keys it has and whether it can be done, and do it by its `run`.
 */
export const actions = {
  ...findActions,
  ...pageActions,
  ...choiceActions,
  ...graphActions,
  ...historyActions,
  ...projectActions,
  ...jobActions,
  ...pickedActions,
  ...boxActions,
  ...canvasActions,
  ...searchActions,
  ...photoActions,
  ...selectionActions,
  ...labelActions,
  ...headActions,
  ...trainingActions,
  ...featuresActions,
  ...adviceActions,
  ...pictureActions,
  ...scriptActions,
}

/** The list by names that are not known beforehand. */
export const allActions: Readonly<Record<string, AnyAction>> = actions

const groups = Object.keys(actionTexts.groups) as PaletteGroup[]

/** Lines of the palette: all that can be done now, heading by heading. */
export function paletteItems(state: State): PaletteItem[] {
  const items = Object.values(allActions).flatMap((action) => action.items?.(state) ?? [])
  return groups.flatMap((group) => items.filter((item) => item.group === group))
}

/** Places of the list of keys, and whose keys stand there. */
const keyPlaces: Readonly<Record<keyof typeof actionTexts.places, readonly KeyPlace[]>> = {
  page: ['everywhere', 'page', 'workbench'],
  graph: ['graph'],
  search: ['search'],
  photos: ['photos'],
  picture: ['picture'],
}

interface KeyLine {
  readonly help: string
  /** As they are written in the list. */
  readonly keys: readonly string[]
}

export type KeyListPlace = keyof typeof keyPlaces

/** Places of the list of keys, in its order. */
export const keyListPlaces = Object.keys(keyPlaces) as KeyListPlace[]

/** The keys of a place with what they do; what is one thing to the user is one line. */
export function keyLines(place: KeyListPlace): KeyLine[] {
  const lines = new Map<string, string[]>()
  for (const { keys } of Object.values(allActions)) {
    if (!keys || !keyPlaces[place].includes(keys.place)) continue
    lines.set(keys.help, [...(lines.get(keys.help) ?? []), ...keys.keys])
  }
  return [...lines].map(([help, keys]) => ({ help, keys }))
}
