import { useEffect, useState, type ReactNode } from 'react'
import { attempt } from '../../store/notices'
import { previewOf } from '../../store/preview'
import { drawnModel, useStore } from '../../store/state'
import { setPreprocessing } from '../../store/training'
import type { ChannelOrder, Fit, InputRange, Preprocessing } from '../../types'
import { Button } from '../common/Button'
import look from './PhotoStation.module.css'
import styles from './Station.module.css'

const ranges: Record<InputRange, string> = {
  minus1to1: '−1 to 1 (MobileNet, Inception)',
  '0to1': '0 to 1',
  '0to255': '0 to 255 (as stored)',
  imagenet: 'ImageNet mean and deviation (PyTorch)',
  caffe: 'ImageNet mean taken off (Caffe, VGG, ResNet)',
}
const fits: Record<Fit, string> = { crop: 'Crop the middle', contain: 'Whole picture, with bars', stretch: 'Stretch' }
const orders: Record<ChannelOrder, string> = { rgb: 'Red, green, blue', bgr: 'Blue, green, red' }

/** How pictures are made ready: from the model where it says, else asked, beside a preview of what the network sees. */
export function PreprocessingCard(): ReactNode {
  const preprocessing = useStore((state) => (drawnModel(state) ? state.preprocessing : null))
  const known = useStore((state) => state.preprocessingKnown)
  if (!preprocessing) return null
  const { width, height } = preprocessing
  return (
    <details key={String(known)} className={styles.details} open={!known}>
      <summary>
        The network sees {width} × {height}, {preprocessing.how}
      </summary>
      <div>
        {!known && (
          <div className={styles.warning}>
            <p>
              The files do not say which numbers this network wants. With the wrong ones it still runs, but sees badly.
              Look up how it was trained; −1 to 1 and 0 to 1 are the most common.
            </p>
          </div>
        )}
        <div className={look.preprocessing}>
          <Preview preprocessing={preprocessing} />
          <div className={styles.details}>
            <Sizes preprocessing={preprocessing} />
            <Choice
              label="Values"
              options={ranges}
              value={preprocessing.range}
              onChange={(range) => change({ range })}
            />
            <Choice label="Fit" options={fits} value={preprocessing.fit} onChange={(fit) => change({ fit })} />
            <Choice
              label="Channels"
              options={orders}
              value={preprocessing.order}
              onChange={(order) => change({ order })}
            />
          </div>
        </div>
        {!known && <Button onClick={() => change({})}>Use these</Button>}
      </div>
    </details>
  )
}

function change(part: Partial<Preprocessing>): void {
  attempt(async () => Promise.resolve(setPreprocessing(part)))
}

/** Width and height, where the network takes any. */
function Sizes({ preprocessing }: { readonly preprocessing: Preprocessing }): ReactNode {
  const fixed = useStore((state) => state.model?.inputSize ?? null)
  return (['width', 'height'] as const).map((side) =>
    fixed?.[side] === null ? (
      <label key={side} className={styles.field}>
        <span>{side === 'width' ? 'Width' : 'Height'} in pixels</span>
        <input
          type="number"
          min={1}
          max={4096}
          defaultValue={preprocessing[side]}
          onBlur={(event) => {
            if (event.target.valueAsNumber !== preprocessing[side]) change({ [side]: event.target.valueAsNumber })
          }}
        />
      </label>
    ) : null,
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: Record<Value, string>
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>): ReactNode {
  const values = Object.keys(options) as Value[]
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(values[event.target.selectedIndex])}>
        {values.map((key) => (
          <option key={key} value={key}>
            {options[key]}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The first photo as it goes into the network. */
function Preview({ preprocessing }: { readonly preprocessing: Preprocessing }): ReactNode {
  const hash = useStore((state) => state.photos.at(0)?.hash ?? null)
  const [made, setMade] = useState<{ readonly of: string; readonly url: string } | null>(null)
  const url = made !== null && made.of === hash ? made.url : null
  useEffect(() => {
    if (hash === null) return
    let live = true
    let address: string | null = null
    previewOf(hash, preprocessing).then(
      (picture) => {
        if (!live) return
        address = URL.createObjectURL(picture)
        setMade({ of: hash, url: address })
      },
      () => undefined,
    )
    return () => {
      live = false
      if (address !== null) URL.revokeObjectURL(address)
    }
  }, [hash, preprocessing])
  return (
    <figure>
      {url === null ? (
        <div className={look.placeholder} />
      ) : (
        <img src={url} alt="The first photo as the network sees it" />
      )}
      <figcaption>{url === null ? 'Add a photo to see it' : 'As it goes in'}</figcaption>
    </figure>
  )
}
