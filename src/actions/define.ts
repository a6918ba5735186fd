import { drawnModel, type State } from '../store/state/state'
import type { Action, PaletteGroup, PaletteItem, Titled } from './types'

/** An action as it stands; what it is about, where that is not the state alone, is stated: `action<[label: string]>`. */
export const action = <Given extends unknown[] = []>(entry: Action<Given>): Action<Given> => entry

/** The same for one that is called something. */
export const titled = <Given extends unknown[] = []>(entry: Titled<Given>): Titled<Given> => entry

/** An action of scripts: what they give and get is as `run` has it. */
export const scripted = <Given extends unknown[], Result>(
  enabled: (state: State) => boolean,
  run: (...given: Given) => Result,
): Action<Given, Result> => ({ enabled: (...[state]) => enabled(state), run })

interface Listed extends Omit<Titled, 'items'> {
  readonly group: PaletteGroup
  readonly words?: string
  /** Whether it is how things are now. */
  readonly checked?: (state: State) => boolean
}

/** An action that needs nothing but the state, and stands in the palette while it can be done. */
export function listed({ group, words = '', checked, ...entry }: Listed): Titled {
  const line = (state: State): PaletteItem => ({
    group,
    words,
    title: entry.title(state),
    ...(entry.keys && { keys: entry.keys.keys[0] }),
    ...(checked && { checked: checked(state) }),
    run: entry.run,
  })
  return { ...entry, items: (state) => (entry.enabled(state) ? [line(state)] : []) }
}

/** Whether an action can always be done. */
export const always = (): boolean => true

/** Whether a graph is drawn. */
export const hasGraph = ({ graph }: State): boolean => graph !== null

/** Whether a model is open. */
export const hasModel = ({ model }: State): boolean => model !== null

/** Whether all is known of the model that is drawn. */
export const isKnown = (state: State): boolean => drawnModel(state) !== null
