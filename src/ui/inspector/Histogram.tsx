import type { ReactNode } from 'react'
import type { WeightStatistics } from '../../types'
import { formatValue } from '../common/format'
import styles from './Histogram.module.css'

const height = 64

/** How often values occur, in equal steps from the least to the greatest. */
export function Histogram({ statistics }: { readonly statistics: WeightStatistics }): ReactNode {
  const { histogram, min, max } = statistics
  if (min === null || max === null || histogram.length === 0) return null
  const most = Math.max(...histogram)
  const zero = min < 0 && max > 0 ? (-min / (max - min)) * histogram.length : null
  return (
    <figure className={styles.histogram}>
      <svg
        viewBox={`0 0 ${histogram.length} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram: ${describe(statistics)}`}
      >
        {zero !== null && <line x1={zero} x2={zero} y1={0} y2={height} className={styles.zero} />}
        {histogram.map((count, step) => {
          const tall = count === 0 ? 0 : Math.max(1, (count / most) * height)
          return (
            <rect key={step} x={step + 0.06} width={0.88} y={height - tall} height={tall}>
              <title>{`${count.toLocaleString('en')} from ${formatValue(edge(statistics, step))} to ${formatValue(edge(statistics, step + 1))}`}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption>
        <span>{formatValue(min)}</span>
        {zero !== null && zero / histogram.length > 0.15 && zero / histogram.length < 0.85 && (
          <span className={styles.zeroLabel} style={{ left: `${(zero / histogram.length) * 100}%` }}>
            0
          </span>
        )}
        <span>{formatValue(max)}</span>
      </figcaption>
    </figure>
  )
}

/** The value at which a step begins. */
function edge({ min, max, histogram }: WeightStatistics, step: number): number {
  return (min ?? 0) + (((max ?? 0) - (min ?? 0)) * step) / histogram.length
}

function describe(statistics: WeightStatistics): string {
  const { histogram, min, max } = statistics
  const commonest = histogram.indexOf(Math.max(...histogram))
  return (
    `values from ${formatValue(min ?? 0)} to ${formatValue(max ?? 0)}, most often between ` +
    `${formatValue(edge(statistics, commonest))} and ${formatValue(edge(statistics, commonest + 1))}`
  )
}
