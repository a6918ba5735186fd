import type { State } from '../store/state/state'
import type { actionTexts } from '../texts/page/actions'

/**
 * Where keys hold. `everywhere`: also in dialogs. `page`: while no dialog and no panel is open. `workbench`: while a graph is
 * drawn and no dialog is open. The others: on the box of the graph that has the keyboard, among the photos of a label, in
 * the search field, at the large photo of a report.
 */
export type KeyPlace = 'everywhere' | 'page' | 'workbench' | 'graph' | 'photos' | 'search' | 'picture'

/** Under which heading an action stands in the palette. */
export type PaletteGroup = keyof typeof actionTexts.groups

export interface ActionKeys {
  readonly place: KeyPlace
  /** Each of them does it; as `Mod+Shift+Z` (see keys.ts). Menus and tooltips show the first. */
  readonly keys: readonly string[]
  /** What they do, in the list of keys; actions that say the same stand there in one line. */
  readonly help: string
  /** They are taken also while it cannot be done: what the browser does by them would be wrong. */
  readonly always?: true
  /** Left to fields that text is typed into, which do it with the text. Keys without a modifier are so anyway. */
  readonly notInText?: true
}

/** A line of the palette. */
export interface PaletteItem {
  readonly group: PaletteGroup
  readonly title: string
  /** Words that find it beside its title. */
  readonly words: string
  /** Keys that do it too, as they are written in the list. */
  readonly keys?: string
  /** Whether it is how things are now. */
  readonly checked?: boolean
  readonly run: () => unknown
}

/** Something that can be done, by whatever leads to it; `Given` is what it is about, where that is not the state. */
export interface Action<Given extends unknown[] = [], Result = unknown> {
  /** What it is called on buttons, in menus and in the palette; what is for scripts or keys alone needs none. */
  readonly title?: (state: State, ...given: Given) => string
  readonly keys?: ActionKeys
  /** Whether it can be done now. Where it cannot, `run` refuses: it changes nothing, says why, or throws a CutpointError. */
  readonly enabled: (state: State, ...given: Given) => boolean
  /** Lines of the palette that do it now; none where it is not listed there. */
  readonly items?: (state: State) => readonly PaletteItem[]
  readonly run: (...given: Given) => Result
}

/** An action whatever it is about. */
export type AnyAction = Action<never>

/** An action that is called something. */
export type Titled<Given extends unknown[] = [], Result = unknown> = Action<Given, Result> &
  Required<Pick<Action<Given, Result>, 'title'>>
