import { useEffect, useId, type ReactNode } from 'react'
import type { FreezePoints } from '../../graph/tail/types'
import { chosenPoint, findFreezePoints, pointsByLayers } from '../../store/model/freeze-points'
import { useStore } from '../../store/state/state'
import { setOptions } from '../../store/training/training'
import { mixes } from '../../augment-options'
import { firstTail, type TailOptions } from '../../tail-options'
import { denseTexts as dense } from '../../texts/heads/dense'
import { tuningTexts as texts } from '../../texts/training/tuning'
import { Button } from '../common/Button'
import stations from '../stations/Station.module.css'
import { Choice } from './Choice'
import styles from './HeadSettings.module.css'

const presets = ['head', 'hybrid', 'together'] as const

type Preset = (typeof presets)[number]

/** Whether the network's last layers are trained too, how many, and how fast. */
export function TailSettings(): ReactNode {
  const tail = useStore((state) => state.options.tail)
  const choose = (preset: Preset): void =>
    setOptions({ tail: preset === 'head' ? null : { ...(tail ?? firstTail), headFirst: preset === 'hybrid' } })
  return (
    <>
      <Choice
        texts={texts.what}
        value={presetOf(tail)}
        values={presets}
        says={(preset) => texts.what.names[preset]}
        onChange={choose}
      />
      {tail && <Phases tail={tail} />}
      {tail && <TailFields tail={tail} />}
    </>
  )
}

function presetOf(tail: TailOptions | null): Preset {
  if (tail === null) return 'head'
  return tail.headFirst ? 'hybrid' : 'together'
}

/** What is trained, one after the other. */
function Phases({ tail }: { readonly tail: TailOptions }): ReactNode {
  const freezePoints = useStore((state) => state.cut?.freezePoints)
  const layers = (freezePoints && chosenPoint(freezePoints, tail)?.layers) ?? tail.layers
  return (
    <ol className={styles.phases} aria-label={texts.phases.name}>
      {tail.headFirst && <li>{texts.phases.head}</li>}
      <li>{texts.phases.tail(layers, dense.optimizer.names[tail.optimizer], tail.learningRate, tail.epochs)}</li>
    </ol>
  )
}

function TailFields({ tail }: { readonly tail: TailOptions }): ReactNode {
  const set = (change: Partial<TailOptions>): void => setOptions({ tail: { ...tail, ...change } })
  return (
    <>
      <Layers tail={tail} onChange={(layers) => set({ from: null, layers })} />
      <Choice
        texts={texts.rate}
        value={tail.learningRate}
        values={[0.00001, 0.00003, 0.0001, 0.0003, 0.001]}
        onChange={(learningRate) => set({ learningRate })}
      />
      <Choice
        texts={texts.epochs}
        value={tail.epochs}
        values={[5, 10, 20, 50, 100]}
        onChange={(epochs) => set({ epochs })}
      />
    </>
  )
}

interface LayersProps {
  readonly tail: TailOptions
  readonly onChange: (layers: number) => void
}

/** How many of the last layers are trained, on a slider over those that can be. */
function Layers(props: LayersProps): ReactNode {
  const cut = useStore((state) => state.cut)
  const known = cut?.freezePoints
  useEffect(() => {
    // A worker that dies is told elsewhere; the next cut asks again.
    if (cut !== null) findFreezePoints().catch(() => undefined)
  }, [cut])
  if (cut === null) return null
  return known ? <LayersOf {...props} known={known} /> : <p className={styles.help}>{texts.layers.looking}</p>
}

/** The same where it is known which layers can be. */
export function LayersOf({ known, tail, onChange }: LayersProps & { readonly known: FreezePoints }): ReactNode {
  const id = useId()
  const points = pointsByLayers(known)
  const point = chosenPoint(known, tail)
  if (points.length === 0) return <p className={styles.help}>{texts.layers.none}</p>
  if (!point) {
    return (
      <div className={styles.help}>
        <p>{texts.layers.elsewhere(tail.from ?? '')}</p>
        <Button onClick={() => onChange(tail.layers)}>
          {texts.layers.byNumber(Math.min(tail.layers, points.at(-1)?.layers ?? 1))}
        </Button>
      </div>
    )
  }
  return (
    <div className={`${stations.field} ${styles.field}`}>
      <label htmlFor={id}>{texts.layers.name}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={points.length - 1}
        value={Math.max(
          0,
          points.findIndex(({ layers }) => layers >= point.layers),
        )}
        aria-valuetext={texts.layers.says(point.layers, point.parameters)}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(points[Number(event.target.value)].layers)}
      />
      <p className={styles.help}>
        {texts.layers.says(point.layers, point.parameters)}. {texts.layers.from(point.tensor)}
      </p>
      <p id={`${id}-help`} className={styles.help}>
        {texts.layers.help}
      </p>
    </div>
  )
}

/** What else there is to choose of how the last layers learn. */
export function MoreTailSettings(): ReactNode {
  const tail = useStore((state) => state.options.tail)
  if (tail === null) return null
  const set = (change: Partial<TailOptions>): void => setOptions({ tail: { ...tail, ...change } })
  return (
    <>
      <Choice
        texts={texts.schedule}
        value={tail.schedule}
        values={['cosine', 'constant'] as const}
        says={(schedule) => texts.schedule.names[schedule]}
        onChange={(schedule) => set({ schedule })}
      />
      <Choice
        texts={texts.optimizer}
        value={tail.optimizer}
        values={['adam', 'sgd', 'momentum', 'rmsprop'] as const}
        says={(optimizer) => dense.optimizer.names[optimizer]}
        onChange={(optimizer) => set({ optimizer })}
      />
      <Choice
        texts={texts.clipNorm}
        value={tail.clipNorm}
        values={[0, 1, 5, 10]}
        says={texts.clipNorm.says}
        onChange={(clipNorm) => set({ clipNorm })}
      />
      <Choice
        texts={texts.patience}
        value={tail.patience}
        values={[0, 3, 5, 10, 20]}
        says={texts.patience.says}
        onChange={(patience) => set({ patience })}
      />
      <Choice
        texts={texts.mix}
        value={tail.mix}
        values={mixes}
        says={(mix) => dense.mix.names[mix]}
        onChange={(mix) => set({ mix })}
      />
      <Choice
        texts={texts.mixAlpha}
        value={tail.mixAlpha}
        values={[0.1, 0.2, 0.4, 1]}
        onChange={(mixAlpha) => set({ mixAlpha })}
      />
    </>
  )
}
