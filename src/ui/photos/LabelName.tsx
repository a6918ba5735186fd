import { useState, type ReactNode, type Ref } from 'react'
import { cleanLabel } from '../../images/labels'
import { mergeLabels, renameLabel } from '../../store/photos/labels'
import { tellError } from '../../store/page/notices'
import { getState } from '../../store/state/state'
import { photoTexts } from '../../texts/photos/photos'
import { Button } from '../common/Button'
import styles from './LabelCard.module.css'

const texts = photoTexts.label

interface LabelNameProps {
  readonly label: string
  readonly photos: number
  readonly ref: Ref<HTMLInputElement>
}

/** A label's name, changed in place. The name of another label asks whether the two are to be one. */
export function LabelName({ label, photos, ref }: LabelNameProps): ReactNode {
  const [name, setName] = useState(label)
  const [other, setOther] = useState<string | null>(null)
  const rename = (name: string): void => {
    try {
      const wanted = cleanLabel(name)
      if (wanted !== label && getState().labels.includes(wanted)) setOther(wanted)
      else renameLabel(label, wanted)
    } catch (error) {
      setName(label)
      tellError(error)
    }
  }
  const keep = (): void => {
    setOther(null)
    setName(label)
  }
  return (
    <>
      <input
        ref={ref}
        className={styles.name}
        value={name}
        aria-label={texts.name(label)}
        onChange={(event) => setName(event.target.value)}
        onBlur={(event) => rename(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            // Else the same key would answer the question that may come now.
            event.preventDefault()
            event.currentTarget.blur()
          }
          if (event.key === 'Escape') keep()
        }}
      />
      {other !== null && (
        <div className={styles.question} role="alertdialog" aria-label={texts.mergeQuestion(label, other, photos)}>
          <p>{texts.mergeQuestion(label, other, photos)}</p>
          <Button look="primary" autoFocus onClick={() => mergeLabels(label, other)}>
            {texts.merge}
          </Button>
          <Button onClick={keep}>{texts.keep}</Button>
        </div>
      )}
    </>
  )
}
