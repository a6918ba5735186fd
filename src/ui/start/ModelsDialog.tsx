import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { leaveFound, openFound, useModelsAsked, type FoundModel } from '../../store/opening/which-model'
import { openTexts } from '../../texts/model/open'
import { Button } from '../common/Button'
import styles from './ModelsDialog.module.css'

/** Asks which of several models that were found is to be opened. */
export function ModelsDialog(): ReactNode {
  const asked = useModelsAsked((state) => state.asked)
  // One question may follow another: which file, then which part of it.
  return asked && <WhichModel key={asked.models[0].choice} models={asked.models} />
}

function WhichModel({ models }: { readonly models: readonly FoundModel[] }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const { which } = openTexts
  const oneFile = models.every(({ part, path }) => part !== null && path === models[0].path)
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={leaveFound}>
      <h2 id={id}>{oneFile ? which.parts(models.length) : which.models(models.length)}</h2>
      <p>{which.text}</p>
      <ul className={styles.models} onKeyDown={walk}>
        {models.map((model, position) => (
          <li key={model.choice}>
            <button type="button" autoFocus={position === 0} onClick={() => openFound(model.choice)}>
              <strong>{model.part ?? model.path}</strong>
              <span>{[model.part === null ? null : model.path, model.format].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button onClick={() => dialog.current?.close()}>{which.leave}</Button>
    </dialog>
  )
}

/** Arrows, Home and End walk over the models. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll('button')]
  const at = all.findIndex((button) => button === document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  all.at(Math.min(Math.max(to, 0), all.length - 1))?.focus()
}
