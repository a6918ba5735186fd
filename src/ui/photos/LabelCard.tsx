import { ArrowDown, ArrowUp, CheckCheck, Ellipsis, GripVertical, ImagePlus, Merge, Pencil, Trash2 } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { labelActions } from '../../actions/labels'
import { addFiles, type TakeFiles } from '../../store/photo-intake/add-files'
import { photosOf } from '../../store/photos/label-summary'
import { attempt } from '../../store/page/notices'
import { getState, useStore } from '../../store/state/state'
import { photoTexts } from '../../texts/photos/photos'
import { Recorder } from '../camera/Recorder'
import { FilePicker } from '../common/FilePicker'
import { Menu, type MenuItem } from '../common/menu/Menu'
import { menuItem } from '../common/menu/menu-item'
import { useDrop } from '../common/useDrop'
import { AlikeChips } from './AlikeChips'
import { labelType, useLabelDrop } from './drags'
import styles from './LabelCard.module.css'
import { LabelName } from './LabelName'
import { PhotoGrid } from './PhotoGrid'

const texts = photoTexts.label

interface LabelCardProps {
  readonly label: string
  /** Beside the graph, or as a column of the photo room. */
  readonly size: 'narrow' | 'wide'
}

/** One label: its name to be changed in place, its photos, and a place to drop more. */
export function LabelCard({ label, size }: LabelCardProps): ReactNode {
  const photos = useStore((state) => photosOf(state, label))
  const name = useRef<HTMLInputElement>(null)
  const take: TakeFiles = (files, emptyFolders) => attempt(() => addFiles(files, { label, emptyFolders }))
  const files = useDrop(take)
  const moved = useLabelDrop(label)
  const heldOut = photos.filter((photo) => photo.part !== 'train').length
  return (
    <article
      className={styles.card}
      data-label={label}
      data-size={size}
      data-over={files.over ? 'photos' : moved.over}
      aria-label={texts.card(label)}
      {...files.handlers}
      onDragOver={(event) => {
        files.handlers.onDragOver(event)
        moved.handlers.onDragOver(event)
      }}
      onDragLeave={(event) => {
        files.handlers.onDragLeave(event)
        moved.handlers.onDragLeave(event)
      }}
      onDrop={(event) => {
        files.handlers.onDrop(event)
        moved.handlers.onDrop(event)
      }}
    >
      <header className={styles.header}>
        <span
          className={styles.handle}
          title={texts.handle}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.setData(labelType, label)
            event.dataTransfer.effectAllowed = 'move'
          }}
        >
          <GripVertical size={15} aria-hidden />
        </span>
        <LabelName ref={name} label={label} photos={photos.length} />
        <FilePicker
          look="quiet"
          accept="image/*,.zip,.csv"
          label={texts.add(label)}
          icon={<ImagePlus size={16} aria-hidden />}
          onPick={take}
        >
          {null}
        </FilePicker>
        <Recorder label={label} />
        <LabelMenu label={label} onRename={() => name.current?.select()} />
      </header>
      <div className={styles.facts}>
        <span>
          {photoTexts.photos(photos.length)}
          {heldOut > 0 && `, ${photoTexts.heldOut(heldOut)}`}
        </span>
        <AlikeChips label={label} />
      </div>
      {photos.length === 0 ? (
        <p className={styles.empty}>{texts.empty(label)}</p>
      ) : (
        <PhotoGrid label={label} photos={photos} size={size} />
      )}
    </article>
  )
}

function LabelMenu({ label, onRename }: { readonly label: string; readonly onRename: () => void }): ReactNode {
  return (
    <Menu
      label={texts.menu(label)}
      icon={<Ellipsis size={16} aria-hidden />}
      items={() => menuItems(label, onRename)}
    />
  )
}

function menuItems(label: string, onRename: () => void): MenuItem[] {
  const { renameLabel, selectLabel, labelUp, labelDown, mergeLabels, deleteLabel } = labelActions
  const others = getState().labels.filter((other) => other !== label)
  return [
    menuItem(renameLabel, <Pencil size={15} aria-hidden />, label, onRename),
    menuItem(selectLabel, <CheckCheck size={15} aria-hidden />, label),
    menuItem(labelUp, <ArrowUp size={15} aria-hidden />, label),
    menuItem(labelDown, <ArrowDown size={15} aria-hidden />, label),
    ...others.map((other) => menuItem(mergeLabels, <Merge size={15} aria-hidden />, label, other)),
    menuItem(deleteLabel, <Trash2 size={15} aria-hidden />, label),
  ]
}
