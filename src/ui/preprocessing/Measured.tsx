import type { ReactNode } from 'react'
import { clearlyBest, timesBetter } from '../../store/training/clearly-best'
import { drawnModel, useStore } from '../../store/state/state'
import { preprocessingTexts } from '../../texts/training/preprocessing'
import type { ChannelOrder, InputRange } from '../../types'
import styles from './Measured.module.css'

const { measured: texts, ranges } = preprocessingTexts

/** How well the photos fit in each range, where that could be measured. */
export function Measured(): ReactNode {
  const measured = useStore((state) => (state.rangeMeasured?.model === state.model?.id ? state.rangeMeasured : null))
  const model = useStore(drawnModel)
  const fileSaid = model?.preprocessingBasis === 'files' ? model.preprocessing : null
  if (!measured) return null
  const { fits, photos } = measured
  const best = clearlyBest(measured, null)
  const second = fits.find(({ range }) => range !== fits[0].range)
  return (
    <section className={styles.measured} aria-label={texts.title}>
      <table>
        <caption>{texts.title}</caption>
        <thead>
          <tr>
            <th scope="col">{preprocessingTexts.range}</th>
            <th scope="col">{texts.fit}</th>
          </tr>
        </thead>
        <tbody>
          {fits.map(({ range, order, divergence }, place) => (
            <tr key={range + order} data-best={place === 0}>
              <th scope="row">{nameOf(range, order)}</th>
              <td>{misfit(divergence)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {best && second
          ? texts.better(shortName(best.range), shortName(second.range), timesBetter(best, second))
          : texts.unclear}{' '}
        {texts.explained(photos)}
      </p>
      {best && fileSaid && best.range !== fileSaid.range && (
        <p className={styles.against}>{texts.against(shortName(fileSaid.range))}</p>
      )}
    </section>
  )
}

function nameOf(range: InputRange, order: ChannelOrder): string {
  return ranges[range] + (order === 'bgr' ? texts.swapped : '')
}

/** Without the networks that use it. */
const shortName = (range: InputRange): string => ranges[range].replace(/ \(.*/, '')

/** Two digits that count; large ones in whole thousands. */
function misfit(divergence: number): string {
  if (divergence >= 1000) return Math.round(divergence).toLocaleString('en')
  return divergence >= 10 ? divergence.toFixed(0) : divergence.toFixed(2)
}
