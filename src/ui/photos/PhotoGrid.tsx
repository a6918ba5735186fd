import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { byKeys } from '../../actions/keys'
import { perform } from '../../actions/perform'
import { photoActions, type AtPhoto } from '../../actions/photos'
import { select, selectedIds, toggleSelected, useSelection } from '../../store/photos/selection'
import { onShowPhoto } from '../../store/photos/show-photo'
import { getState } from '../../store/state/state'
import type { Photo } from '../../store/state/types'
import { photoTexts as texts } from '../../texts/photos/photos'
import { photosType } from './drags'
import { cellId, PhotoCell } from './PhotoCell'
import styles from './PhotoGrid.module.css'
import { useRows } from './useRows'

interface PhotoGridProps {
  readonly label: string
  readonly photos: readonly Photo[]
  readonly size: 'narrow' | 'wide'
}

/**
 * A label's photos, of which only those on screen are drawn. One stop for the Tab key: arrows walk, Space selects, Shift
 * selects all from the last one that was chosen, M moves, Delete deletes.
 */
export function PhotoGrid({ label, photos, size }: PhotoGridProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const rows = useRows(box, photos.length, size)
  const selected = useSelection((state) => state.ids)
  const [walked, setWalked] = useState(0)
  const [focused, setFocused] = useState(false)
  /** Where a selection with Shift begins. */
  const anchor = useRef(0)
  const active = Math.min(walked, photos.length - 1)
  const pitch = rows.side + rows.gap

  const walkTo = (index: number, extend: boolean): void => {
    const next = Math.max(0, Math.min(index, photos.length - 1))
    setWalked(next)
    if (extend) selectUpTo(next)
    else anchor.current = next
    scrollTo(box.current, Math.floor(next / rows.columns) * pitch, rows.side)
  }
  const selectUpTo = (index: number): void => {
    const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)]
    select(photos.slice(from, to + 1).map(({ id }) => id))
  }
  // Someone elsewhere leads to one of these photos.
  useEffect(() =>
    onShowPhoto((id) => {
      const index = photos.findIndex((photo) => photo.id === id)
      if (index < 0) return
      walkTo(index, false)
      box.current?.focus({ preventScroll: true })
      box.current?.scrollIntoView({ block: 'nearest' })
    }),
  )
  const choose = (index: number, event: MouseEvent): void => {
    setWalked(index)
    if (event.shiftKey) return selectUpTo(index)
    anchor.current = index
    const { id } = photos[index]
    if (event.ctrlKey || event.metaKey || isTouch(event)) toggleSelected(id)
    else select([id])
  }
  /** Where keys lead, in photos from the one one is at. */
  const stepOf = (key: string): number => {
    const steps: Partial<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -rows.columns,
      ArrowDown: rows.columns,
      PageUp: -4 * rows.columns,
      PageDown: 4 * rows.columns,
      Home: -photos.length,
      End: photos.length,
    }
    return steps[key] ?? 0
  }
  const at: AtPhoto = {
    walk: (key, extend) => walkTo(active + stepOf(key), extend),
    toggle: () => toggleSelected(photos[active].id),
    selectAll: () => select(photos.map(({ id }) => id)),
    selectIfNone() {
      if (selectedIds().size === 0) select([photos[active].id])
    },
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = byKeys(photoActions, 'photos', event)
    if (!action?.enabled(getState(), at, event)) return
    event.preventDefault()
    event.stopPropagation()
    perform(action, at, event)
  }
  const onDragStart = (event: DragEvent): void => {
    const index = indexOf(event)
    if (index === null) return
    if (!selected.has(photos[index].id)) select([photos[index].id])
    event.dataTransfer.setData(photosType, label)
    event.dataTransfer.effectAllowed = 'move'
  }

  const drawn = photos.slice(rows.from, rows.to)
  const activeDrawn = active >= rows.from && active < rows.to
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={texts.label.photosOf(label)}
      aria-multiselectable
      aria-activedescendant={activeDrawn ? cellId(photos[active].id) : undefined}
      className={styles.grid}
      data-size={size}
      onScroll={rows.onScroll}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onClick={(event) => {
        const index = indexOf(event)
        if (index !== null) choose(index, event)
      }}
      onDragStart={onDragStart}
    >
      <div role="presentation" className={styles.all} style={{ height: rows.height }}>
        {drawn.map((photo, at) => {
          const index = rows.from + at
          return (
            <PhotoCell
              key={photo.id}
              photo={photo}
              index={index}
              count={photos.length}
              selected={selected.has(photo.id)}
              active={focused && index === active}
              left={(index % rows.columns) * pitch}
              top={Math.floor(index / rows.columns) * pitch}
              side={rows.side}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The place of the photo that an event is about. */
function indexOf({ target }: { readonly target: EventTarget }): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return cell ? Number(cell.dataset.index) : null
}

/** Fingers have no Ctrl key: a tap adds to what is selected. */
const isTouch = ({ nativeEvent }: MouseEvent): boolean =>
  nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'

function scrollTo(box: HTMLElement | null, top: number, side: number): void {
  if (!box) return
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + side > box.scrollTop + box.clientHeight) box.scrollTop = top + side - box.clientHeight
}
