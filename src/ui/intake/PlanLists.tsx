import type { ReactNode } from 'react'
import type { IntakeChoices, IntakeList } from '../../images/intake/types'
import type { LabelSource, ListReading } from '../../images/lists/types'
import { choosePlan, type Planned } from '../../store/photo-intake/plan-asked'
import { listTexts } from '../../texts/photos/lists'
import styles from './PlanDialog.module.css'

/** What the dropped lists were taken for, and which of their columns says the labels. */
export function PlanLists({ planned: { plan, choices } }: { readonly planned: Planned }): ReactNode {
  return plan.lists
    .filter(({ list }) => list.kind !== 'unrelated')
    .map((one) => <PlanList key={one.list.paths[0]} of={one} choices={choices} />)
}

function PlanList({ of, choices }: { readonly of: IntakeList; readonly choices: IntakeChoices }): ReactNode {
  const { list } = of
  const [path] = list.paths
  const chosen = choices.lists?.[path]
  const reading = chosen === undefined ? of.reading : chosen
  const options = optionsOf(of, reading)
  const value = options.findIndex(({ label }) => JSON.stringify(label) === JSON.stringify(reading?.label ?? null))
  const choose = (label: LabelSource | null): void => {
    const as: ListReading = { file: 0, part: null, ...list.reading, ...reading, label }
    choosePlan({ lists: { ...choices.lists, [path]: label === null ? null : as } })
  }
  return (
    <div className={styles.list}>
      <p>{listTexts.said(of)}</p>
      <label className={styles.encoding}>
        <span>{listTexts.ask.labelsOf(list)}</span>
        <select value={value} onChange={({ target }) => choose(options[Number(target.value)].label)}>
          {options.map(({ text }, at) => (
            <option key={`${at} ${text}`} value={at}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** Where a list's labels may be: in none of its columns, in the headings of some, or in one, told with its values. */
function optionsOf({ list }: IntakeList, reading: ListReading | null): { label: LabelSource | null; text: string }[] {
  const { ask } = listTexts
  const oneHot = list.reading?.label?.kind === 'one-hot' ? list.reading.label : null
  const file = reading?.file ?? list.reading?.file ?? 0
  return [
    { label: null, text: reading !== null && reading.label === null ? ask.partsAlone : ask.leave },
    ...(oneHot ? [{ label: oneHot, text: ask.oneHot(oneHot.columns.length) }] : []),
    ...list.columns.flatMap((column, at) =>
      at === file
        ? []
        : [
            {
              label: { kind: 'column', column: at } as const,
              text: `${ask.column(column, at)} (${ask.counts(column)})`,
            },
          ],
    ),
  ]
}
