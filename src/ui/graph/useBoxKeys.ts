import type { KeyboardEvent, RefObject } from 'react'
import type { Box, LaidOut, Point } from '../../layout/types'
import type { BoxNode } from './boxNodes'
import type { Selection } from './selection'
import { useFocusOnBox } from './useFocusOnBox'
import { directionOf, neighbour } from './walk'

interface BoxKeys {
  readonly element: RefObject<HTMLElement | null>
  readonly laid: LaidOut | null
  readonly nodes: readonly BoxNode[]
  /** The box of what is selected. */
  readonly selectedBox: Box | undefined
  readonly bring: (id: string, onlyIfHidden?: boolean) => void
  readonly toggle: (path: string) => void
  readonly onSelect: (selection: Selection | null) => void
  readonly pickTensor: (tensor: string, at: Point | null, byKeyboard: boolean) => void
}

/**
 * The keys of the graph: arrows follow the data, Enter and Space fold and unfold a scope or select an operation, C picks
 * the tensor that leaves a box, Escape clears the selection.
 */
export function useBoxKeys(keys: BoxKeys): (event: KeyboardEvent) => void {
  const { element, laid, nodes, selectedBox, bring, toggle, onSelect, pickTensor } = keys
  const focusOn = useFocusOnBox(element, nodes)

  const act = (box: Box, key: string): boolean => {
    const direction = directionOf(key)
    if (direction && laid) {
      const next = neighbour(laid, box, direction)
      if (!next) return true
      bring(next.id, true)
      focusOn(next.id)
      return true
    }
    const output = box.outputs.at(0)
    if (key === 'Enter' || key === ' ') {
      onSelect({ kind: box.kind === 'node' ? 'node' : 'scope', name: box.name })
      if (box.kind === 'node') return true
      toggle(box.name)
      focusOn(box.id)
      return true
    }
    if (key.toLowerCase() === 'c' && output) {
      pickTensor(output.tensor, null, true)
      return true
    }
    return false
  }

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape') {
      onSelect(null)
      // The card goes; the keyboard goes back to the graph.
      if (selectedBox) focusOn(selectedBox.id)
      return
    }
    const focused = event.target instanceof Element ? event.target.closest('.react-flow__node') : null
    const id = focused?.getAttribute('data-id')
    const box = laid?.boxes.find((candidate) => candidate.id === id)
    if (box && act(box, event.key)) event.preventDefault()
  }
}
