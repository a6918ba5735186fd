import { Shuffle } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { changesAnything } from '../../augment-options'
import { changesOf } from '../../images/augment'
import { useSelection } from '../../store/photos/selection'
import { useStore } from '../../store/state/state'
import { augmentTexts } from '../../texts/training/augment'
import type { Preprocessing } from '../../types'
import { Button } from '../common/Button'
import { useSeen } from '../preprocessing/useSeen'
import stations from '../stations/Station.module.css'
import styles from './AugmentCard.module.css'

const texts = augmentTexts.preview

/** Copies shown where fewer are asked for, and where more are. */
const fewestShown = 4
const mostShown = 8

/** Its multiples, whole numbers left off, go all over from 0 to 1: so each next photo is one of another label. */
const goldenRatio = (Math.sqrt(5) - 1) / 2

/** One photo that is trained on and its changed copies, as the network will see them. */
export function CopiesPreview({ preprocessing }: { readonly preprocessing: Preprocessing }): ReactNode {
  const photos = useStore((state) => state.photos)
  const { augment, seed } = useStore((state) => state.options)
  const selected = useSelection(({ ids }) => ids)
  const [turn, setTurn] = useState(0)
  const training = useMemo(() => photos.filter(({ part }) => part === 'train'), [photos])
  const chosen = turn === 0 ? training.find(({ id }) => selected.has(id)) : undefined
  const photo = chosen ?? training.at(Math.floor(((turn * goldenRatio) % 1) * training.length))
  const changes = useMemo(() => {
    const variants = Math.min(mostShown, Math.max(fewestShown, augment.variants))
    return photo ? [null, ...changesOf(photo.hash, { ...augment, variants }, seed)] : []
  }, [photo, augment, seed])
  const seen = useSeen(photo?.hash ?? null, preprocessing, changes)
  if (!photo) return <p className={stations.hint}>{texts.none}</p>
  return (
    <section aria-label={texts.name} className={styles.preview} data-testid="changed-copies">
      <ul className={styles.copies}>
        {seen?.map(({ url }, index) => (
          <li key={index} data-original={index === 0}>
            <img src={url} alt={index === 0 ? texts.photo(photo.name) : texts.copy(index)} />
          </li>
        ))}
      </ul>
      {!changesAnything(augment) && <p className={stations.hint}>{texts.same}</p>}
      {training.length > 1 && (
        <Button
          look="quiet"
          className={styles.other}
          icon={<Shuffle size={16} aria-hidden />}
          onClick={() => setTurn(turn + 1)}
        >
          {texts.other}
        </Button>
      )}
    </section>
  )
}
