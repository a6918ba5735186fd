import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { IntakeList } from '../../images/intake/types'
import type { LabelSource, ListReading, PartSource } from '../../images/lists/types'
import { attempt } from '../../store/page/notices'
import { askAboutList, readListAs } from '../../store/photo-intake/lists'
import { listTexts } from '../../texts/photos/lists'
import { Button } from '../common/Button'
import stations from '../stations/Station.module.css'
import styles from './PhotoLists.module.css'

const texts = listTexts.ask

/** Shows a list's columns with examples and counts, and asks which of them says the labels. */
export function ListDialog({ of }: { readonly of: IntakeList }): ReactNode {
  const { list } = of
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [reading, setReading] = useState<ListReading>(
    of.reading ?? { file: 0, part: null, ...list.reading, label: null },
  )
  useEffect(() => {
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLInputElement>('input:checked')?.focus()
  }, [])
  const use = (): void => {
    attempt(() => readListAs(of, reading.label === null && reading.part === null ? null : reading))
    dialog.current?.close()
  }
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={() => askAboutList(null)}>
      <h2 id={id}>{texts.title(list)}</h2>
      <p>{texts.text(list)}</p>
      <Labels of={of} reading={reading} onChange={(label) => setReading({ ...reading, label })} />
      <Select
        label={texts.file}
        value={reading.file}
        options={list.columns.map((column, at) => ({ value: at, text: texts.fileColumn(column, at) }))}
        onChange={(file) => setReading({ ...reading, file })}
      />
      <Parts of={of} reading={reading} onChange={(part) => setReading({ ...reading, part })} />
      <div className={styles.buttons}>
        <Button look="primary" onClick={use}>
          {texts.use}
        </Button>
        <Button onClick={() => dialog.current?.close()}>{texts.cancel}</Button>
      </div>
    </dialog>
  )
}

interface PartProps<Value> {
  readonly of: IntakeList
  readonly reading: ListReading
  readonly onChange: (value: Value) => void
}

/** A radio for each column that can say labels, for one-hot columns together, and for none. */
function Labels({ of: { list }, reading, onChange }: PartProps<LabelSource | null>): ReactNode {
  const name = useId()
  const { label } = reading
  const oneHot = list.reading?.label?.kind === 'one-hot' ? list.reading.label : null
  const radio = (text: string, more: string, value: LabelSource | null, checked: boolean): ReactNode => (
    <label key={text} className={styles.choice}>
      <input type="radio" name={name} checked={checked} onChange={() => onChange(value)} />
      <span>
        <strong>{text}</strong>
        {more && <span>{more}</span>}
      </span>
    </label>
  )
  return (
    <fieldset className={styles.columns}>
      <legend>{texts.labels}</legend>
      {oneHot && radio(texts.oneHot(oneHot.columns.length), '', oneHot, label?.kind === 'one-hot')}
      {list.columns.map(
        (column, at) =>
          at !== reading.file &&
          radio(
            texts.column(column, at),
            texts.counts(column),
            { kind: 'column', column: at },
            label?.kind === 'column' && label.column === at,
          ),
      )}
      {radio(texts.leave, '', null, label === null)}
    </fieldset>
  )
}

/** Where parts are, if anywhere. */
function Parts({ of: { list }, reading, onChange }: PartProps<PartSource | null>): ReactNode {
  const byName = list.reading?.part?.kind === 'name'
  const choices: { part: PartSource | null; text: string }[] = [
    { part: null, text: texts.noPart },
    ...(byName ? [{ part: { kind: 'name' } as const, text: texts.names }] : []),
    ...list.columns.map((column, at) => ({
      part: { kind: 'column', column: at } as const,
      text: texts.column(column, at),
    })),
  ]
  const chosen = choices.findIndex(({ part }) => JSON.stringify(part) === JSON.stringify(reading.part))
  return (
    <Select
      label={texts.part}
      value={chosen}
      options={choices.map(({ text }, value) => ({ value, text }))}
      onChange={(at) => onChange(choices[at].part)}
    />
  )
}

interface SelectProps {
  readonly label: string
  readonly value: number
  readonly options: readonly { readonly value: number; readonly text: string }[]
  readonly onChange: (value: number) => void
}

function Select({ label, value, options, onChange }: SelectProps): ReactNode {
  return (
    <label className={stations.field}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  )
}
