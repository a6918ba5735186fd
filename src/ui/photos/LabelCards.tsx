import { useEffect, useState, type ReactNode } from 'react'
import { onShowPhoto, showPhoto } from '../../store/show-photo'
import { getState, useStore } from '../../store/state'
import { piecesOf, WhenNear } from '../common/WhenNear'
import { LabelCard } from './LabelCard'
import look from './LabelCards.module.css'

/** Labels whose cards come and go together, and about how high one is, in pixels. */
const atOnce = 8
const cardHeight = 170

/** The cards of all labels, one below the other; of many labels only those near what is seen are drawn. */
export function LabelCards(): ReactNode {
  const labels = useStore((state) => state.labels)
  const [wanted, setWanted] = useState<string | null>(null)
  // A photo can only be brought into sight where its card is.
  useEffect(
    () =>
      onShowPhoto((id) => {
        const label = getState().photos.find((photo) => photo.id === id)?.label ?? null
        if (label === null || label === wanted) return
        setWanted(label)
        requestAnimationFrame(() => showPhoto(id))
      }),
    [wanted],
  )
  return piecesOf(labels, atOnce).map((piece, at) => (
    <WhenNear
      as="div"
      key={at}
      className={look.piece}
      estimate={piece.length * cardHeight}
      wanted={at === 0 || (wanted !== null && piece.includes(wanted))}
    >
      {() => piece.map((label) => <LabelCard key={label} label={label} size="narrow" />)}
    </WhenNear>
  ))
}
