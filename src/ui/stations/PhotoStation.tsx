import { Camera, FolderUp, ImagePlus, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { PickedFile } from '../../images/drop'
import { addFiles } from '../../store/intake'
import { attempt } from '../../store/notices'
import { addLabel } from '../../store/labels'
import { addSamplePhotos } from '../../store/sample'
import { useStore } from '../../store/state'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { useDrop } from '../common/useDrop'
import { LabelCard } from './LabelCard'
import look from './PhotoStation.module.css'
import { PreprocessingCard } from './PreprocessingCard'
import { Station } from './Station'
import styles from './Station.module.css'

/** Labels and their photos, and how the network will see them. */
export function PhotoStation(): ReactNode {
  const labels = useStore((state) => state.labels)
  const photos = useStore((state) => state.photos.length)
  const busy = useStore((state) => state.jobs.length > 0)
  const take = (files: readonly PickedFile[]): void => attempt(() => addFiles(files))
  const { over, handlers } = useDrop(take)
  return (
    <Station
      name="photos"
      title="Photos"
      icon={Camera}
      state={photos === 0 ? 'none yet' : `${photos} in ${labels.length} ${labels.length === 1 ? 'label' : 'labels'}`}
      done={photos > 0 && labels.length > 1}
    >
      <div className={look.drop} data-over={over} data-testid="photo-drop" {...handlers}>
        <p>
          Drop folders of photos: <strong>each folder becomes a label</strong>. Zips and single photos work too.
        </p>
        <div className={styles.row}>
          <FilePicker folder icon={<FolderUp size={16} aria-hidden />} onPick={take}>
            Folder
          </FilePicker>
          <FilePicker accept="image/*,.zip" icon={<ImagePlus size={16} aria-hidden />} onPick={take}>
            Photos
          </FilePicker>
          {photos === 0 && (
            <Button look="quiet" disabled={busy} onClick={() => attempt(addSamplePhotos)}>
              Sample pictures
            </Button>
          )}
        </div>
      </div>
      {labels.map((label) => (
        <LabelCard key={label} label={label} />
      ))}
      <NewLabel />
      <PreprocessingCard />
    </Station>
  )
}

function NewLabel(): ReactNode {
  const [name, setName] = useState('')
  return (
    <form
      className={look.newLabel}
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
        placeholder="New label"
        aria-label="Name of a new label"
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" icon={<Plus size={16} aria-hidden />} disabled={name.trim() === ''}>
        Add label
      </Button>
    </form>
  )
}
