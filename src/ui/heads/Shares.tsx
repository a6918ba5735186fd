import type { ReactNode } from 'react'
import { specOf } from '../../heads/specs'
import { useStore } from '../../store/state/state'
import { setOptions } from '../../store/training/training'
import { trainTexts as texts } from '../../texts/training/train'
import { Choice } from './Choice'

/** Which shares of the photos are held out to evaluate with, and to know when to stop. */
export function Shares(): ReactNode {
  const { split, head, tail } = useStore((state) => state.options)
  const total = split.train + split.validation + split.test
  const test = rounded(split.test / total)
  const validation = rounded(split.validation / total)
  const set = (shares: { test: number; validation: number }): void =>
    setOptions({ split: { ...shares, train: rounded(1 - shares.test - shares.validation) } })
  const says = (share: number): string => (share === 0 ? texts.shares.none : texts.shares.share(share))
  return (
    <>
      <Choice
        texts={texts.heldOut}
        value={test}
        values={[0, 0.1, 0.2, 0.5]}
        says={says}
        onChange={(share) => set({ test: share, validation })}
      />
      {(specOf(head.kind).watchesValidation || tail !== null || validation > 0) && (
        <Choice
          texts={texts.validation}
          value={validation}
          values={[0, 0.1, 0.2]}
          says={says}
          onChange={(share) => set({ test, validation: share })}
        />
      )}
    </>
  )
}

/** Without the dust of sums in binary. */
function rounded(share: number): number {
  return Math.round(share * 1000) / 1000
}
