import type { Direction } from '../../layout/types'
import { noHistory, type History, type Spot } from './places'
import { recallSettings } from './kept-view'
import type { Selection } from '../../view/selection'

/** What the boxes' colours stand for. */
export type ColourBy = 'category' | 'parameters' | 'multiplyAdds' | 'outputBytes' | 'distance'

/** What boxes can be coloured by, in the order of the menu. */
export const colourings: readonly ColourBy[] = ['category', 'parameters', 'multiplyAdds', 'outputBytes', 'distance']

/** What the user likes whatever the model; kept between visits. */
export interface ViewSettings {
  readonly direction: Direction
  /** Whether constants and weights get boxes of their own. */
  readonly constants: boolean
  readonly colourBy: ColourBy
  /** Whether the chart of parameters and multiply-adds stands beside the graph. */
  readonly chart: boolean
}

/** A wish to see something. */
export interface Focus {
  /** null where only the spot matters. */
  readonly selection: Selection | null
  readonly sequence: number
  /** Where exactly, when the user goes back to a place. */
  readonly spot?: Spot
}

export interface ViewState extends ViewSettings {
  /** Paths of the groups that are unfolded; null for the opening view. */
  readonly unfolded: ReadonlySet<string> | null
  readonly selected: Selection | null
  /** What to bring into view; the number tells a new wish from the one before. */
  readonly focus: Focus | null
  readonly history: History
}

const usual: ViewSettings = { direction: 'down', constants: false, colourBy: 'category', chart: true }

/** A view nobody has touched yet, as the user likes it. */
export function freshView(unfolded: ReadonlySet<string> | null = null): ViewState {
  return { ...settings(), unfolded, selected: null, focus: null, history: noHistory }
}

/** The settings of the last visit; what cannot be one is left out. */
function settings(): ViewSettings {
  const kept = recallSettings()
  const colourBy = colourings.find((one) => one === kept.colourBy)
  return {
    direction: kept.direction === 'right' ? 'right' : usual.direction,
    constants: typeof kept.constants === 'boolean' ? kept.constants : usual.constants,
    colourBy: colourBy ?? usual.colourBy,
    chart: typeof kept.chart === 'boolean' ? kept.chart : usual.chart,
  }
}
