import type { NodeProps } from '@xyflow/react'
import {
  Ellipsis,
  FunctionSquare,
  Layers2,
  Minus,
  Plus,
  Repeat,
  Scissors,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import { createContext, memo, use, type CSSProperties, type MouseEvent, type ReactNode } from 'react'
import { graphTexts } from '../../../texts/model/graph'
import type { OpCategory } from '../../../graph/op-tables/ops'
import styles from './Boxes.module.css'
import type { BoxData, BoxNode, Face } from './box-nodes'
import type { BoxLook } from '../../../view/scene/types'

/** Folds or unfolds the group of that path. */
export const ToggleContext = createContext<(path: string) => void>(() => undefined)

interface BoxStyle extends CSSProperties {
  '--cat': string
  '--fill'?: string
  '--ink'?: string
}

const colour = (category: OpCategory | undefined): string => `var(--cat-${category ?? 'other'})`

/** Small signs of what a group is, where the shape alone does not tell. */
const signs: Partial<Record<BoxLook, { readonly icon: LucideIcon; readonly says: string }>> = {
  function: { icon: FunctionSquare, says: 'The body of a function' },
  loop: { icon: Repeat, says: 'A loop' },
  blocks: { icon: Layers2, says: 'The same block several times' },
  run: { icon: Ellipsis, says: 'Operations in a row' },
}

function frameOf(data: BoxData, ...looks: string[]): { className: string; style: BoxStyle; 'aria-hidden': true } {
  const { face, faded, trained, selected, flat, fill } = data
  const states = [
    faded && styles.faded,
    trained && styles.trained,
    selected && styles.selected,
    flat && styles.flat,
    fill && styles.filled,
  ]
  return {
    'aria-hidden': true,
    className: [...looks, ...states].filter(Boolean).join(' '),
    style: {
      '--cat': colour(face.categories.at(0)?.category),
      ...(fill ? { '--fill': fill.fill, '--ink': fill.text } : {}),
    },
  }
}

/** A box's name to screen readers, in words; what is drawn on it would only be letters run together. */
function Spoken({ data: { face, cutInside, trained } }: BoxProps): ReactNode {
  const said = [
    face.spoken,
    cutInside && 'the cut is inside',
    trained && 'learns with the head',
    face.blocked > 0 && graphTexts.blocked.mark(face),
  ]
  return <span className="visually-hidden">{said.filter(Boolean).join(', ')}</span>
}

/** Says that an operation cannot be run here, or that there are such inside. */
function Blocked({ face }: { readonly face: Face }): ReactNode {
  if (face.blocked === 0) return null
  return (
    <span className={styles.blocked} title={graphTexts.blocked.mark(face)}>
      <TriangleAlert size={13} />
    </span>
  )
}

/** An operation, a folded group or the frame of an unfolded one. */
const Box = memo(
  function Box({ data }: NodeProps<BoxNode>): ReactNode {
    if (data.face.kind === 'node') return <OpBox data={data} />
    return data.face.unfolded ? <Frame data={data} /> : <GroupBox data={data} />
  },
  // React Flow also tells where a box is, which its inside does not depend on.
  (a, b) => a.data === b.data,
)

interface BoxProps {
  readonly data: BoxData
}

function OpBox({ data }: BoxProps): ReactNode {
  const { name, title, titleRows, label, look, lines } = data.face
  return (
    <>
      <Spoken data={data} />
      <div {...frameOf(data, styles.op, look === 'constant' ? styles.constant : '')} title={name}>
        <Blocked face={data.face} />
        <span className={titleRows === 2 ? styles.longTitle : styles.title}>{title}</span>
        {lines.map((line, i) => (
          <span key={i} className={styles.line}>
            {line}
          </span>
        ))}
        <span className={styles.name}>{label}</span>
      </div>
    </>
  )
}

function GroupBox({ data }: BoxProps): ReactNode {
  const { face, cutInside, fill } = data
  const { name, look, title, titleRows, label, lines, categories } = face
  // A title of two lines leaves room for one more; one of one line, for two in a pattern's box.
  const below = [label, ...lines].filter(Boolean)
  const long = titleRows === 2
  const shown = look === 'pattern' && !long ? below.slice(0, 2) : [below.join(' · ')]
  return (
    <>
      <Spoken data={data} />
      <div
        {...frameOf(data, styles.group, look === 'pattern' ? styles.pattern : '')}
        title={[title, label, name].filter((text, i, all) => text && all.indexOf(text) === i).join('\n')}
      >
        <span className={styles.heading}>
          <Sign look={look} />
          <span className={long ? styles.longTitle : styles.title}>{title}</span>
          <Blocked face={face} />
          {cutInside && (
            <span className={styles.cutInside} title={graphTexts.view.cutInside}>
              <Scissors size={13} />
            </span>
          )}
          <FoldMark path={name} unfolded={false} />
        </span>
        {shown.map((line, i) => (
          <span key={i} className={styles.name}>
            {line}
          </span>
        ))}
        {!fill && (
          <span className={styles.shares}>
            {categories.map(({ category, share }) => (
              <span key={category} style={{ flexGrow: share, background: colour(category) }} />
            ))}
          </span>
        )}
      </div>
    </>
  )
}

function Frame({ data }: BoxProps): ReactNode {
  return (
    <>
      <Spoken data={data} />
      <div {...frameOf(data, styles.frame)}>
        <div className={styles.header} title={data.face.name}>
          <FrameTitle face={data.face} />
        </div>
      </div>
    </>
  )
}

/** What stands in a frame's header. */
export function FrameTitle({ face }: { readonly face: Face }): ReactNode {
  const { name, look, title, label, lines } = face
  return (
    <>
      <FoldMark path={name} unfolded />
      <Sign look={look} />
      <Blocked face={face} />
      <span className={styles.title}>{title}</span>
      <span className={styles.name}>{[label, ...lines].filter(Boolean).join(' · ')}</span>
    </>
  )
}

function Sign({ look }: { readonly look: BoxLook }): ReactNode {
  const sign = signs[look]
  if (!sign) return null
  const { icon: Icon, says } = sign
  return (
    <span className={styles.sign} title={says} aria-hidden>
      <Icon size={13} />
    </span>
  )
}

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

/** The kinds of nodes that React Flow draws: there is one. */
export const boxTypes = { box: Box }
