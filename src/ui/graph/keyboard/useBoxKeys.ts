import type { KeyboardEvent, RefObject } from 'react'
import type { Point } from '../../../layout/types'
import type { BoxNode } from '../boxes/box-nodes'
import { boxActions, canvasActions, type AtBox, type BoxWay } from '../../../actions/boxes'
import { byKeys } from '../../../actions/keys'
import { getState } from '../../../store/state/state'
import { lookupsOf } from '../lookups'
import { useFocusOnBox } from './useFocusOnBox'
import { following, isLandmark, neighbour } from './walk'
import type { Selection } from '../../../view/selection'
import type { Scene, SceneBox } from '../../../view/scene/types'

interface BoxKeys {
  readonly element: RefObject<HTMLElement | null>
  readonly scene: Scene | null
  readonly nodes: readonly BoxNode[]
  /** The box of what is selected. */
  readonly selectedBox: SceneBox | undefined
  readonly bring: (id: string, onlyIfHidden?: boolean) => void
  readonly toggle: (path: string) => void
  readonly onSelect: (selection: Selection | null) => void
  readonly pickTensor: (tensor: string, at: Point | null, byKeyboard: boolean) => void
}

/**
 * The keys of the graph: arrows follow the data, Home and End lead to the first and the last box, Page Down and Page Up
 * from box to box as they are read, `[` and `]` from scope to scope and block to block; Enter and Space fold and unfold a group or select an
 * operation, Backspace and `-` fold the group around, C picks the tensor that leaves a box, Escape clears the selection.
 */
export function useBoxKeys(keys: BoxKeys): {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly focusOn: (id: string) => void
} {
  const { element, scene, nodes, selectedBox, bring, toggle, onSelect, pickTensor } = keys
  const { focusOn, onItsWay } = useFocusOnBox(element, nodes)

  const goTo = (box: SceneBox | undefined) => {
    if (!box) return
    bring(box.id, true)
    focusOn(box.id)
  }

  const selectNothing = (): void => {
    onSelect(null)
    // The card goes; the keyboard goes back to the graph.
    if (selectedBox) focusOn(selectedBox.id)
  }
  const pickingOf = ({ ports }: SceneBox): AtBox['pickTensor'] => {
    const output = ports.at(0)
    return output ? () => pickTensor(output.tensor, null, true) : null
  }
  const at = (shown: Scene, box: SceneBox): AtBox => ({
    walk: (arrow) => goTo(neighbour(shown, box, arrow)),
    goTo: (way) => goTo(ways[way](shown, box)),
    open() {
      onSelect({ kind: box.kind === 'node' ? 'node' : 'scope', name: box.name })
      if (box.kind === 'node') return
      toggle(box.name)
      focusOn(box.id)
    },
    foldAround() {
      const frame = box.unfolded ? box : box.parent === null ? undefined : lookupsOf(shown).boxes.get(box.parent)
      if (!frame) return
      toggle(frame.name)
      focusOn(frame.id)
    },
    pickTensor: pickingOf(box),
  })

  const onKeyDown = (event: KeyboardEvent) => {
    // Wherever in the graph the keyboard is.
    byKeys(canvasActions, 'graph', event)?.run(selectNothing)
    const action = byKeys(boxActions, 'graph', event)
    if (!action) return
    const focused = event.target instanceof Element ? event.target.closest('.react-flow__node') : null
    if (!focused || !scene) return
    const box = lookupsOf(scene).boxes.get(onItsWay() ?? focused.getAttribute('data-id') ?? '')
    if (!box) return
    const there = at(scene, box)
    if (!action.enabled(getState(), there)) return
    event.preventDefault()
    action.run(there)
  }

  return { onKeyDown, focusOn }
}

/** Where ways lead that go through boxes as they are read. */
const ways: Readonly<Record<BoxWay, (scene: Scene, box: SceneBox) => SceneBox | undefined>> = {
  first: (scene) => following(scene, undefined, 1),
  last: (scene) => following(scene, undefined, -1),
  next: (scene, box) => following(scene, box, 1),
  previous: (scene, box) => following(scene, box, -1),
  'next block': (scene, box) => following(scene, box, 1, isLandmark),
  'previous block': (scene, box) => following(scene, box, -1, isLandmark),
}
