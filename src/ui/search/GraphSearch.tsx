import { Command, Search } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { actions } from '../../actions'
import { ariaKeys, byKeys } from '../../actions/keys'
import { searchActions } from '../../actions/others'
import { graphTexts } from '../../texts/model/graph'
import { actionTexts } from '../../texts/page/actions'
import type { ViewEngine } from '../../view/types'
import { useButton } from '../common/useButton'
import { Answered } from './answered'
import { FoundRow } from './FoundRow'
import styles from './GraphSearch.module.css'
import { useFound } from './useFound'
import type { Selection } from '../../view/selection'
import type { SearchResults, FoundResult } from '../../view/find/types'

/** Results drawn at once; the rest is counted. */
const shownAtMost = 60

export interface GraphSearchProps {
  readonly engine: ViewEngine
  readonly model: number
  /** Whether shapes and cuts are known; when they come, what was found is looked for again. */
  readonly complete: boolean
  readonly field: RefObject<HTMLInputElement | null>
  readonly onShow: (selection: Selection) => void
  readonly onCut: (tensor: string) => void
  /** Gives the keyboard back to the graph. */
  readonly onLeave: () => void
}

/**
 * Finds nodes, groups and tensors by name, op, shape or attribute: Enter shows one on the graph, with Ctrl or Cmd it is
 * cut there too.
 */
export function GraphSearch(props: GraphSearchProps): ReactNode {
  const { engine, model, complete, field, onShow, onCut, onLeave } = props
  const commands = useButton(actions.commands)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)

  const choose = (result: FoundResult, alsoCut: boolean): void => {
    setOpen(false)
    onShow(result.selection)
    if (alsoCut && result.tensor?.canCut) onCut(result.tensor.name)
  }
  const take = (result: FoundResult, alsoCut: boolean): void => {
    choose(result, alsoCut)
    onLeave()
  }
  // Enter pressed before the answer to the last letter is there waits for it.
  const [answered] = useState(() => new Answered<SearchResults, { readonly alsoCut: boolean }>())
  const takeFirst = ({ results }: SearchResults, alsoCut: boolean): void => {
    if (results[0]) take(results[0], alsoCut)
  }
  const query = text.trim()
  const { found, current } = useFound(engine, model, complete, query, shownAtMost, (found) => {
    const wish = answered.came(`${model} ${query}`, found)
    if (wish) takeFirst(found, wish.alsoCut)
  })
  const results = found?.results ?? []
  const chosen = results.at(Math.min(active, results.length - 1))

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(results.length - 1, to))
    setOpen(true)
    setActive(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  const takeChosen = (alsoCut: boolean): void => {
    if (current) {
      if (chosen) take(chosen, alsoCut)
      return
    }
    const undrawn = answered.wanted(`${model} ${query}`, { alsoCut })
    if (undrawn) takeFirst(undrawn, alsoCut)
  }
  const leave = (): void => {
    setOpen(false)
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      move(open ? active + step : active)
      return
    }
    const action = byKeys(searchActions, 'search', event)
    if (!action) return
    event.preventDefault()
    action.run({ take: takeChosen, leave })
  }
  return (
    <div
      ref={root}
      className={styles.search}
      role="search"
      onBlur={(event) => {
        if (!root.current?.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <div className={styles.field}>
        <Search size={16} aria-hidden />
        <input
          ref={field}
          type="search"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-label={actionTexts.find}
          aria-expanded={open}
          aria-autocomplete="list"
          aria-keyshortcuts={ariaKeys(actions.find)}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && chosen ? `${id}-${results.indexOf(chosen)}` : undefined}
          placeholder={graphTexts.search.placeholder}
          value={text}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onChange={(event) => {
            setText(event.target.value)
            answered.typed()
            setActive(0)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" {...commands} aria-keyshortcuts={ariaKeys(actions.commands)}>
          <Command size={15} aria-hidden />
        </button>
      </div>
      {open && (
        <div className={styles.list} aria-busy={!current}>
          <ul id={`${id}-list`} role="listbox" aria-label={graphTexts.search.found}>
            {results.map((result, index) => (
              <FoundRow
                key={`${result.selection.kind} ${result.selection.name}`}
                id={`${id}-${index}`}
                result={result}
                query={text}
                active={result === chosen}
                onChoose={(alsoCut) => choose(result, alsoCut)}
              />
            ))}
          </ul>
          <p className={styles.more} role="status">
            {summary(found, query, complete)}
          </p>
        </div>
      )}
    </div>
  )
}

function summary(
  found: { readonly total: number; readonly results: readonly unknown[] } | null,
  query: string,
  complete: boolean,
): string {
  if (!found) return 'Looking …'
  const { total, results } = found
  if (query === '') return complete ? 'Recommended cuts, inputs and outputs' : 'Inputs and outputs'
  if (total === 0) return 'Nothing of that name. Try a part of it, an op such as “Mean”, or a shape such as 7×7.'
  const number = total.toLocaleString('en')
  return total > results.length ? `${number} found, the likeliest ${results.length} shown` : `${number} found`
}
