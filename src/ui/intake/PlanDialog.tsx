import { useEffect, useId, useRef, type ReactNode } from 'react'
import {
  choosePlan,
  leavePlanned,
  takePlanned,
  usePlanAsked,
  type Asked,
  type Planned,
} from '../../store/photo-intake/plan-asked'
import { intakeTexts as texts } from '../../texts/photos/intake'
import { Button } from '../common/Button'
import { FolderTree } from './FolderTree'
import { PlanLists } from './PlanLists'
import styles from './PlanDialog.module.css'

/** Asks how dropped files are to be taken in, where that is not plain, or where the user wants it otherwise. */
export function PlanDialog(): ReactNode {
  const asked = usePlanAsked((state) => state.asked)
  return asked && <HowToTake planned={asked} />
}

function HowToTake({ planned }: { readonly planned: Asked }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const { plan } = planned
  const { boxes } = plan
  const taken = plan.photos.filter((photo) => photo !== null)
  const labels = new Set(taken.map(({ label }) => label)).size
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={leavePlanned}>
      <h2 id={id}>{boxes ? texts.boxesTitle : texts.title}</h2>
      {boxes && <p>{texts.boxes(boxes.formats, boxes.files)}</p>}
      <div className={styles.choices}>
        <Levels planned={planned} />
        <Marks planned={planned} />
        <Encodings planned={planned} />
        <PlanLists planned={planned} />
        {plan.tree.folders.length > 0 && !boxes && <FolderTree tree={plan.tree} />}
      </div>
      <p role="status">{taken.length === 0 ? texts.none : texts.summary(taken.length, labels)}</p>
      <div className={styles.buttons}>
        <Button
          look="primary"
          autoFocus
          disabled={taken.length === 0 || planned.plannedFor !== planned.choices}
          onClick={takePlanned}
        >
          {texts.take}
        </Button>
        <Button onClick={() => dialog.current?.close()}>{texts.leave}</Button>
      </div>
    </dialog>
  )
}

/** Which folders are labels. */
function Levels({ planned: { plan, choices } }: { readonly planned: Planned }): ReactNode {
  const name = useId()
  if (plan.levels.length < 2) return null
  const chosen = (choices.level ?? plan.level).join()
  return (
    <fieldset className={styles.levels}>
      <legend>{texts.level}</legend>
      {plan.levels.map(({ depths, labels, examples }) => (
        <label key={depths.join()}>
          <input
            type="radio"
            name={name}
            checked={depths.join() === chosen}
            onChange={() => choosePlan({ level: depths })}
          />
          <span>
            {texts.option(
              labels,
              examples.map(({ label }) => label),
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** What is kept or left out. */
function Marks({ planned: { plan, choices } }: { readonly planned: Planned }): ReactNode {
  const { parts, loose } = plan
  const partsUsed = choices.parts ?? parts?.used ?? false
  const looseTaken = choices.loose ?? loose?.taken ?? false
  return (
    <>
      {parts && (
        <label>
          <input type="checkbox" checked={partsUsed} onChange={() => choosePlan({ parts: !partsUsed })} />
          <span>{texts.parts(parts.names, parts.photos)}</span>
        </label>
      )}
      {loose && (
        <label>
          <input type="checkbox" checked={looseTaken} onChange={() => choosePlan({ loose: !looseTaken })} />
          <span>{texts.loose(loose.photos)}</span>
        </label>
      )}
    </>
  )
}

/** In which encodings the names in zips are. */
function Encodings({ planned: { listing, choices } }: { readonly planned: Planned }): ReactNode {
  return listing.archives.map(({ path, encodings }) => (
    <label key={path} className={styles.encoding}>
      <span>{texts.encoding(path)}</span>
      <select
        value={choices.encodings?.[path] ?? encodings[0]}
        onChange={({ target }) => choosePlan({ encodings: { ...choices.encodings, [path]: target.value } })}
      >
        {encodings.map((encoding) => (
          <option key={encoding} value={encoding}>
            {texts.encodingName(encoding)}
          </option>
        ))}
      </select>
    </label>
  ))
}
