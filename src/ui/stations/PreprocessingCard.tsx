import { useState, type ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { drawnModel, useStore, type State } from '../../store/state/state'
import { setPreprocessing } from '../../store/training/training'
import { preprocessingTexts as texts } from '../../texts/training/preprocessing'
import type { Preprocessing } from '../../types'
import { Button } from '../common/Button'
import { Measured } from '../preprocessing/Measured'
import { Strip } from '../preprocessing/Strip'
import styles from './Station.module.css'

/** How pictures are made ready: from the model where it says, else asked, below what the network then sees. */
export function PreprocessingCard(): ReactNode {
  const preprocessing = useStore((state) => (drawnModel(state) ? state.preprocessing : null))
  const known = useStore((state) => state.preprocessingKnown)
  if (!preprocessing) return null
  return <Card key={String(known)} preprocessing={preprocessing} known={known} />
}

interface CardProps {
  readonly preprocessing: Preprocessing
  /** Whether the files or the user have said it. */
  readonly known: boolean
}

function Card({ preprocessing, known }: CardProps): ReactNode {
  const [open, setOpen] = useState(!known)
  const { width, height, how } = preprocessing
  const asksNumbers = useStore(areNumbersAsked)
  const asksSize = useStore(isSizeAsked)
  return (
    <details className={styles.details} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.summary(width, height, how)}</summary>
      <div>
        {!known && (
          <div className={styles.warning}>
            {asksNumbers && <p>{texts.unknown}</p>}
            {asksSize && <p>{texts.unknownSize}</p>}
          </div>
        )}
        {open && <Strip preprocessing={preprocessing} />}
        <Sizes preprocessing={preprocessing} />
        <Measured />
        <Choice
          label={texts.range}
          options={texts.ranges}
          value={preprocessing.range}
          onChange={(range) => change({ range })}
        />
        <Choice label={texts.fit} options={texts.fits} value={preprocessing.fit} onChange={(fit) => change({ fit })} />
        <Choice
          label={texts.order}
          options={texts.orders}
          value={preprocessing.order}
          onChange={(order) => change({ order })}
        />
        {!known && <Button onClick={() => change({})}>{texts.use}</Button>}
      </div>
    </details>
  )
}

/** Whether neither the files nor photos tell which numbers it wants. */
const areNumbersAsked = ({ model, preprocessing }: State): boolean =>
  model?.preprocessingBasis === 'assumed' && preprocessing?.how === model.preprocessing?.how

/** Whether the network takes pictures of any size. */
const isSizeAsked = ({ model }: State): boolean =>
  model !== null && (model.inputSize.width === null || model.inputSize.height === null)

function change(part: Partial<Preprocessing>): void {
  attempt(async () => Promise.resolve(setPreprocessing(part)))
}

/** Width and height, where the network takes any. */
function Sizes({ preprocessing }: { readonly preprocessing: Preprocessing }): ReactNode {
  const fixed = useStore((state) => state.model?.inputSize ?? null)
  return (['width', 'height'] as const).map((side) =>
    fixed?.[side] === null ? (
      <label key={side} className={styles.field}>
        <span>{texts.size[side]}</span>
        <input
          type="number"
          min={1}
          max={4096}
          defaultValue={preprocessing[side]}
          onBlur={(event) => {
            if (event.target.valueAsNumber !== preprocessing[side]) change({ [side]: event.target.valueAsNumber })
          }}
        />
      </label>
    ) : null,
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: Record<Value, string>
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>): ReactNode {
  const values = Object.keys(options) as Value[]
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(values[event.target.selectedIndex])}>
        {values.map((key) => (
          <option key={key} value={key}>
            {options[key]}
          </option>
        ))}
      </select>
    </label>
  )
}
