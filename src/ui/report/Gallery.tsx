import { ImageOff } from 'lucide-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useStore } from '../../store/state/state'
import type { Photo } from '../../store/state/types'
import { reportTexts } from '../../texts/training/report'
import type { EvaluatedImage } from '../../types'
import { Button } from '../common/Button'
import { useThumbnail } from '../common/useThumbnail'
import look from './Gallery.module.css'
import { PhotoDialog } from './PhotoDialog'
import { isRight } from './views'

/** Photos shown at first, and at each “show more”. */
const page = 24

const texts = reportTexts.gallery

interface GalleryProps {
  /** What these photos are. */
  readonly title: string
  /** What is said where there are none. */
  readonly empty: string
  readonly images: readonly EvaluatedImage[]
  readonly labels: readonly string[]
  /** Leaves the report for a photo among the photos. */
  readonly onGoTo: (photo: Photo) => void
}

/** Photos with what the head made of them; one opens large, to be looked at, moved or deleted. */
export function Gallery({ title, empty, images, labels, onGoTo }: GalleryProps): ReactNode {
  const photos = useStore((state) => state.photos)
  const byId = useMemo(() => new Map(photos.map((photo) => [photo.id, photo])), [photos])
  const list = useRef<HTMLUListElement>(null)
  const [shown, setShown] = useState(page)
  // Those there were when one was opened, so that the next one is the next one whatever becomes of this.
  const [opened, setOpened] = useState<{ readonly images: readonly EvaluatedImage[]; readonly at: number } | null>(null)
  const more = Math.min(page, images.length - shown)
  return (
    <>
      {images.length === 0 && <p className={look.none}>{empty}</p>}
      <ul ref={list} tabIndex={-1} className={look.photos} aria-label={title}>
        {images.slice(0, shown).map((evaluated, at) => (
          <Entry
            key={evaluated.image}
            evaluated={evaluated}
            labels={labels}
            photo={byId.get(evaluated.image) ?? null}
            onOpen={() => setOpened({ images, at })}
          />
        ))}
      </ul>
      {more > 0 && <Button onClick={() => setShown(shown + page)}>{texts.more(more)}</Button>}
      {opened && (
        <PhotoDialog
          images={opened.images}
          labels={labels}
          start={opened.at}
          photos={byId}
          onGoTo={onGoTo}
          onClose={() => {
            setOpened(null)
            // What it was opened from may be gone: after another training that photo is no mistake any more.
            if (document.activeElement === document.body) list.current?.focus()
          }}
        />
      )}
    </>
  )
}

interface EntryProps {
  readonly evaluated: EvaluatedImage
  readonly labels: readonly string[]
  /** null where it has been deleted since. */
  readonly photo: Photo | null
  readonly onOpen: () => void
}

function Entry({ evaluated, labels, photo, onOpen }: EntryProps): ReactNode {
  const label = labels[evaluated.label]
  const predicted = labels[evaluated.predicted]
  const since = photo === null ? texts.gone : photo.label === label ? null : texts.movedTo(photo.label)
  return (
    <li>
      <button type="button" className={look.entry} data-changed={since !== null} title={photo?.name} onClick={onOpen}>
        {photo ? <Thumbnail hash={photo.hash} /> : <Missing />}
        <span className="visually-hidden">
          {photo?.name ?? reportTexts.photo.nameless}, {isRight(evaluated) ? texts.recognised : texts.takenFor}
        </span>
        <span className={look.predicted} data-right={isRight(evaluated)}>
          <span>{predicted}</span> {reportTexts.percent(evaluated.confidence)}
        </span>
        <span className={look.label}>{since ?? texts.is(label)}</span>
      </button>
    </li>
  )
}

function Thumbnail({ hash }: { readonly hash: string }): ReactNode {
  const address = useThumbnail(hash)
  return <img src={address ?? undefined} alt="" />
}

function Missing(): ReactNode {
  return (
    <span className={look.missing}>
      <ImageOff size={22} aria-hidden />
    </span>
  )
}
