import type { KeyboardEvent, RefObject } from 'react'
import type { Point } from '../../../layout/types'
import type { Scene, SceneBox, Selection } from '../../../view/types'
import type { BoxNode } from '../boxes/box-nodes'
import { lookupsOf } from '../lookups'
import { useFocusOnBox } from './useFocusOnBox'
import { arrowOf, following, isLandmark, neighbour } from './walk'

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

  const act = (shown: Scene, box: SceneBox, key: string): boolean => {
    const arrow = arrowOf(key)
    const target = arrow ? { box: neighbour(shown, box, arrow) } : targetOf(key, shown, box)
    if (target) {
      goTo(target.box)
      return true
    }
    const output = box.ports.at(0)
    if (key === 'Enter' || key === ' ') {
      onSelect({ kind: box.kind === 'node' ? 'node' : 'scope', name: box.name })
      if (box.kind === 'node') return true
      toggle(box.name)
      focusOn(box.id)
      return true
    }
    if (key === 'Backspace' || key === '-') {
      const frame = box.unfolded ? box : box.parent === null ? undefined : lookupsOf(shown).boxes.get(box.parent)
      if (!frame) return true
      toggle(frame.name)
      focusOn(frame.id)
      return true
    }
    if (key.toLowerCase() === 'c' && output) {
      pickTensor(output.tensor, null, true)
      return true
    }
    return false
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') {
      onSelect(null)
      // The card goes; the keyboard goes back to the graph.
      if (selectedBox) focusOn(selectedBox.id)
      return
    }
    const focused = event.target instanceof Element ? event.target.closest('.react-flow__node') : null
    if (!focused || !scene) return
    const box = lookupsOf(scene).boxes.get(onItsWay() ?? focused.getAttribute('data-id') ?? '')
    if (box && act(scene, box, event.key)) event.preventDefault()
  }

  return { onKeyDown, focusOn }
}

/** Where a key leads that goes through boxes as they are read; undefined for other keys. */
function targetOf(key: string, scene: Scene, box: SceneBox): { readonly box: SceneBox | undefined } | undefined {
  if (key === 'Home') return { box: following(scene, undefined, 1) }
  if (key === 'End') return { box: following(scene, undefined, -1) }
  if (key === 'PageDown') return { box: following(scene, box, 1) }
  if (key === 'PageUp') return { box: following(scene, box, -1) }
  if (key === ']') return { box: following(scene, box, 1, isLandmark) }
  if (key === '[') return { box: following(scene, box, -1, isLandmark) }
  return undefined
}
