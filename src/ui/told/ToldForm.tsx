import { useState, type ReactNode } from 'react'
import { CutpointError } from '../../errors'
import { toldTexts as texts } from '../../texts/model/told'
import type { Told } from '../../types'
import { Button } from '../common/Button'
import { entriesOf, fieldsOf, kinds, toldOf, type Field } from './entries'
import styles from './Telling.module.css'

interface ToldFormProps {
  readonly told: Told | null
  readonly onTold: (told: Told) => void
}

/** What a layer does, chosen from a list, with the numbers or the formula that belong to it. */
export function ToldForm({ told, onTold }: ToldFormProps): ReactNode {
  const [kind, setKind] = useState<Told['does']>(told?.does ?? 'formula')
  const [entries, setEntries] = useState(() => entriesOf(told))
  const [problem, setProblem] = useState<string | null>(null)
  const use = (): void => {
    try {
      onTold(toldOf(kind, entries))
      setProblem(null)
    } catch (error) {
      if (!(error instanceof CutpointError)) throw error
      setProblem(`${error.message} ${error.next}`)
    }
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        use()
      }}
    >
      <label>
        <span>{texts.does}</span>
        <select value={kind} onChange={(event) => setKind(kinds[event.target.selectedIndex])}>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {texts.kinds[each]}
            </option>
          ))}
        </select>
      </label>
      {fieldsOf(kind).map((field: Field) => (
        <label key={field}>
          <span>{texts[field]}</span>
          <input
            value={entries[field]}
            spellCheck={false}
            aria-invalid={problem !== null}
            onChange={(event) => setEntries({ ...entries, [field]: event.target.value })}
          />
        </label>
      ))}
      {kind === 'formula' && <p>{texts.formulaHelp}</p>}
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <Button type="submit" look="primary">
        {texts.apply}
      </Button>
    </form>
  )
}
