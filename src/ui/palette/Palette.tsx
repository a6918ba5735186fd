import { Check } from 'lucide-react'
import { Fragment, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from '../../store/state/state'
import { keyLines, paletteItems } from '../../actions'
import { shownKeys } from '../../actions/keys'
import type { PaletteItem } from '../../actions/types'
import { attempt } from '../../store/page/notices'
import { graphTexts } from '../../texts/model/graph'
import { actionTexts } from '../../texts/page/actions'
import { matching } from './matching'
import styles from './Palette.module.css'

/** Keys of the graph, for reading only. */
const graphKeys = keyLines('graph')

/** Everything that can be done with the graph, in one list to filter. Open as long as it is there. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const state = useStore()
  const dialog = useRef<HTMLDialogElement>(null)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const actions = matching(paletteItems(state), query)
  const chosen = Math.min(active, actions.length - 1)

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  const run = (action: PaletteItem): void => {
    // First closed, so that what it does may move the keyboard's focus.
    dialog.current?.close()
    attempt(async () => {
      await action.run()
    })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = Math.max(0, Math.min(actions.length - 1, chosen + step))
      setActive(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault()
      run(actions[chosen])
    }
  }
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={graphTexts.palette.title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
    >
      <div className={styles.inside} onKeyDown={onKeyDown}>
        <input
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          aria-label={graphTexts.palette.find}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          placeholder={graphTexts.palette.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
        />
        <ul id={`${id}-list`} role="listbox" aria-label={graphTexts.palette.title}>
          {actions.map((action, i) => (
            <Fragment key={action.title}>
              {action.group !== actions.at(i - 1)?.group || i === 0 ? (
                <li role="presentation" className={styles.group}>
                  {actionTexts.groups[action.group]}
                </li>
              ) : null}
              <li
                id={`${id}-${i}`}
                role="option"
                aria-selected={i === chosen}
                className={styles.action}
                onClick={() => run(action)}
                onMouseMove={() => setActive(i)}
              >
                <span className={styles.check}>
                  {action.checked && <Check size={15} aria-label={actionTexts.on} />}
                </span>
                <span className={styles.title}>{action.title}</span>
                {action.keys && <kbd>{shownKeys(action.keys)}</kbd>}
              </li>
            </Fragment>
          ))}
        </ul>
        {actions.length === 0 && <p className={styles.none}>{graphTexts.palette.none}</p>}
        <p className={styles.keys}>
          {graphKeys.map(({ keys, help }) => (
            <span key={help}>
              <kbd>{shownKeys(...keys)}</kbd> {help}
            </span>
          ))}
        </p>
      </div>
    </dialog>
  )
}
