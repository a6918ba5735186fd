import { memo, useMemo, type ReactNode } from 'react'
import type { OpCategory } from '../../../graph/op-tables/ops'
import type { ColourBy } from '../../../store/graph-view/view'
import { graphTexts } from '../../../texts/model/graph'
import { colourTitles, type Colouring } from './colours'
import styles from './Legend.module.css'
import type { Scene } from '../../../view/scene/types'

interface LegendProps {
  readonly scene: Scene
  readonly colourBy: ColourBy
  readonly colours: Colouring
  readonly onColourBy: (colourBy: ColourBy) => void
}

const choices = Object.keys(colourTitles) as ColourBy[]

const categoryNames: Readonly<Record<OpCategory, string>> = {
  convolution: 'convolution',
  matmul: 'matrix product',
  normalisation: 'normalisation',
  activation: 'activation',
  pool: 'pooling',
  elementwise: 'elementwise',
  shape: 'shape',
  reduction: 'reduction',
  control: 'control',
  input: 'input',
  constant: 'constant',
  image: 'image',
  other: 'other',
}

/** More kinds than this are told by their number, with their names when it is pointed at. */
const mostNamed = 7

/** What the boxes' colours mean, and the choice of it. */
export const Legend = memo(function Legend({ scene, colourBy, colours, onColourBy }: LegendProps): ReactNode {
  const categories = useMemo(() => categoriesIn(scene), [scene])
  const { scale } = colours
  const [named, further] = [categories.slice(0, mostNamed), categories.slice(mostNamed)]
  return (
    <div className={styles.legend} role="group" aria-label={graphTexts.view.colours}>
      <label className={styles.choice}>
        <span className={styles.by} aria-hidden>
          {graphTexts.view.colourBy}
        </span>
        <select
          aria-label={graphTexts.view.colourBy}
          value={colourBy}
          onChange={(event) => onColourBy(event.target.value as ColourBy)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {colourTitles[choice]}
            </option>
          ))}
        </select>
      </label>
      {colourBy === 'category' && (
        <ul className={styles.kinds}>
          {named.map((category) => (
            <li key={category}>
              <span className={styles.dot} style={{ background: `var(--cat-${category})` }} />
              {categoryNames[category]}
            </li>
          ))}
          {further.length > 0 && (
            <li title={further.map((category) => categoryNames[category]).join(', ')}>+{further.length}</li>
          )}
        </ul>
      )}
      {scale && (
        <div className={styles.scale}>
          <span className={styles.bar} style={{ background: scale.gradient }} aria-hidden />
          <span className={styles.ends}>
            {scale.ends.map((end) => (
              <span key={end}>{end}</span>
            ))}
          </span>
        </div>
      )}
      {colourBy !== 'category' && !scale && <p className={styles.nothing}>{nothingToTell(colourBy, scene)}</p>}
    </div>
  )
})

function nothingToTell(colourBy: ColourBy, { complete }: Scene): string {
  if (colourBy === 'distance') return 'Nothing is cut yet.'
  return complete ? 'Nothing that is shown has any.' : 'Still being worked out …'
}

/** The kinds of operations in what is shown, those with the largest share of boxes first. */
function categoriesIn({ boxes }: Scene): OpCategory[] {
  const counts = new Map<OpCategory, number>()
  for (const { unfolded, categories, size } of boxes) {
    if (unfolded) continue
    for (const { category, share } of categories) counts.set(category, (counts.get(category) ?? 0) + share * size)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([category]) => category)
}
