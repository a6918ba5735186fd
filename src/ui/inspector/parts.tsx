import { Check, Copy, Scissors } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { WeightInfo } from '../../graph/types'
import type { TensorSummary } from '../../types'
import { formatBytes, formatShape, shorten } from '../common/format'
import type { Selection } from '../graph/selection'
import styles from './Inspector.module.css'

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
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(name)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  const Icon = copied ? Check : Copy
  return (
    <header className={styles.heading}>
      <p className={styles.kind}>{kind}</p>
      <h2 style={{ color: colour }}>{title}</h2>
      <p className={styles.name}>
        <span>{name}</span>
        <button type="button" aria-label={copied ? 'Copied' : 'Copy the name'} title="Copy" onClick={() => void copy()}>
          <Icon size={14} aria-hidden />
        </button>
      </p>
    </header>
  )
}

/** A titled part of the panel; without children it is left out. */
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

interface TensorRowProps {
  readonly tensor: string
  readonly summary: TensorSummary | undefined
  /** What the tensor is to the node: the argument's name. */
  readonly role?: string | null
  readonly weight?: WeightInfo | undefined
  readonly onSelect: (selection: Selection) => void
}

/** A tensor to click on, with its shape and type; for a weight also how it is stored. */
export function TensorRow({ tensor, summary, role, weight, onSelect }: TensorRowProps): ReactNode {
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        title={tensor}
        onClick={() => onSelect({ kind: 'tensor', name: tensor })}
      >
        {role && <span className={styles.role}>{role}</span>}
        <span className={styles.tensor}>{shorten(tensor, 40)}</span>
        <span className={styles.shape}>
          {summary?.recommended && <Scissors size={12} aria-label="recommended cut" />}
          {formatShape(weight?.shape ?? summary?.shape ?? null)} · {weight?.dtype ?? summary?.dtype ?? 'unknown type'}
          {weight && ` · ${formatBytes(weight.bytes)}${storage(weight)}`}
        </span>
      </button>
    </li>
  )
}

function storage({ stored, dtype }: WeightInfo): string {
  return stored && stored.dtype !== dtype ? `, stored as ${stored.dtype}` : ''
}

/** More than this in a list is only counted. */
const mostRows = 24

interface TensorListProps {
  readonly tensors: readonly string[]
  readonly summaries: ReadonlyMap<string, TensorSummary>
  readonly onSelect: (selection: Selection) => void
}

export function TensorList({ tensors, summaries, onSelect }: TensorListProps): ReactNode {
  const more = tensors.length - mostRows
  return (
    <ul className={styles.list}>
      {tensors.slice(0, mostRows).map((tensor) => (
        <TensorRow key={tensor} tensor={tensor} summary={summaries.get(tensor)} onSelect={onSelect} />
      ))}
      {more > 0 && <li className={styles.more}>and {more} more</li>}
    </ul>
  )
}

interface NodeListProps {
  readonly nodes: readonly { readonly name: string; readonly title: string }[]
  readonly onSelect: (selection: Selection) => void
}

/** Nodes to click on. */
export function NodeList({ nodes, onSelect }: NodeListProps): ReactNode {
  const more = nodes.length - mostRows
  return (
    <ul className={styles.list}>
      {nodes.slice(0, mostRows).map(({ name, title }) => (
        <li key={name}>
          <button type="button" className={styles.row} title={name} onClick={() => onSelect({ kind: 'node', name })}>
            <span className={styles.tensor}>{title}</span>
            <span className={styles.shape}>{shorten(name, 38)}</span>
          </button>
        </li>
      ))}
      {more > 0 && <li className={styles.more}>and {more} more</li>}
    </ul>
  )
}
