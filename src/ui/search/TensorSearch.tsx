import { Scissors, Search } from 'lucide-react'
import { useDeferredValue, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { cut } from '../../store/cut'
import { attempt } from '../../store/notices'
import { useStore } from '../../store/state'
import { show } from '../../store/view'
import type { TensorSummary } from '../../types'
import { formatShape, shorten } from '../common/format'
import look from './TensorSearch.module.css'

/** Results drawn at once; the rest is counted. */
const shownAtMost = 60

/** Finds tensors by name, op or shape; Enter shows one on the graph, the scissors cut there. */
export function TensorSearch(): ReactNode {
  const tensors = useStore((state) => state.model?.tensors ?? null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const query = useDeferredValue(text)
  const found = useMemo(() => search(tensors ?? [], query), [tensors, query])
  const id = useId()
  const root = useRef<HTMLDivElement>(null)

  const choose = (tensor: TensorSummary): void => {
    show({ kind: 'tensor', name: tensor.name })
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false)
    if (event.key === 'Enter' && found.length > 0) choose(found[Math.min(active, found.length - 1)])
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    setOpen(true)
    const next = Math.max(0, Math.min(Math.min(found.length, shownAtMost) - 1, active + step))
    setActive(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div
      ref={root}
      className={look.search}
      onBlur={(event) => {
        if (!root.current?.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <label className={look.field}>
        <Search size={16} aria-hidden />
        <input
          type="search"
          role="combobox"
          aria-label="Find a tensor"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && found.length > 0 ? `${id}-${active}` : undefined}
          placeholder="Find a tensor by name, op or shape"
          value={text}
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      {open && (
        <div className={look.list}>
          <ul id={`${id}-list`} role="listbox" aria-label="Tensors found">
            {found.slice(0, shownAtMost).map((tensor, index) => (
              <li
                key={tensor.name}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className={look.row}
                title={tensor.name}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(tensor)}
              >
                <span className={look.text}>
                  <span className={look.name}>{shorten(tensor.name, 44)}</span>
                  <span className={look.facts}>
                    {tensor.op} · {formatShape(tensor.shape)}
                    {tensor.recommended && ' · recommended'}
                  </span>
                </span>
                {tensor.canCut && (
                  // For the mouse; with the keyboard, Enter shows the tensor with its “Cut here” button.
                  <span
                    className={look.cut}
                    aria-hidden
                    title="Cut here"
                    onClick={(event) => {
                      event.stopPropagation()
                      choose(tensor)
                      attempt(() => cut([tensor.name]))
                    }}
                  >
                    <Scissors size={15} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          <p className={look.more}>
            {found.length === 0
              ? 'Nothing of that name. Try a part of it, an op such as “Mean”, or a shape such as 7×7.'
              : found.length > shownAtMost
                ? `${found.length - shownAtMost} more; type on to narrow it down`
                : `${found.length} found`}
          </p>
        </div>
      )}
    </div>
  )
}

/** Tensors whose name, op or shape holds every word of the query; those that can be cut and recommended ones first. */
function search(tensors: readonly TensorSummary[], query: string): TensorSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = tensors.filter((tensor) => {
    if (tensor.op === 'Const' && words.length === 0) return false
    const text =
      `${tensor.name} ${tensor.op} ${tensor.shape?.map((size) => size ?? 'batch').join('×') ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word) || text.includes(word.replaceAll('x', '×')))
  })
  const rank = (tensor: TensorSummary): number => (tensor.recommended ? 0 : tensor.canCut ? 1 : 2)
  return found
    .map((tensor, index) => ({ tensor, index }))
    .sort((a, b) => rank(a.tensor) - rank(b.tensor) || a.index - b.index)
    .map(({ tensor }) => tensor)
}
