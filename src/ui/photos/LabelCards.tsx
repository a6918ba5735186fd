import { memo, useEffect, useState, type ReactNode } from 'react'
import { onShowPhoto, showPhoto } from '../../store/photos/show-photo'
import { getState, useStore } from '../../store/state/state'
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
    <Piece key={at} labels={piece} wanted={at === 0 || (wanted !== null && piece.includes(wanted))} />
  ))
}

interface PieceProps {
  readonly labels: readonly string[]
  readonly wanted: boolean
}

/** Some cards; drawn again only when their own labels have changed, however many others come. */
const Piece = memo(
  function Piece({ labels, wanted }: PieceProps): ReactNode {
    return (
      <WhenNear as="div" className={look.piece} estimate={labels.length * cardHeight} wanted={wanted}>
        {() => labels.map((label) => <LabelCard key={label} label={label} size="narrow" />)}
      </WhenNear>
    )
  },
  (before, now) =>
    before.wanted === now.wanted &&
    before.labels.length === now.labels.length &&
    before.labels.every((label, at) => label === now.labels[at]),
)
