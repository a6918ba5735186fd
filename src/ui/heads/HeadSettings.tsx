import { useState, type ReactNode } from 'react'
import { specOf, type HeadKind } from '../../heads/specs'
import { useStore } from '../../store/state/state'
import { setOptions } from '../../store/training/training'
import { trainTexts as texts } from '../../texts/training/train'
import type { HeadOptions } from '../../types'
import stations from '../stations/Station.module.css'
import { Choice } from './Choice'
import { KindFields } from './KindFields'
import { KindOfHead } from './KindOfHead'
import { Parameters } from './Parameters'
import { Shares } from './Shares'
import { MoreTailSettings, TailSettings } from './TailSettings'
import styles from './HeadSettings.module.css'

/** How the head is trained: its kind and what is held out; the rest under “More”. */
export function HeadSettings(): ReactNode {
  const { head, tail, classWeights, seed } = useStore((state) => state.options)
  // What was set for another kind is there again on the way back.
  const [left, setLeft] = useState<Partial<Record<HeadKind, HeadOptions>>>({})
  const setHead = (next: HeadOptions): void => setOptions({ head: next })
  const choose = (kind: HeadKind): void => {
    const next = left[kind] ?? specOf(kind).defaults
    setOptions(specOf(kind).tunes ? { head: next } : { head: next, tail: null })
    setLeft({ ...left, [head.kind]: head })
  }
  return (
    <details className={stations.details}>
      <summary>{texts.settings}</summary>
      <div>
        <KindOfHead kind={head.kind} onChange={choose} />
        <KindFields kind={head.kind} more={false} head={head} onChange={setHead} />
        <Parameters />
        {(specOf(head.kind).tunes || tail) && <TailSettings />}
        <Shares />
        <details className={`${stations.details} ${styles.more}`}>
          <summary>{texts.more}</summary>
          <div>
            <KindFields kind={head.kind} more head={head} onChange={setHead} />
            <MoreTailSettings />
            {specOf(head.kind).weighs && (
              <Choice
                texts={texts.classWeights}
                value={classWeights}
                values={['none', 'balanced'] as const}
                says={(value) => texts.classWeights[value]}
                onChange={(value) => setOptions({ classWeights: value })}
              />
            )}
            <Choice
              texts={texts.seed}
              value={seed}
              values={[1, 2, 3, 4, 5]}
              onChange={(value) => setOptions({ seed: value })}
            />
          </div>
        </details>
      </div>
    </details>
  )
}
