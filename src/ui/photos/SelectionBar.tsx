import { FolderInput, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { keyLines } from '../../actions'
import { shownKeys } from '../../actions/keys'
import { photoActions, selectionActions } from '../../actions/photos'
import { askWhere, useSelection } from '../../store/photos/selection'
import { useStore } from '../../store/state/state'
import { photoTexts } from '../../texts/photos/photos'
import type { Part } from '../../types'
import { Button } from '../common/Button'
import { Menu } from '../common/menu/Menu'
import { menuItem } from '../common/menu/menu-item'
import { useButton } from '../common/useButton'
import styles from './SelectionBar.module.css'

const texts = photoTexts.selection
const parts: readonly (Part | null)[] = [null, 'train', 'validation', 'test']

/** What can be done with the photos that are selected; not there while none are. */
export function SelectionBar(): ReactNode {
  const count = useSelection((state) => state.ids.size)
  const moving = useSelection((state) => state.moving)
  const labels = useStore((state) => state.labels)
  const remove = useButton(photoActions.deletePhotos)
  const clear = useButton(photoActions.clearSelection)
  if (count === 0) return null
  const { movePhotosTo, movePhotosToNew } = selectionActions

  return (
    <div className={styles.bar} role="toolbar" aria-label={texts.name} title={keysInWords()}>
      <strong aria-live="polite">{texts.count(count)}</strong>
      <Menu
        look="plain"
        icon={<FolderInput size={16} aria-hidden />}
        title={texts.moveTo}
        open={moving}
        onClosed={() => askWhere(false)}
        items={[...labels.map((label) => menuItem(movePhotosTo, null, label)), menuItem(movePhotosToNew, null)]}
      >
        {texts.move}
      </Menu>
      <Menu
        look="plain"
        title={texts.part}
        items={parts.map((part) => menuItem(selectionActions.pinPhotos, null, part))}
      >
        {texts.part}
      </Menu>
      <Button icon={<Trash2 size={16} aria-hidden />} {...remove} />
      <Button look="quiet" icon={<X size={16} aria-hidden />} {...clear} />
    </div>
  )
}

/** What keys do with the photos, for who points at the bar. */
const keysInWords = (): string =>
  keyLines('photos')
    .map(({ keys, help }) => `${shownKeys(...keys)}: ${help}`)
    .join(', ')
