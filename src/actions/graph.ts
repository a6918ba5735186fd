import { cut } from '../store/model/cut'
import { runCommand, type CanvasCommand } from '../store/page/commands'
import {
  back,
  canGoBack,
  canGoForward,
  forward,
  setChart,
  setColourBy,
  setConstants,
  setDirection,
  show,
} from '../store/graph-view/view'
import { drawnModel, getState, type State } from '../store/state/state'
import { colourings, type ColourBy } from '../store/state/view-state'
import { cutTexts } from '../texts/model/cut'
import { actionTexts as texts } from '../texts/page/actions'
import type { TensorSummary } from '../types'
import { action, always, hasGraph, listed, titled } from './define'
import type { PaletteItem } from './types'
import type { Selection } from '../view/selection'

/** Inputs or outputs that get a line of the palette each; a model with more has the search for them. */
const mostPlaces = 8

/** Whether the chart has room: smaller screens have none for it. */
const hasRoomForChart = (): boolean => window.matchMedia('(min-width: 1081px)').matches

/** The cut of the model that is drawn. */
const cutOf = (state: State): readonly string[] => (drawnModel(state) && state.cut?.summary.tensors) ?? []

function suggestedCut(state: State): string | null {
  const suggested = drawnModel(state)?.summary.suggestedCut ?? null
  return suggested === null || cutOf(state).includes(suggested) ? null : suggested
}

/** Goes to something of the graph, and the keyboard with it. */
function goTo(selection: Selection): void {
  show(selection)
  runCommand('focus-graph')
}

const line = (title: string, name: string): PaletteItem => ({
  group: 'goTo',
  title,
  words: '',
  run: () => goTo({ kind: 'tensor', name }),
})

const lines = (title: (name: string) => string, tensors: readonly TensorSummary[] = []): PaletteItem[] =>
  tensors.slice(0, mostPlaces).map(({ name }) => line(title(name), name))

/** The operations that cannot be run. */
const blockedOps = (state: State): readonly string[] => drawnModel(state)?.blocked ?? []

/** Of the operations that cannot be run, the one after the one that is selected. */
function nextBlocked(state: State): string | undefined {
  const blocked = blockedOps(state)
  const { selected } = state.view
  const at = selected?.kind === 'node' ? blocked.indexOf(selected.name) : -1
  return blocked.at((at + 1) % blocked.length)
}

/** What the canvas does at a word; it says how while it is there. */
const onCanvas = (command: CanvasCommand) => () => runCommand(command)

/** Ways to what is on the graph, and to all that can be done. */
export const findActions = {
  commands: titled({
    title: () => texts.commands,
    keys: { place: 'workbench', keys: ['Mod+K'], help: texts.keys.commands },
    enabled: hasGraph,
    run: onCanvas('commands'),
  }),
  find: listed({
    title: () => texts.find,
    group: 'goTo',
    keys: { place: 'workbench', keys: ['/', 'Mod+F'], help: texts.keys.find },
    enabled: hasGraph,
    run: onCanvas('find'),
  }),
}

