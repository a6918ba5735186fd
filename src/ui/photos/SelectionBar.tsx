import { FolderInput, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { deletePhotos, movePhotos, pinPhotos } from '../../store/photos/photos'
import { askWhere, clearSelection, selectedInOrder, useSelection } from '../../store/photos/selection'
import { getState, useStore } from '../../store/state/state'
import { photoTexts } from '../../texts/photos/photos'
import type { Part } from '../../types'
import { Button } from '../common/Button'
import { Menu } from '../common/Menu'
import styles from './SelectionBar.module.css'

const texts = photoTexts.selection

/** What can be done with the photos that are selected; not there while none are. */
export function SelectionBar(): ReactNode {
  const count = useSelection((state) => state.ids.size)
  const moving = useSelection((state) => state.moving)
  const labels = useStore((state) => state.labels)
  if (count === 0) return null

  const move = (label: string): void => {
    attempt(async () => {
      movePhotos(selectedInOrder(), label)
      return Promise.resolve()
    })
  }
  const pin = (part: Part | null): void => pinPhotos(selectedInOrder(), part)
  const { parts } = texts
  return (
    <div className={styles.bar} role="toolbar" aria-label={texts.name} title={texts.keys}>
      <strong aria-live="polite">{texts.count(count)}</strong>
      <Menu
        look="plain"
        icon={<FolderInput size={16} aria-hidden />}
        title={texts.moveTo}
        open={moving}
        onClosed={() => askWhere(false)}
        items={[
          ...labels.map((label) => ({ text: label, run: () => move(label) })),
          { text: texts.newLabel, run: () => move(freeName()) },
        ]}
      >
        {texts.move}
      </Menu>
      <Menu
        look="plain"
        title={texts.part}
        items={[
          { text: parts.automatic, run: () => pin(null) },
          { text: parts.train, run: () => pin('train') },
          { text: parts.validation, run: () => pin('validation') },
          { text: parts.test, run: () => pin('test') },
        ]}
      >
        {texts.part}
      </Menu>
      <Button
        icon={<Trash2 size={16} aria-hidden />}
        aria-label={texts.delete}
        title={texts.delete}
        onClick={() => deletePhotos(selectedInOrder())}
      />
      <Button
        look="quiet"
        icon={<X size={16} aria-hidden />}
        aria-label={texts.clear}
        title={texts.clear}
        onClick={clearSelection}
      />
    </div>
  )
}

/** A name for a label that no other has. */
function freeName(): string {
  const { labels } = getState()
  let number = labels.length + 1
  while (labels.includes(photoTexts.nthLabel(number))) number++
  return photoTexts.nthLabel(number)
}
