import type { ReactNode } from 'react'
import { formatBytes, formatCount, formatPercent } from '../common/format'
import styles from './Amounts.module.css'
import type { Amounts as AmountsOf } from '../../view/describe/types'

interface AmountsProps {
  readonly amounts: AmountsOf | null
  readonly complete: boolean
}

/** What something costs, with its share of the whole network as a small bar. */
export function Amounts({ amounts, complete }: AmountsProps): ReactNode {
  if (!amounts) return complete ? null : <p className={styles.waiting}>What it costs is being worked out …</p>
  const { parameters, multiplyAdds, weightBytes, outputBytes, share } = amounts
  const rows = [
    { name: 'Parameters', value: parameters, text: formatCount(parameters), share: share.parameters },
    { name: 'Multiply-adds', value: multiplyAdds, text: formatCount(multiplyAdds), share: share.multiplyAdds },
    { name: 'Weights as stored', value: weightBytes, text: formatBytes(weightBytes), share: share.weightBytes },
    { name: 'Output for one picture', value: outputBytes, text: formatBytes(outputBytes), share: null },
  ].filter(({ value }) => value > 0)
  if (rows.length === 0) return null
  return (
    <dl className={styles.amounts}>
      {rows.map((row) => (
        <div key={row.name}>
          <dt>{row.name}</dt>
          <dd>
            {row.text}
            {row.share !== null && <span className={styles.share}>{shareText(row.share)}</span>}
          </dd>
          {row.share !== null && (
            <dd className={styles.track} aria-hidden>
              <span style={{ width: `${Math.max(1, row.share * 100)}%` }} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** 0.0004 → `under 0.1 %`, 0.073 → `7.3 % of all`. */
function shareText(share: number): string {
  if (share < 0.001) return 'under 0.1 % of all'
  return `${formatPercent(share, share < 0.1 ? 1 : 0)} of all`
}
