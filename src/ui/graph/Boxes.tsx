import type { NodeProps } from '@xyflow/react'
import { Minus, Plus, Scissors } from 'lucide-react'
import { createContext, memo, use, type CSSProperties, type MouseEvent, type ReactNode } from 'react'
import type { OpCategory } from '../../graph/ops'
import styles from './Boxes.module.css'
import type { BoxNode, BoxState } from './boxNodes'

/** Folds or unfolds the group of that path. */
export const ToggleContext = createContext<(path: string) => void>(() => undefined)

interface CategoryStyle extends CSSProperties {
  '--cat': string
}

const colour = (category: OpCategory): string => `var(--cat-${category})`

function classes(look: string, { faded, selected, flat }: BoxState): string {
  return [look, faded && styles.faded, selected && styles.selected, flat && styles.flat].filter(Boolean).join(' ')
}

const OpBox = memo(function OpBox({ data }: NodeProps<BoxNode>): ReactNode {
  const { text } = data
  const style: CategoryStyle = { '--cat': colour(text.categories[0].category) }
  return (
    <div className={classes(styles.op, data)} style={style} title={text.whole}>
      <span className={styles.title}>{text.title}</span>
      {text.brief && <span className={styles.brief}>{text.brief}</span>}
      <span className={styles.name}>{text.name}</span>
    </div>
  )
})

const GroupBox = memo(function GroupBox({ data }: NodeProps<BoxNode>): ReactNode {
  const { box, text, cutInside } = data
  return (
    <div className={classes(styles.group, data)} title={text.whole}>
      <span className={styles.heading}>
        <span className={styles.title}>{text.title}</span>
        {cutInside && <Scissors className={styles.cutInside} size={13} aria-label="The cut is inside" />}
        <FoldMark path={box.name} unfolded={false} />
      </span>
      <span className={styles.name}>{text.name}</span>
      <span className={styles.shares}>
        {text.categories.map(({ category, share }) => (
          <span key={category} style={{ flexGrow: share, background: colour(category) }} />
        ))}
      </span>
    </div>
  )
})

const Frame = memo(function Frame({ data }: NodeProps<BoxNode>): ReactNode {
  const { box, text } = data
  return (
    <div className={classes(styles.frame, data)}>
      <div className={styles.header} title={text.whole}>
        <FoldMark path={box.name} unfolded />
        <span className={styles.title}>{text.title}</span>
        <span className={styles.name}>{text.name}</span>
      </div>
    </div>
  )
})

/** The mark to click on; with the keyboard the box itself folds and unfolds. */
function FoldMark({ path, unfolded }: { readonly path: string; readonly unfolded: boolean }): ReactNode {
  const toggle = use(ToggleContext)
  const Icon = unfolded ? Minus : Plus
  const onClick = (event: MouseEvent) => {
    event.stopPropagation()
    toggle(path)
  }
  return (
    <span
      className={styles.fold}
      aria-hidden
      title={unfolded ? 'Fold' : 'Unfold'}
      data-fold={path}
      onClick={onClick}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon size={14} strokeWidth={2.5} />
    </span>
  )
}

export const boxTypes = { op: OpBox, scope: GroupBox, frame: Frame }
