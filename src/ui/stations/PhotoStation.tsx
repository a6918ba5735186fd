import { Camera, Columns3, FolderUp, ImagePlus } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { addFiles, type TakeFiles } from '../../store/photo-intake/add-files'
import { attempt } from '../../store/page/notices'
import { addSamplePhotos } from '../../store/opening/sample'
import { useStore } from '../../store/state/state'
import { lastStep, undoneStep } from '../../store/history/undo'
import { photoTexts as texts } from '../../texts/photos/photos'
import { AugmentCard } from '../augment/AugmentCard'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { useDrop } from '../common/useDrop'
import { PhotoLists } from '../photo-lists/PhotoLists'
import { LabelCards } from '../photos/LabelCards'
import { NewLabel } from '../photos/NewLabel'
import { PhotoRoom } from '../photos/PhotoRoom'
import { SelectionBar } from '../photos/SelectionBar'
import { useKeepFocus } from '../photos/useKeepFocus'
import { usePaste } from '../photos/usePaste'
import { UndoButtons } from '../undo/UndoButtons'
import look from './PhotoStation.module.css'
import { PreprocessingCard } from './PreprocessingCard'
import { Station } from './Station'
import styles from './Station.module.css'

/** Labels and their photos, and how the network will see them. */
export function PhotoStation(): ReactNode {
  const labels = useStore((state) => state.labels.length)
  const photos = useStore((state) => state.photos.length)
  const [roomOpen, setRoomOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  usePaste()
  useKeepFocus(box)
  const take: TakeFiles = (files, emptyFolders) => attempt(() => addFiles(files, { emptyFolders }))
  return (
    <Station
      name="photos"
      title={texts.title}
      icon={Camera}
      state={photos === 0 ? texts.noneYet : texts.state(photos, labels)}
      done={photos > 0 && labels > 1}
    >
      <DropBox take={take} />
      <PhotoLists />
      <div ref={box} className={look.labels}>
        <Tools onRoom={() => setRoomOpen(true)} />
        {roomOpen ? <p className={look.isOpen}>{texts.room.isOpen}</p> : <LabelCards />}
        <NewLabel />
        {!roomOpen && <SelectionBar />}
      </div>
      {roomOpen && <PhotoRoom take={take} onClose={() => setRoomOpen(false)} />}
      <PreprocessingCard />
      <AugmentCard />
    </Station>
  )
}

function DropBox({ take }: { readonly take: TakeFiles }): ReactNode {
  const none = useStore((state) => state.photos.length === 0)
  const busy = useStore((state) => state.jobs.length > 0)
  const { over, handlers } = useDrop(take)
  return (
    <div className={look.drop} data-over={over} data-testid="photo-drop" {...handlers}>
      <p>
        {texts.drop.lead} <strong>{texts.drop.strong}</strong>
        {texts.drop.rest}
      </p>
      <div className={styles.row}>
        <FilePicker folder icon={<FolderUp size={16} aria-hidden />} onPick={take}>
          {texts.drop.folder}
        </FilePicker>
        <FilePicker
          accept="image/*,.zip,.csv,.tsv,.txt,.jsonl"
          icon={<ImagePlus size={16} aria-hidden />}
          onPick={take}
        >
          {texts.drop.photos}
        </FilePicker>
        {none && (
          <Button look="quiet" disabled={busy} onClick={() => attempt(addSamplePhotos)}>
            {texts.drop.sample}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Undo, redo and the photo room, as soon as there is anything they could be for. */
function Tools({ onRoom }: { readonly onRoom: () => void }): ReactNode {
  const any = useStore(
    (state) => state.labels.length > 0 || lastStep(state)?.kind === 'photos' || undoneStep(state)?.kind === 'photos',
  )
  if (!any) return null
  return (
    <div className={look.tools}>
      <UndoButtons />
      <Button look="quiet" icon={<Columns3 size={16} aria-hidden />} onClick={onRoom}>
        {texts.room.open}
      </Button>
    </div>
  )
}
