import { Camera, GraduationCap, Network, Scissors, Sparkles, type LucideIcon } from 'lucide-react'
import { useDeferredValue, useEffect, type ReactNode } from 'react'
import { workbenchActions } from '../../actions'
import { goToGraph, goToStation, setRoom, usePage, type Room } from '../../store/page/page'
import { nextStep } from '../../store/page/step-status'
import { steps, type Step } from '../../steps'
import { getState, useStore } from '../../store/state/state'
import { boundaryTexts } from '../../texts/page/boundary'
import { pageTexts } from '../../texts/page/page'
import { Boundary } from '../boundary/Boundary'
import { useActionKeys } from '../keys/useActionKeys'
import { CutStation } from '../stations/CutStation'
import { ModelStation } from '../stations/ModelStation'
import { PhotoStation } from '../stations/PhotoStation'
import { TrainStation } from '../stations/TrainStation'
import { TryStation } from '../stations/TryStation'
import { GraphRoom } from './GraphRoom'
import { StepMark, Steps } from './Steps'
import styles from './Workbench.module.css'
import './print.css'

/** Fetched with the workbench, since nothing is to be selected, compared or followed before. */
export { startWorkbench } from '../../store/start-workbench'

const rooms: readonly { readonly key: Room; readonly icon: LucideIcon }[] = [
  { key: 'graph', icon: Network },
  { key: 'cut', icon: Scissors },
  { key: 'photos', icon: Camera },
  { key: 'train', icon: GraduationCap },
  { key: 'try', icon: Sparkles },
]

/** The graph in the centre and the stations beside it; on a narrow screen, one of them at a time. */
export function Workbench(): ReactNode {
  const room = usePage((state) => state.room)
  const graph = useStore((state) => state.graph)
  // The graph comes first; with the stations in the same task, it would be a long one.
  const withStations = useDeferredValue(true, false)
  useWantedStation()
  useActionKeys(workbenchActions)
  return (
    <div className={styles.workbench} data-room={room}>
      <h1 className="visually-hidden">Cutpoint</h1>
      <SkipLinks />
      {graph && <GraphRoom graph={graph} />}
      <aside className={styles.stations} aria-label={pageTexts.stations}>
        {withStations && (
          <>
            <Steps />
            {steps.map((step) => (
              <BoundStation key={step} step={step} />
            ))}
          </>
        )}
      </aside>
      <nav className={styles.tabs} aria-label={pageTexts.rooms}>
        {rooms.map(({ key, icon: Icon }) => (
          <button key={key} type="button" aria-current={room === key} onClick={() => setRoom(key)}>
            <span className={styles.icon}>
              <Icon size={19} aria-hidden />
              {key !== 'graph' && <StepMark step={key} />}
            </span>
            {pageTexts.steps[key]}
          </button>
        ))}
      </nav>
    </div>
  )
}

const stations: Readonly<Record<Step, () => ReactNode>> = {
  model: ModelStation,
  cut: CutStation,
  photos: PhotoStation,
  train: TrainStation,
  try: TryStation,
}

/** A station that, should it fail, leaves the others as they are; another model or head lets it try again. */
function BoundStation({ step }: { readonly step: Step }): ReactNode {
  const about = useStore(({ model, headId }) => `${String(model?.id)} ${String(headId)}`)
  const Station = stations[step]
  return (
    <Boundary what={boundaryTexts.parts.stations[step]} look="place" station={step} resetKey={about}>
      <Station />
    </Boundary>
  )
}

/** For the keyboard: over the long way through all that is in between. */
function SkipLinks(): ReactNode {
  return (
    <div className={styles.skip}>
      <button type="button" onClick={goToGraph}>
        {pageTexts.skipToGraph}
      </button>
      <button type="button" onClick={() => goToStation(nextStep(getState()) ?? 'try')}>
        {pageTexts.skipToStations}
      </button>
    </div>
  )
}

/** Brings the station that was asked for into sight, and the keyboard to its heading. */
function useWantedStation(): void {
  const wanted = usePage((state) => state.wanted)
  useEffect(() => {
    if (!wanted) return
    const station = document.querySelector(`[data-station='${wanted.step}']`)
    station?.scrollIntoView({ block: 'start' })
    station?.querySelector('h2')?.focus({ preventScroll: true })
  }, [wanted])
}
