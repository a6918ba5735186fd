import { useState, type ReactNode } from 'react'
import { setInputValue } from '../../store/model/model'
import { CutpointError } from '../../errors'
import { imageLayout } from '../../graph/image/layout'
import type { DType, Shape, TensorInfo } from '../../graph/types'
import { attempt } from '../../store/page/notices'
import type { ModelState } from '../../store/state/types'
import { modelTexts as texts } from '../../texts/model/model'
import type { TensorValue } from '../../types'
import { formatShape } from '../common/format'
import styles from './Station.module.css'

/** Values for the inputs that are not the picture, such as a dropout rate or a learning-phase switch. */
export function InputValues({ inputs }: { readonly inputs: ModelState['otherInputs'] }): ReactNode {
  return inputs.map((input) =>
    // Nobody types the numbers of a picture.
    input.value && imageLayout(input.info.shape) && input.info.shape?.length === 4 ? (
      <p key={input.tensor} className={styles.hint}>
        {texts.pictureInput(input.tensor)}
      </p>
    ) : (
      <InputValue key={input.tensor} input={input} />
    ),
  )
}

function InputValue({ input }: { readonly input: ModelState['otherInputs'][number] }): ReactNode {
  const { tensor, info, value } = input
  const before = value ? Array.from<number | string>(value.data).join(', ') : ''
  const [text, setText] = useState(before)
  const commit = (): void => {
    if (text.trim() === before) return
    attempt(async () => setInputValue(tensor, parse(tensor, text, info)))
  }
  return (
    <label className={styles.field}>
      <span>
        {texts.input} <code className={styles.mono}>{tensor}</code> ({typeOf(info)}, {formatShape(info.shape)})
        {value ? '' : texts.needsValue}
      </span>
      <input
        value={text}
        placeholder={texts.numbers}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
    </label>
  )
}

/** What was typed as a value of the input's dtype and shape. Throws CutpointError `bad-feed` if it does not fit. */
function parse(tensor: string, text: string, info: TensorInfo): TensorValue {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const dtype = typeOf(info)
  const shape = fill(info.shape, parts.length)
  if (!shape) {
    throw new CutpointError(
      'bad-feed',
      `“${tensor}” takes values of the shape ${formatShape(info.shape)}, not ${parts.length}.`,
      'Type as many numbers as the shape holds.',
    )
  }
  if (dtype === 'string') return { shape, dtype, data: parts }
  const numbers = parts.map((part) => (part === 'true' ? 1 : part === 'false' ? 0 : Number(part)))
  if (numbers.some((number) => Number.isNaN(number))) {
    throw new CutpointError('bad-feed', `“${text}” is not all numbers.`, 'Type numbers, separated by commas.')
  }
  if (dtype === 'bool') return { shape, dtype, data: Uint8Array.from(numbers) }
  return { shape, dtype, data: dtype.startsWith('float') ? Float32Array.from(numbers) : Int32Array.from(numbers) }
}

const typeOf = ({ dtype }: TensorInfo): DType => (dtype === 'unknown' ? 'float32' : dtype)

/** The shape with its one unknown size filled in so that it holds `count` values; null if it cannot. */
function fill(shape: Shape | null, count: number): number[] | null {
  if (!shape) return count === 1 ? [] : [count]
  const known = shape.reduce<number>((product, size) => product * (size ?? 1), 1)
  const unknown = shape.filter((size) => size === null).length
  if (unknown === 0) return known === count ? shape.map((size) => size ?? 1) : null
  const filled = count / known
  return unknown === 1 && Number.isInteger(filled) && filled > 0 ? shape.map((size) => size ?? filled) : null
}
