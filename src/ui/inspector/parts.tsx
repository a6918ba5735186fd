import { Check, Copy, Scissors } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { OpCategory } from '../../graph/op-tables/ops'
import { formatBytes, formatShape, shorten } from '../common/format'
import styles from './Inspector.module.css'
import type { Selection } from '../../view/selection'
import type { NodeRow, TensorRow, WeightRow } from '../../view/describe/types'

/** The colour of text about an op of a category; the constants' own is too faint to read. */
export const inkOf = (category: OpCategory): string =>
  category === 'constant' ? 'var(--text-muted)' : `var(--cat-${category})`

interface HeadingProps {
  readonly kind: string
  readonly title: string
  /** Full name, to be copied. */
  readonly name: string
  /** A CSS colour. */
  readonly colour?: string
}

/** What is selected, and its full name with a button that copies it. */
export function Heading({ kind, title, name, colour }: HeadingProps): ReactNode {
  return (
    <header className={styles.heading}>
      {kind !== title && <p className={styles.kind}>{kind}</p>}
      <h2 style={{ color: colour }}>{title}</h2>
      {name !== '' && (
        <p className={styles.name}>
          <span>{name}</span>
          <CopyButton key={name} text={name} />
        </p>
      )}
    </header>
  )
}

function CopyButton({ text }: { readonly text: string }): ReactNode {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    // Outside a secure context there is no clipboard.
    const done = 'clipboard' in navigator ? navigator.clipboard.writeText(text) : Promise.reject(new Error())
    await done.then(
      () => setCopied(true),
      () => undefined,
    )
    setTimeout(() => setCopied(false), 1500)
  }
  const Icon = copied ? Check : Copy
  return (
    <button type="button" aria-label={copied ? 'Copied' : 'Copy the name'} title="Copy" onClick={() => void copy()}>
      <Icon size={14} aria-hidden />
    </button>
  )
}

/** A titled part of the panel. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** Facts in two columns. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: string])[] }): ReactNode {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Rows drawn at first, and more at each asking. */
const rowsAtOnce = 24

/** A list that shows its beginning, and more when asked. */
function Rows<T>({ items, row }: { readonly items: readonly T[]; readonly row: (item: T, i: number) => ReactNode }) {
  const [shown, setShown] = useState(rowsAtOnce)
  const more = items.length - shown
  return (
    <ul className={styles.list}>
      {items.slice(0, shown).map(row)}
      {more > 0 && (
        <li>
          <button type="button" className={styles.more} onClick={() => setShown(shown + 4 * rowsAtOnce)}>
            {more.toLocaleString('en')} more
          </button>
        </li>
      )}
    </ul>
  )
}

interface ListProps<T> {
  readonly rows: readonly T[]
  readonly onSelect: (selection: Selection) => void
}

/** Tensors to click on, with shape and type; weights also with how they are stored. */
export function TensorList({ rows, onSelect }: ListProps<TensorRow>): ReactNode {
  return (
    <Rows
      key={rows.at(0)?.tensor}
      items={rows}
      row={({ tensor, role, shape, dtype, recommended, weight }, i) => (
        <li key={`${i} ${tensor}`}>
          <button
            type="button"
            className={styles.row}
            title={tensor}
            onClick={() => onSelect({ kind: 'tensor', name: tensor })}
          >
            {role !== null && <span className={styles.role}>{role}</span>}
            <span className={styles.tensor}>{shorten(tensor, 40)}</span>
            <span className={styles.shape}>
              {recommended && <Scissors size={12} aria-label="recommended cut" />}
              {formatShape(weight?.shape ?? shape)} · {weight?.dtype ?? dtype}
              {weight && ` · ${formatBytes(weight.bytes)}${storage(weight)}`}
            </span>
          </button>
        </li>
      )}
    />
  )
}

/** How a weight lies in the file, where that is otherwise than it is used: `, stored as float16`. */
export function storage({ stored, dtype }: WeightRow): string {
  return stored !== null && stored !== dtype ? `, stored as ${stored}` : ''
}

interface NodeListProps {
  readonly nodes: readonly NodeRow[]
  readonly onSelect: (selection: Selection) => void
}

/** Nodes to click on. */
export function NodeList({ nodes, onSelect }: NodeListProps): ReactNode {
  return (
    <Rows
      key={nodes.at(0)?.name}
      items={nodes}
      row={({ name, title, category }) => (
        <li key={name}>
          <button type="button" className={styles.row} title={name} onClick={() => onSelect({ kind: 'node', name })}>
            <span className={styles.node} style={{ color: inkOf(category) }}>
              {title}
            </span>
            <span className={styles.shape}>{shorten(name, 44)}</span>
          </button>
        </li>
      )}
    />
  )
}
