import type { ReactNode } from 'react'
import { fittingPool, givenShapes } from '../../../graph/graft/network/fitting'
import type { NetworkFacts } from '../../../graph/graft/network/types'
import { useStore } from '../../../store/state/state'
import { ownTexts as texts } from '../../../texts/heads/own'
import { Button } from '../../common/Button'
import headStyles from '../HeadSettings.module.css'
import styles from './OwnNetworkField.module.css'

/** Which shapes fit the cut, and whether what a network takes is one of them. */
export function Fitting({ taken }: { readonly taken: readonly number[] | null }): ReactNode {
  const summary = useStore((state) => state.cut?.summary ?? null)
  if (!summary) return null
  const cut = { ...summary, tensors: summary.tensors.length }
  const shapes = givenShapes(cut).map(({ shape }) => shape)
  if (taken === null) return <p className={headStyles.help}>{texts.fits(shapes)}</p>
  if (fittingPool(taken, cut) !== null) return null
  return <p className={styles.problem}>{texts.fitsNot(taken, shapes)}</p>
}

interface OutputsProps {
  readonly network: NetworkFacts
  readonly isRenewed: boolean
  readonly onRenew: () => void
}

/** What to do where a network has not as many outputs as there are labels. */
export function Outputs({ network, isRenewed, onRenew }: OutputsProps): ReactNode {
  const labels = useStore((state) => state.labels.length)
  if (isRenewed || labels < 2 || network.outputs === labels) return null
  return (
    <div className={styles.problem}>
      <p>{texts.outputsNot(network.outputs, labels)}</p>
      {network.lastInputs === null ? <p>{texts.outputsNext}</p> : <Button onClick={onRenew}>{texts.renew}</Button>}
    </div>
  )
}
