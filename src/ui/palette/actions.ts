import { runCommand, type CanvasCommand } from '../../store/page/commands'
import { cut } from '../../store/model/cut'
import { attempt } from '../../store/page/notices'
import { goToStation, setKeysOpen, togglePresent, usePage } from '../../store/page/page'
import { steps } from '../../steps'
import { savePicture } from '../../store/graph-view/picture'
import { downloadProject } from '../../store/projects/save-project'
import { printGraph } from '../../store/graph-view/picture-print'
import { drawnModel, type State } from '../../store/state/state'
import { toggleTheme } from '../../store/page/theme'
import { lastStep, redo, undo, undoneStep } from '../../store/history/undo'
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
  type ColourBy,
} from '../../store/graph-view/view'
import { graphTexts } from '../../texts/model/graph'
import { headerTexts } from '../../texts/page/header'
import { pageTexts } from '../../texts/page/page'
import { projectTexts } from '../../texts/page/project'
import { undoTexts } from '../../texts/undo'
import type { TensorSummary } from '../../types'
import type { Selection } from '../../view/types'
import { commandKey } from '../common/keys'

/** Something the palette can do. */
export interface Action {
  readonly title: string
  /** Under which heading it stands. */
  readonly group: 'Edit' | 'Go to' | 'View' | 'Colour by' | 'Cut' | 'Save' | 'Page'
  /** Keys that do it too, as they are shown. */
  readonly keys?: string
  /** Whether it is how things are now. */
  readonly checked?: boolean
  readonly run: () => void
}

/** Names of the colourings, as they stand in menus. */
const colourNames: Record<ColourBy, string> = {
  category: 'kind of operation',
  parameters: 'parameters',
  multiplyAdds: 'multiply-adds',
  outputBytes: 'size of the output',
  distance: 'distance from the cut',
}

/** Inputs or outputs that get an action each; a model with more has the search for them. */
const mostPlaces = 8

/** All that can be done with the graph now. */
export function actionsOf(state: State, focusSearch: () => void): Action[] {
  const { view, graph } = state
  const model = drawnModel(state)
  const made = model && state.cut
  const canvas = (command: CanvasCommand) => (): void => void runCommand(command)
  const suggested = model?.summary.suggestedCut ?? null
  return [
    { title: 'Find in the graph', group: 'Go to', keys: '/', run: focusSearch },
    ...steps.map((step, index): Action => ({
      title: `Station: ${pageTexts.steps[step]}`,
      group: 'Go to',
      keys: String(index + 1),
      run: () => goToStation(step),
    })),
    ...places('input', model?.summary.inputs ?? []),
    ...places('output', model?.summary.outputs ?? []),
    ...(made?.summary.tensors ?? []).map((name) => goTo('Cut', name)),
    ...nextBlocked(model?.blocked ?? [], view.selected),
    ...(canGoBack(state) ? [{ title: 'Back', group: 'Go to', keys: 'Alt+←', run: back } as const] : []),
    ...(canGoForward(state) ? [{ title: 'Forward', group: 'Go to', keys: 'Alt+→', run: forward } as const] : []),
    { title: 'Fit the whole graph', group: 'View', keys: 'F', run: canvas('fit') },
    ...(view.selected
      ? [{ title: 'Zoom to the selection', group: 'View', run: canvas('zoom-selection') } as const]
      : []),
    {
      title: view.selected ? 'Unfold all inside the selection' : 'Unfold all',
      group: 'View',
      run: canvas('unfold-all'),
    },
    { title: 'Fold to the overview', group: 'View', run: canvas('overview') },
    { title: 'Data flows down', group: 'View', checked: view.direction === 'down', run: () => setDirection('down') },
    {
      title: 'Data flows to the right',
      group: 'View',
      checked: view.direction === 'right',
      run: () => setDirection('right'),
    },
    {
      title: 'Constants and weights as boxes',
      group: 'View',
      checked: view.constants,
      run: () => setConstants(!view.constants),
    },
    // Smaller screens have no room for it.
    ...(window.matchMedia('(min-width: 1081px)').matches
      ? [
          {
            title: 'Chart of the depth',
            group: 'View',
            checked: view.chart,
            run: () => setChart(!view.chart),
          } as const,
        ]
      : []),
    ...(Object.keys(colourNames) as ColourBy[]).map((colourBy): Action => ({
      title: `Colour by ${colourNames[colourBy]}`,
      group: 'Colour by',
      checked: view.colourBy === colourBy,
      run: () => setColourBy(colourBy),
    })),
    ...(suggested !== null && !made?.summary.tensors.includes(suggested)
      ? [{ title: 'Take the suggested cut', group: 'Cut', run: () => attempt(() => cut([suggested])) } as const]
      : []),
    ...undoing(state),
    { title: projectTexts.save, group: 'Save', keys: `${commandKey}S`, run: () => attempt(downloadProject) },
    ...(graph
      ? ([
          { title: 'Save the graph as SVG', group: 'Save', run: () => attempt(() => savePicture('svg')) },
          { title: 'Save the graph as PNG', group: 'Save', run: () => attempt(() => savePicture('png')) },
          { title: 'Print the graph', group: 'Save', keys: `${commandKey}P`, run: () => attempt(printGraph) },
        ] as const)
      : []),
    { title: 'Switch between light and dark', group: 'Page', run: toggleTheme },
    { title: headerTexts.present, group: 'Page', keys: 'P', checked: usePage.getState().present, run: togglePresent },
    { title: headerTexts.keys, group: 'Page', keys: '?', run: () => setKeysOpen(true) },
  ]
}

/** What can be undone and redone now. */
function undoing(state: State): Action[] {
  const [done, undone] = [lastStep(state), undoneStep(state)]
  const undoDone: Action[] = done
    ? [{ title: undoTexts.undoWhat(done.what), group: 'Edit', keys: `${commandKey}Z`, run: () => attempt(undo) }]
    : []
  const redoUndone: Action[] = undone
    ? [
        {
          title: undoTexts.redoWhat(undone.what),
          group: 'Edit',
          keys: `${commandKey}Shift+Z`,
          run: () => attempt(redo),
        },
      ]
    : []
  return [...undoDone, ...redoUndone]
}

function places(what: 'input' | 'output', tensors: readonly TensorSummary[]): Action[] {
  const shown = tensors.slice(0, mostPlaces)
  return shown.map(({ name }) => goTo(what === 'input' ? 'Input' : 'Output', name))
}

/** Goes through the operations that cannot be run, from the selected one on. */
function nextBlocked(blocked: readonly string[], selected: Selection | null): Action[] {
  if (blocked.length === 0) return []
  const at = selected?.kind === 'node' ? blocked.indexOf(selected.name) : -1
  const name = blocked[(at + 1) % blocked.length]
  return [
    {
      title: graphTexts.blocked.next(blocked.length),
      group: 'Go to',
      run: () => {
        show({ kind: 'node', name })
        runCommand('focus-graph')
      },
    },
  ]
}

const goTo = (what: string, name: string): Action => ({
  title: `${what}: ${name}`,
  group: 'Go to',
  run: () => {
    show({ kind: 'tensor', name })
    runCommand('focus-graph')
  },
})

/** Actions whose title or heading holds every word of the query. */
export function matching(actions: readonly Action[], query: string): Action[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return actions.filter(({ title, group }) => {
    const text = `${group} ${title}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
