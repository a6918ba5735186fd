import { Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { isThere, lastWithLists, readingOf, useTakenDrops } from '../../store/photo-intake/drops'
import { askAboutList, useAskedList } from '../../store/photo-intake/lists'
import { useStore } from '../../store/state/state'
import { listTexts as texts } from '../../texts/photos/lists'
import { Button } from '../common/Button'
import { ListDialog } from './ListDialog'
import styles from './PhotoLists.module.css'

/** What the lists of the last drop were taken for, each with its columns a click away. */
export function PhotoLists(): ReactNode {
  const drop = useTakenDrops(({ drops }) => lastWithLists(drops))
  const { asked } = useAskedList()
  useStore((state) => state.photos)
  if (!drop || !isThere(drop)) return null
  const shown = readingOf(drop).plan.lists.filter(({ list }) => list.kind !== 'unrelated')
  return (
    <section className={styles.lists} aria-label={texts.region}>
      <ul role="status">
        {shown.map((one) => (
          <li key={one.list.paths[0]}>
            <Table2 size={16} aria-hidden />
            <p>{texts.said(one)}</p>
            <Button look="quiet" onClick={() => askAboutList(one)}>
              {texts.columns}
            </Button>
          </li>
        ))}
      </ul>
      {asked && <ListDialog key={asked.list.paths[0]} of={asked} />}
    </section>
  )
}
