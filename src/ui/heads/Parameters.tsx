import type { ReactNode } from 'react'
import { parametersOf, poolOf } from '../../heads/specs'
import { useStore } from '../../store/state/state'
import { trainTexts as texts } from '../../texts/training/train'
import type { CutSummary } from '../../types'
import styles from './HeadSettings.module.css'

/** How many numbers the head would learn; nothing where that is not known yet. */
export function Parameters(): ReactNode {
  const head = useStore((state) => state.options.head)
  const labels = useStore((state) => state.labels.length)
  const cut = useStore((state) => state.cut?.summary ?? null)
  const features = cut && featuresOf(cut, poolOf(head.kind, head) === 'flatten')
  const parameters = features && parametersOf(head.kind, head, features, Math.max(2, labels))
  return parameters === null ? null : <p className={styles.help}>{texts.parameters(parameters)}</p>
}

/** How many features the head gets; null where the photo's size decides. */
function featuresOf({ tensors, shape, featureLength }: CutSummary, flattened: boolean): number | null {
  if (!flattened) return featureLength
  if (tensors.length > 1) return null
  return shape.slice(1).reduce<number | null>((all, size) => (all === null || size === null ? null : all * size), 1)
}
