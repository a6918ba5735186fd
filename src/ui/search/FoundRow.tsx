import { Box, Group, Scissors, Spline, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { withKeys } from '../../actions/keys'
import { searchActions } from '../../actions/others'
import { graphTexts } from '../../texts/model/graph'
import { shorten } from '../common/format'
import styles from './GraphSearch.module.css'
import { marked } from './marked'
import type { Selection } from '../../view/selection'
import type { FoundResult } from '../../view/find/types'

interface FoundRowProps {
  readonly id: string
  readonly result: FoundResult
  readonly query: string
  readonly active: boolean
  readonly onChoose: (alsoCut: boolean) => void
}

const icons: Record<Selection['kind'], LucideIcon> = { node: Box, scope: Group, tensor: Spline }

/** One thing that was found: its name with what matched, what it is, and scissors where it can be cut. */
export function FoundRow({ id, result, query, active, onChoose }: FoundRowProps): ReactNode {
  const { selection, name, detail, tensor } = result
  const Icon = icons[selection.kind]
  return (
    <li
      id={id}
      role="option"
      aria-selected={active}
      className={styles.row}
      title={name}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(false)}
    >
      <Icon size={15} aria-hidden className={styles.kind} />
      <span className={styles.text}>
        <span className={styles.name}>
          {marked(shorten(name, 36), query).map(({ text, hit }, i) => (hit ? <mark key={i}>{text}</mark> : text))}
        </span>
        <span className={styles.facts}>
          {detail}
          {tensor?.recommended && <span className={styles.recommended}> · recommended</span>}
        </span>
      </span>
      {tensor?.canCut && (
        // For the mouse; with the keyboard it is Ctrl+Enter, or the “Cut here” of what Enter shows.
        <span
          className={styles.cut}
          aria-hidden
          title={withKeys(graphTexts.cutHere, searchActions.cutFound)}
          onClick={(event) => {
            event.stopPropagation()
            onChoose(true)
          }}
        >
          <Scissors size={15} />
        </span>
      )}
    </li>
  )
}
