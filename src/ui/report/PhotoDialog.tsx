import { ChevronLeft, ChevronRight, FolderSearch, ImageOff, Trash2, Undo2, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { byKeys } from '../../actions/keys'
import { pictureActions } from '../../actions/others'
import { attempt } from '../../store/page/notices'
import { deletePhotos, movePhotos } from '../../store/photos/photos'
import { useStore } from '../../store/state/state'
import type { Photo } from '../../store/state/types'
import { lastStep, undo } from '../../store/history/undo'
import { reportTexts } from '../../texts/training/report'
import { undoTexts } from '../../texts/undo'
import type { EvaluatedImage } from '../../types'
import { Button } from '../common/Button'
import { useButton } from '../common/useButton'
import { undoByKey } from '../keys/undo-by-key'
import look from './PhotoDialog.module.css'
import { usePicture } from './usePicture'

const texts = reportTexts.photo

interface PhotoDialogProps {
  /** Photos to go through. */
  readonly images: readonly EvaluatedImage[]
  /** Labels that the predictions name by number. */
  readonly labels: readonly string[]
  /** Which of the photos comes first. */
  readonly start: number
  /** The photos there are now. */
  readonly photos: ReadonlyMap<string, Photo>
  readonly onGoTo: (photo: Photo) => void
  readonly onClose: () => void
}

/** One photo large, with what it is, what the head says, and what can be done about it; arrow keys go to the others. */
export function PhotoDialog({ images, labels, start, photos, onGoTo, onClose }: PhotoDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const [at, setAt] = useState(start)
  const [done, setDone] = useState('')
  const last = useStore((state) => lastStep(state)?.what ?? null)
  // The labels are those of the report the photos were opened from.
  const [names] = useState(labels)
  const evaluated = images[at]
  const photo = photos.get(evaluated.image) ?? null

  useEffect(() => dialog.current?.showModal(), [])

  const go = (step: number): void => {
    setAt(Math.max(0, Math.min(images.length - 1, at + step)))
    setDone('')
    // At the ends, and where the photo is gone, the button that had the focus cannot keep it.
    dialog.current?.focus()
  }
  const picture = { at, count: images.length, go }
  const previous = useButton(pictureActions.previousPicture, picture)
  const next = useButton(pictureActions.nextPicture, picture)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (undoByKey(event)) return setDone('')
    if (event.target instanceof HTMLSelectElement) return
    byKeys(pictureActions, 'picture', event)?.run(picture)
  }
  return (
    <dialog
      ref={dialog}
      className={look.dialog}
      tabIndex={-1}
      aria-label={texts.title(at + 1, images.length)}
      onKeyDown={onKeyDown}
      onClose={(event) => {
        // The report around it is a dialog too, and stays open.
        event.stopPropagation()
        onClose()
      }}
    >
      <div className={look.picture}>{photo ? <Picture photo={photo} /> : <Gone />}</div>
      <div className={look.side}>
        <header className={look.header}>
          <h3>{texts.title(at + 1, images.length)}</h3>
          <Button look="quiet" {...previous} icon={<ChevronLeft size={18} aria-hidden />} />
          <Button look="quiet" {...next} icon={<ChevronRight size={18} aria-hidden />} />
          <Button
            look="quiet"
            aria-label={texts.close}
            title={texts.close}
            icon={<X size={18} aria-hidden />}
            onClick={() => dialog.current?.close()}
          />
        </header>
        {photo && <p className={look.name}>{photo.name}</p>}
        <dl className={look.facts}>
          <dt>{texts.isIn}</dt>
          <dd>{photo?.label ?? names[evaluated.label]}</dd>
          <dt>{texts.says}</dt>
          <dd>
            {names[evaluated.predicted]}, {texts.sure(evaluated.confidence)}
          </dd>
          <dt>{texts.part}</dt>
          <dd>{texts.parts[photo?.part ?? evaluated.part]}</dd>
        </dl>
        {photo && (
          <Actions
            key={photo.id}
            photo={photo}
            predicted={names[evaluated.predicted]}
            onDone={(what) => {
              setDone(what)
              dialog.current?.focus()
            }}
            onGoTo={() => {
              dialog.current?.close()
              onGoTo(photo)
            }}
          />
        )}
        <div className={look.done}>
          <p role="status">{done !== '' && `${done} ${texts.later}`}</p>
          {done !== '' && (
            <Button
              icon={<Undo2 size={16} aria-hidden />}
              aria-label={undoTexts.undoWhat(last)}
              onClick={() => {
                attempt(undo)
                setDone('')
              }}
            >
              {undoTexts.undo}
            </Button>
          )}
        </div>
      </div>
    </dialog>
  )
}

interface ActionsProps {
  readonly photo: Photo
  readonly predicted: string
  readonly onDone: (what: string) => void
  readonly onGoTo: () => void
}

function Actions({ photo, predicted, onDone, onGoTo }: ActionsProps): ReactNode {
  const labels = useStore((state) => state.labels)
  const others = labels.filter((label) => label !== photo.label)
  const [wanted, setWanted] = useState(predicted)
  const target = others.includes(wanted) ? wanted : others.at(0)
  const move = (label: string): void =>
    attempt(() => {
      movePhotos([photo.id], label)
      onDone(texts.moved(label))
      return Promise.resolve()
    })
  return (
    <div className={look.actions}>
      {target !== undefined && (
        <form
          className={look.move}
          onSubmit={(event) => {
            event.preventDefault()
            move(target)
          }}
        >
          <label>
            <span>{texts.moveTo}</span>
            <select value={target} onChange={(event) => setWanted(event.target.value)}>
              {others.map((label) => (
                <option key={label} value={label}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <Button type="submit" look="primary">
            {texts.move}
          </Button>
        </form>
      )}
      <Button icon={<FolderSearch size={16} aria-hidden />} onClick={onGoTo}>
        {texts.goTo}
      </Button>
      <Button
        icon={<Trash2 size={16} aria-hidden />}
        onClick={() => {
          deletePhotos([photo.id])
          onDone(texts.deleted)
        }}
      >
        {texts.delete}
      </Button>
    </div>
  )
}

function Picture({ photo }: { readonly photo: Photo }): ReactNode {
  const picture = usePicture(photo.hash)
  if (picture.gone) return <Gone />
  return <img src={picture.address ?? undefined} alt={photo.name} width={photo.width} height={photo.height} />
}

function Gone(): ReactNode {
  return (
    <p className={look.gone}>
      <ImageOff size={28} aria-hidden />
      {texts.gone}
    </p>
  )
}
