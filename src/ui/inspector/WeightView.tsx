import { Download } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { downloadWeight, weightPictures, weightStatistics } from '../../store/model/weights'
import { graphTexts } from '../../texts/model/graph'
import type { WeightStatistics } from '../../types'
import { Button } from '../common/Button'
import { formatBytes, formatCount, formatValue } from '../common/format'
import { Histogram } from './Histogram'
import { Kernels } from './Kernels'
import { Facts, Section, storage } from './parts'
import { ValueTable } from './ValueTable'
import styles from './WeightView.module.css'
import type { WeightRow } from '../../view/describe/types'

interface WeightViewProps {
  readonly weight: WeightRow
  /** Of the constant, for the file. */
  readonly name: string
}

/** A weight's data: what its values are like, the values themselves, and a file of them. */
export function WeightView({ weight, name }: WeightViewProps): ReactNode {
  const { id, shape, dtype, bytes } = weight
  const statistics = useLoaded(weightStatistics, id)
  const kernels = useLoaded(weightPictures, id)
  const elements = shape.reduce((product, size) => product * size, 1)
  return (
    <Section title={graphTexts.inspector.data}>
      <p className={styles.storage}>
        {dtype} · {formatBytes(bytes)}
        {storage(weight)}
      </p>
      <Statistics state={statistics} dtype={dtype} />
      {kernels !== 'waiting' && kernels !== 'failed' && kernels && (
        <div className={styles.part}>
          <h4>
            Kernels
            {kernels.pictures.length < kernels.total && `: the first ${kernels.pictures.length} of ${kernels.total}`}
          </h4>
          <Kernels kernels={kernels} />
        </div>
      )}
      {elements > 0 && (
        <div className={styles.part}>
          <h4>{graphTexts.inspector.values}</h4>
          <ValueTable id={id} shape={shape} />
        </div>
      )}
      <div className={styles.part}>
        <Button icon={<Download size={15} aria-hidden />} onClick={() => attempt(() => downloadWeight(id, name))}>
          Download .npy
        </Button>
      </div>
    </Section>
  )
}

function Statistics({ state, dtype }: { readonly state: Loaded<WeightStatistics>; readonly dtype: string }): ReactNode {
  if (state === 'failed') return dtype === 'string' ? null : <p className={styles.quiet}>Its values cannot be read.</p>
  if (state === 'waiting')
    return <div className={styles.waiting} role="status" aria-label={graphTexts.inspector.reading} />
  const { elements, min, max, mean, deviation, zeros, notFinite } = state
  const some = (value: number | null): string => (value === null ? 'none' : formatValue(value))
  const rows: (readonly [string, string])[] = [
    ['Values', elements.toLocaleString('en')],
    ['Least, greatest', min === max ? some(min) : `${some(min)} … ${some(max)}`],
    ['Mean ± deviation', `${some(mean)} ± ${some(deviation)}`],
    ...(zeros > 0 ? [['Zeros', ofAll(zeros, elements)] as const] : []),
    ...(notFinite > 0 ? [['Not finite', ofAll(notFinite, elements)] as const] : []),
  ]
  return (
    <>
      <Histogram statistics={state} />
      <Facts rows={elements === 1 ? [['Value', some(min)]] : rows} />
    </>
  )
}

const ofAll = (count: number, elements: number): string =>
  `${formatCount(count)} (${((count / elements) * 100).toFixed(1)} %)`

type Loaded<T> = T | 'waiting' | 'failed'

/** What loading something of that id comes to, for a component that stands for one thing only. */
function useLoaded<T>(load: (id: string) => Promise<T>, id: string): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>('waiting')
  useEffect(() => {
    let wanted = true
    load(id).then(
      (value) => {
        if (wanted) setLoaded(() => value)
      },
      () => {
        if (wanted) setLoaded('failed')
      },
    )
    return () => {
      wanted = false
    }
  }, [load, id])
  return loaded
}
