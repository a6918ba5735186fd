import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { addLabel } from '../../store/photos/labels'
import { attempt } from '../../store/page/notices'
import { photoTexts } from '../../texts/photos/photos'
import { Button } from '../common/Button'
import styles from './NewLabel.module.css'

const texts = photoTexts.newLabel

/** Makes a label, to be filled later. */
export function NewLabel(): ReactNode {
  const [name, setName] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        attempt(async () => {
          addLabel(name)
          setName('')
          return Promise.resolve()
        })
      }}
    >
      <input
        value={name}
        placeholder={texts.placeholder}
        aria-label={texts.name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" icon={<Plus size={16} aria-hidden />} disabled={name.trim() === ''}>
        {texts.add}
      </Button>
    </form>
  )
}