/** What is done with the view of the graph. */
const viewActions = {
  fit: listed({
    title: () => texts.fit,
    group: 'view',
    words: texts.fitWords,
    keys: { place: 'workbench', keys: ['F'], help: texts.keys.fit },
    enabled: hasGraph,
    run: onCanvas('fit'),
  }),
  zoomIn: titled({ title: () => texts.zoomIn, enabled: hasGraph, run: onCanvas('zoom-in') }),
  zoomOut: titled({ title: () => texts.zoomOut, enabled: hasGraph, run: onCanvas('zoom-out') }),
  zoomToSelection: listed({
    title: () => texts.zoomToSelection,
    group: 'view',
    enabled: (state) => hasGraph(state) && state.view.selected !== null,
    run: onCanvas('zoom-selection'),
  }),
  unfoldAll: listed({
    title: ({ view }) => (view.selected?.kind === 'scope' ? texts.unfoldSelection : texts.unfoldAll),
    group: 'view',
    enabled: hasGraph,
    run: onCanvas('unfold-all'),
  }),
  overview: listed({
    title: () => texts.overview,
    group: 'view',
    enabled: hasGraph,
    run: onCanvas('overview'),
  }),
  flowDown: listed({
    title: () => texts.flowDown,
    group: 'view',
    enabled: always,
    checked: ({ view }) => view.direction === 'down',
    run: () => setDirection('down'),
  }),
  flowRight: listed({
    title: () => texts.flowRight,
    group: 'view',
    enabled: always,
    checked: ({ view }) => view.direction === 'right',
    run: () => setDirection('right'),
  }),
  constants: listed({
    title: () => texts.constants,
    group: 'view',
    enabled: always,
    checked: ({ view }) => view.constants,
    run: () => setConstants(!getState().view.constants),
  }),
  map: titled({ title: () => texts.map, enabled: hasGraph, run: onCanvas('map') }),
  chart: listed({
    title: () => texts.chart,
    group: 'view',
    enabled: hasRoomForChart,
    checked: ({ view }) => view.chart,
    run: () => {
      if (hasRoomForChart()) setChart(!getState().view.chart)
    },
  }),
}

/** What is about one of several: a line of the palette for each. */
export const choiceActions = {
  showTensor: action<[name: string]>({
    enabled: hasGraph,
    items: (state) => {
      const { inputs, outputs } = drawnModel(state)?.summary ?? {}
      return [
        ...lines(texts.input, inputs),
        ...lines(texts.output, outputs),
        ...cutOf(state).map((name) => line(texts.cut(name), name)),
      ]
    },
    run: (name) => {
      if (hasGraph(getState())) goTo({ kind: 'tensor', name })
    },
  }),
  colourBy: action<[by: ColourBy]>({
    enabled: always,
    items: ({ view }) =>
      colourings.map((by) => ({
        group: 'colourBy',
        title: texts.colourBy(texts.colourings[by]),
        words: '',
        checked: view.colourBy === by,
        run: () => setColourBy(by),
      })),
    run: setColourBy,
  }),
}

/** What is done with the graph. */
export const graphActions = {
  nextBlocked: listed({
    title: (state) => texts.nextBlocked(blockedOps(state).length),
    group: 'goTo',
    enabled: (state) => nextBlocked(state) !== undefined,
    run: () => {
      const name = nextBlocked(getState())
      if (name !== undefined) goTo({ kind: 'node', name })
    },
  }),
  back: listed({
    title: () => texts.back,
    group: 'goTo',
    keys: { place: 'workbench', keys: ['Alt+ArrowLeft'], help: texts.keys.backAndForward, always: true },
    enabled: canGoBack,
    run: back,
  }),
  forward: listed({
    title: () => texts.forward,
    group: 'goTo',
    keys: { place: 'workbench', keys: ['Alt+ArrowRight'], help: texts.keys.backAndForward, always: true },
    enabled: canGoForward,
    run: forward,
  }),
  ...viewActions,
  takeSuggestedCut: listed({
    title: () => cutTexts.take,
    group: 'cut',
    enabled: (state) => suggestedCut(state) !== null,
    run: async () => {
      const suggested = suggestedCut(getState())
      if (suggested !== null) await cut([suggested])
    },
  }),
  saveSvg: listed({ title: () => texts.saveSvg, group: 'save', enabled: hasGraph, run: onCanvas('save-svg') }),
  savePng: listed({ title: () => texts.savePng, group: 'save', enabled: hasGraph, run: onCanvas('save-png') }),
  print: listed({
    title: () => texts.print,
    group: 'save',
    keys: { place: 'everywhere', keys: ['Mod+P'], help: texts.keys.print },
    enabled: hasGraph,
    run: onCanvas('print'),
  }),
}
