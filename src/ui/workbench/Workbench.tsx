import { Camera, GraduationCap, Network, Scissors, Sparkles } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { cut } from '../../store/cut'
import { attempt } from '../../store/notices'
import { useStore } from '../../store/state'
import { select, setUnfolded, show } from '../../store/view'
import { layoutWorker } from '../../store/workers'
import { GraphView } from '../graph/GraphView'
import { Inspector } from '../inspector/Inspector'
import { TensorSearch } from '../search/TensorSearch'
import { CutStation } from '../stations/CutStation'
import { ModelStation } from '../stations/ModelStation'
import { PhotoStation } from '../stations/PhotoStation'
import { TrainStation } from '../stations/TrainStation'
import { TryStation } from '../stations/TryStation'
import styles from './Workbench.module.css'

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
  return (
    <div className={styles.workbench} data-room={room}>
      <h1 className="visually-hidden">Cutpoint</h1>
      <GraphRoom />
      <aside className={styles.stations} aria-label="Stations">
        <ModelStation />
        <CutStation />
        <PhotoStation />
        <TrainStation />
        <TryStation />
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

function GraphRoom(): ReactNode {
  const model = useStore((state) => state.model)
  const view = useStore((state) => state.view)
  const made = useStore((state) => state.cut)
  const cutTensors = useMemo(() => made?.summary.tensors ?? [], [made])
  if (!model) return null
  const onCut = (tensor: string, add: boolean): void =>
    attempt(() => cut(add && !cutTensors.includes(tensor) ? [...cutTensors, tensor] : [tensor]))
  return (
    <section className={styles.graph} aria-label="Graph">
      <div className={styles.search}>
        <TensorSearch />
      </div>
      <GraphView
        graph={model.graph}
        tensors={model.byName}
        costs={model.costs}
        engine={layoutWorker()}
        cut={cutTensors}
        trunk={made?.trunk ?? null}
        selected={view.selected}
        unfolded={view.unfolded}
        {...(view.focus ? { focus: view.focus } : {})}
        onSelect={select}
        onUnfoldedChange={setUnfolded}
        onCut={onCut}
      />
      {view.selected && (
        <div className={styles.inspector}>
          <Inspector
            graph={model.graph}
            tensors={model.byName}
            costs={model.costs}
            cut={cutTensors}
            selected={view.selected}
            onSelect={(selection) => (selection ? show(selection) : select(null))}
            onCut={onCut}
          />
        </div>
      )}
    </section>
  )
}
