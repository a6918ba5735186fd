import { Copy, Images, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAlike } from '../../store/photos/alike'
import { select } from '../../store/photos/selection'
import { photoTexts } from '../../texts/photos/photos'
import styles from './LabelCard.module.css'

const texts = photoTexts.alike

/** What in a label is there more than once; a click selects it. */
export function AlikeChips({ label }: { readonly label: string }): ReactNode {
  const alike = useAlike((state) => (Object.hasOwn(state, label) ? state[label] : null))
  if (!alike) return null
  const { copies, also, near } = alike
  return (
    <p className={styles.chips}>
      {also.map(({ label: other, ids }) => (
        <button key={other} type="button" data-kind="warning" title={texts.alsoHelp} onClick={() => select(ids)}>
          <TriangleAlert size={13} aria-hidden />
          {texts.also(ids.length, other)}
        </button>
      ))}
      {copies.length > 0 && (
        <button type="button" title={texts.copiesHelp} onClick={() => select(copies)}>
          <Copy size={13} aria-hidden />
          {texts.copies(copies.length)}
        </button>
      )}
      {near.length > 0 && (
        <button type="button" title={texts.nearHelp} onClick={() => select(near)}>
          <Images size={13} aria-hidden />
          {texts.near(near.length)}
        </button>
      )}
    </p>
  )
}
