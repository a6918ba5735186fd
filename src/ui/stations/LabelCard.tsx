import { ImagePlus, Trash2, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { PickedFile } from '../../images/drop'
import { addFiles } from '../../store/intake'
import { attempt, tellError } from '../../store/notices'
import { deleteLabel, renameLabel } from '../../store/labels'
import { deletePhotos } from '../../store/photos'
import { useStore, type Photo } from '../../store/state'
import { Recorder } from '../camera/Recorder'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { useDrop } from '../common/useDrop'
import { useThumbnail } from '../common/useThumbnail'
import look from './PhotoStation.module.css'

/** Thumbnails shown before “show all”. */
const shownAtFirst = 12

/** One label: its name to be changed in place, its photos, and a place to drop more. */
export function LabelCard({ label }: { readonly label: string }): ReactNode {
  const photos = useStore(useShallow((state) => state.photos.filter((photo) => photo.label === label)))
  const [all, setAll] = useState(false)
  const take = (files: readonly PickedFile[]): void => attempt(() => addFiles(files, label))
  const { over, handlers } = useDrop(take)
  const shown = all ? photos : photos.slice(0, shownAtFirst)
  const heldOut = photos.filter((photo) => photo.part !== 'train').length
  return (
    <article className={look.label} data-over={over} aria-label={`Label ${label}`} {...handlers}>
      <header className={look.labelHeader}>
        <LabelName label={label} />
        <span className={look.count}>
          {photos.length} {photos.length === 1 ? 'photo' : 'photos'}
          {heldOut > 0 && `, ${heldOut} held out`}
        </span>
        <FilePicker
          look="quiet"
          accept="image/*,.zip"
          label={`Add photos to ${label}`}
          icon={<ImagePlus size={16} aria-hidden />}
          onPick={take}
        >
          {null}
        </FilePicker>
        <Recorder label={label} />
        <Button
          look="quiet"
          aria-label={`Delete label ${label}`}
          icon={<Trash2 size={16} aria-hidden />}
          onClick={() => {
            if (photos.length === 0 || confirm(`Delete “${label}” with its ${photos.length} photos?`))
              deleteLabel(label)
          }}
        />
      </header>
      {photos.length === 0 ? (
        <p className={look.empty}>Drop photos of “{label}” here</p>
      ) : (
        <ul className={look.photos} aria-label={`Photos of ${label}`}>
          {shown.map((photo) => (
            <Thumbnail key={photo.id} photo={photo} />
          ))}
        </ul>
      )}
      {photos.length > shownAtFirst && (
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${photos.length}`}
        </Button>
      )}
    </article>
  )
}

function LabelName({ label }: { readonly label: string }): ReactNode {
  const [name, setName] = useState(label)
  const rename = (): void => {
    try {
      renameLabel(label, name)
    } catch (error) {
      setName(label)
      tellError(error)
    }
  }
  return (
    <input
      className={look.name}
      value={name}
      aria-label={`Name of label ${label}`}
      onChange={(event) => setName(event.target.value)}
      onBlur={rename}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setName(label)
      }}
    />
  )
}

function Thumbnail({ photo }: { readonly photo: Photo }): ReactNode {
  const thumbnail = useThumbnail(photo.hash)
  return (
    <li
      className={look.photo}
      data-part={photo.part}
      title={`${photo.name} (${photo.part === 'train' ? 'trained on' : 'held out'})`}
    >
      <img src={thumbnail ?? undefined} alt={photo.name} />
      <button type="button" aria-label={`Delete ${photo.name}`} onClick={() => deletePhotos([photo.id])}>
        <X size={13} aria-hidden />
      </button>
    </li>
  )
}
