import { Camera, GraduationCap, Network, Scissors, Sparkles } from 'lucide-react'
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react'
import { attempt } from '../../store/notices'
import { printGraph } from '../../store/picture-print'
import { useStore } from '../../store/state'
import { CutStation } from '../stations/CutStation'
import { ModelStation } from '../stations/ModelStation'
import { PhotoStation } from '../stations/PhotoStation'
import { TrainStation } from '../stations/TrainStation'
import { TryStation } from '../stations/TryStation'
import { GraphRoom } from './GraphRoom'
import styles from './Workbench.module.css'
import './print.css'

const rooms = [
  { key: 'graph', title: 'Graph', icon: Network },
  { key: 'cut', title: 'Cut', icon: Scissors },
  { key: 'photos', title: 'Photos', icon: Camera },
  { key: 'train', title: 'Train', icon: GraduationCap },
  { key: 'try', title: 'Try', icon: Sparkles },
] as const

type Room = (typeof rooms)[number]['key']

/** The graph in the centre and the stations beside it; on a narrow screen, one of them at a time. */
export function Workbench(): ReactNode {
  const [room, setRoom] = useState<Room>('graph')
  const graph = useStore((state) => state.graph)
  // The graph comes first; with the stations in the same task, it would be a long one.
  const withStations = useDeferredValue(true, false)
  usePrinting()
  return (
    <div className={styles.workbench} data-room={room}>
      <h1 className="visually-hidden">Cutpoint</h1>
      {graph && <GraphRoom graph={graph} />}
      <aside className={styles.stations} aria-label="Stations">
        {withStations && (
          <>
            <ModelStation />
            <CutStation />
            <PhotoStation />
            <TrainStation />
            <TryStation />
          </>
        )}
      </aside>
      <nav className={styles.tabs} aria-label="Rooms">
        {rooms.map(({ key, title, icon: Icon }) => (
          <button key={key} type="button" aria-current={room === key} onClick={() => setRoom(key)}>
            <Icon size={19} aria-hidden />
            {title}
          </button>
        ))}
      </nav>
    </div>
  )
}

/** The keys that print have the graph drawn for paper first, which takes longer than browsers wait. */
function usePrinting(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!command || event.key.toLowerCase() !== 'p') return
      event.preventDefault()
      attempt(printGraph)
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
