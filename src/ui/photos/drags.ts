import { useState, type DragEvent } from 'react'
import { moveLabel } from '../../store/photos/labels'
import { attempt } from '../../store/page/notices'
import { movePhotos } from '../../store/photos/photos'
import { selectedInOrder } from '../../store/photos/selection'
import { getState } from '../../store/state/state'

/** The kind of photos that are dragged within the page; browsers show no more than the kind before they are dropped. */
export const photosType = 'application/x-cutpoint-photos'
/** The kind of a label that is dragged. */
export const labelType = 'application/x-cutpoint-label'

interface LabelDrop {
  /** What is held above. */
  readonly over: 'photos' | 'label' | null
  readonly handlers: {
    onDragOver(event: DragEvent): void
    onDragLeave(event: DragEvent): void
    onDrop(event: DragEvent): void
  }
}

/** Makes a label's card take photos of other labels, and other labels into its place. */
export function useLabelDrop(label: string): LabelDrop {
  const [over, setOver] = useState<LabelDrop['over']>(null)
  return {
    over,
    handlers: {
      onDragOver(event) {
        const kind = kindOf(event)
        if (kind === null) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = 'move'
        setOver(kind)
      },
      onDragLeave(event) {
        const to = event.relatedTarget
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(null)
      },
      onDrop(event) {
        const kind = kindOf(event)
        setOver(null)
        if (kind === null) return
        event.preventDefault()
        event.stopPropagation()
        const dragged = event.dataTransfer.getData(labelType)
        attempt(async () => {
          if (kind === 'photos') movePhotos(selectedInOrder(), label)
          else moveLabel(dragged, getState().labels.indexOf(label))
          return Promise.resolve()
        })
      },
    },
  }
}

function kindOf({ dataTransfer: { types } }: DragEvent): 'photos' | 'label' | null {
  return types.includes(photosType) ? 'photos' : types.includes(labelType) ? 'label' : null
}
