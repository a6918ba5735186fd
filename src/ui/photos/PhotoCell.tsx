import { memo, type CSSProperties, type ReactNode } from 'react'
import type { Photo } from '../../store/state/types'
import { photoTexts as texts } from '../../texts/photos/photos'
import { useThumbnail } from '../common/useThumbnail'
import styles from './PhotoGrid.module.css'

interface PhotoCellProps {
  readonly photo: Photo
  readonly index: number
  /** Photos of the label. */
  readonly count: number
  readonly selected: boolean
  readonly active: boolean
  readonly left: number
  readonly top: number
  readonly side: number
}

/** One photo of a grid. What clicks and keys do with it is the grid's part. */
export const PhotoCell = memo(function PhotoCell(cell: PhotoCellProps): ReactNode {
  const { photo, index, count, selected, active, left, top, side } = cell
  const thumbnail = useThumbnail(photo.hash)
  const part = texts.photo.part[photo.part] + (photo.pinned ? `, ${texts.photo.pinned}` : '')
  const place: CSSProperties = { transform: `translate(${left}px, ${top}px)`, width: side, height: side }
  return (
    <div
      role="option"
      id={cellId(photo.id)}
      className={styles.cell}
      style={place}
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={texts.photo.spoken(photo.name, part)}
      title={texts.photo.spoken(photo.name, part)}
      data-index={index}
      data-active={active}
      data-part={photo.part}
      draggable
    >
      {thumbnail !== null && <img src={thumbnail} alt="" draggable={false} />}
    </div>
  )
})

/** The element of a photo, for `aria-activedescendant`. */
export const cellId = (id: string): string => `photo-cell-${id}`
