import { ArrowRight, Shuffle } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { pictureChannels } from '../../store/graph-view/cut-preview'
import { useSelection } from '../../store/photos/selection'
import { useStore } from '../../store/state/state'
import type { Photo } from '../../store/state/types'
import { preprocessingTexts } from '../../texts/training/preprocessing'
import type { Preprocessing } from '../../types'
import { Button } from '../common/Button'
import { useThumbnail } from '../common/useThumbnail'
import stations from '../stations/Station.module.css'
import styles from './Strip.module.css'
import { stripPhotos } from './strip-photos'
import { useSeen } from './useSeen'

const texts = preprocessingTexts.strip

/** The picture itself, and no changed copies. */
const itself = [null]

/** Photos of every label as they go in, side by side; the one pointed at or in focus is shown large beside its original. */
export function Strip({ preprocessing }: { readonly preprocessing: Preprocessing }): ReactNode {
  const labels = useStore((state) => state.labels)
  const photos = useStore((state) => state.photos)
  const chosen = useSelection(({ ids }) => ids.values().next().value ?? null)
  const channels = useStore((state) => pictureChannels(state.model))
  const [round, setRound] = useState(0)
  const [looked, setLooked] = useState<string | null>(null)
  const shown = useMemo(() => stripPhotos(labels, photos, round, chosen), [labels, photos, round, chosen])
  const rule = texts.channels[channels]
  if (shown.length === 0) {
    return (
      <p className={stations.hint}>
        {texts.empty} {rule}
      </p>
    )
  }
  const large = shown.find(({ id }) => id === looked) ?? shown[0]
  return (
    <section className={styles.strip} aria-label={texts.title}>
      {rule && <p className={stations.hint}>{rule}</p>}
      <Pair key={large.id} photo={large} preprocessing={preprocessing} />
      <ul className={styles.tiles}>
        {shown.map((photo) => (
          <li key={photo.id}>
            <Tile
              photo={photo}
              preprocessing={preprocessing}
              pressed={photo === large}
              onLook={() => setLooked(photo.id)}
            />
          </li>
        ))}
      </ul>
      {photos.length > shown.length && (
        <Button
          look="quiet"
          className={styles.others}
          icon={<Shuffle size={16} aria-hidden />}
          onClick={() => setRound(round + 1)}
        >
          {texts.others}
        </Button>
      )}
    </section>
  )
}

interface TileProps {
  readonly photo: Photo
  readonly preprocessing: Preprocessing
  readonly pressed: boolean
  readonly onLook: () => void
}

function Tile({ photo, preprocessing, pressed, onLook }: TileProps): ReactNode {
  const seen = useSeen(photo.hash, preprocessing, itself)
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={texts.tile(photo.name, photo.label)}
      aria-pressed={pressed}
      title={texts.tile(photo.name, photo.label)}
      onClick={onLook}
      onFocus={onLook}
      onPointerEnter={onLook}
    >
      <img src={seen?.[0].url} alt="" />
    </button>
  )
}

/** A photo as it was taken, and as the network sees it. */
function Pair({ photo, preprocessing }: { readonly photo: Photo; readonly preprocessing: Preprocessing }): ReactNode {
  const original = useThumbnail(photo.hash)
  const seen = useSeen(photo.hash, preprocessing, itself)?.[0]
  const { width, height } = preprocessing
  return (
    <div className={styles.pair}>
      <figure>
        <img src={original ?? undefined} alt={photo.name} style={{ aspectRatio: `${photo.width} / ${photo.height}` }} />
        <figcaption>{texts.original}</figcaption>
      </figure>
      <ArrowRight size={18} aria-hidden />
      <figure data-testid="as-it-goes-in">
        <img src={seen?.url} alt={texts.seen} style={{ aspectRatio: `${width} / ${height}` }} />
        <figcaption>{texts.seen}</figcaption>
      </figure>
      <p>
        <strong>{photo.label}</strong>
        <span className={styles.name}>{photo.name}</span>
        {seen && <span>{texts.values(seen.values.min, seen.values.mean, seen.values.max)}</span>}
      </p>
    </div>
  )
}
