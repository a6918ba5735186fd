import { getState } from '../store/state/state'
import { actionTexts } from '../texts/page/actions'
import { action, always } from './define'
import type { Action } from './types'

const texts = actionTexts.keys

export type Arrow = 'up' | 'down' | 'left' | 'right'

/** Ways from a box to another as they are read. */
export type BoxWay = 'first' | 'last' | 'next' | 'previous' | 'next block' | 'previous block'

/** What the graph can do from the box that has the keyboard. */
export interface AtBox {
  /** Goes along the data. */
  readonly walk: (arrow: Arrow) => void
  readonly goTo: (way: BoxWay) => void
  /** Unfolds or folds a group, selects an operation. */
  readonly open: () => void
  readonly foldAround: () => void
  /** Picks the tensor that leaves it; null where none does. */
  readonly pickTensor: (() => void) | null
}

type BoxAction = Action<[AtBox]>

const walk = (key: string, arrow: Arrow): BoxAction =>
  action<[AtBox]>({
    keys: { place: 'graph', keys: [key], help: texts.walkData },
    enabled: always,
    run: (box) => box.walk(arrow),
  })

const goTo = (key: string, way: BoxWay, help: string): BoxAction =>
  action<[AtBox]>({ keys: { place: 'graph', keys: [key], help }, enabled: always, run: (box) => box.goTo(way) })

/** What keys do at the box of the graph that has the keyboard. */
export const boxActions = {
  walkUp: walk('ArrowUp', 'up'),
  walkDown: walk('ArrowDown', 'down'),
  walkLeft: walk('ArrowLeft', 'left'),
  walkRight: walk('ArrowRight', 'right'),
  previousBox: goTo('PageUp', 'previous', texts.boxByBox),
  nextBox: goTo('PageDown', 'next', texts.boxByBox),
  previousBlock: goTo('[', 'previous block', texts.blocks),
  nextBlock: goTo(']', 'next block', texts.blocks),
  firstBox: goTo('Home', 'first', texts.firstAndLast),
  lastBox: goTo('End', 'last', texts.firstAndLast),
  openBox: action<[AtBox]>({
    keys: { place: 'graph', keys: ['Enter', 'Space'], help: texts.open },
    enabled: always,
    run: (box) => box.open(),
  }),
  foldAround: action<[AtBox]>({
    keys: { place: 'graph', keys: ['Backspace', '-'], help: texts.foldAround },
    enabled: always,
    run: (box) => box.foldAround(),
  }),
  pickTensor: action<[AtBox]>({
    keys: { place: 'graph', keys: ['C'], help: texts.pickTensor },
    enabled: (_, box) => box.pickTensor !== null,
    run: (box) => box.pickTensor?.(),
  }),
} satisfies Readonly<Record<string, BoxAction>>

/** What keys do wherever in the graph the keyboard is. */
export const canvasActions = {
  selectNothing: action<[select: () => void]>({
    keys: { place: 'graph', keys: ['Escape'], help: texts.selectNothing },
    enabled: ({ view }) => view.selected !== null,
    run: (select) => {
      if (getState().view.selected !== null) select()
    },
  }),
}
