import { useState, type ReactNode } from 'react'
import { setInputValue } from '../../store/model'
import { attempt } from '../../store/notices'
import type { TensorValue } from '../../types'
import styles from './Station.module.css'

/** Values for the inputs that are not the picture, such as a dropout rate or a learning-phase switch. */
export function InputValues({
  inputs,
}: {
  readonly inputs: readonly { tensor: string; value: TensorValue | null }[]
}): ReactNode {
  return inputs.map(({ tensor, value }) => <InputValue key={tensor} tensor={tensor} value={value} />)
}

function InputValue({ tensor, value }: { readonly tensor: string; readonly value: TensorValue | null }): ReactNode {
  const [text, setText] = useState(() => (value ? Array.from<number | string>(value.data).join(', ') : ''))
  return (
    <label className={styles.field}>
      <span>
        Input <code className={styles.mono}>{tensor}</code>
        {value ? ` (${value.dtype})` : ' needs a value'}
      </span>
      <input
        value={text}
        placeholder="numbers, separated by commas"
        onChange={(event) => setText(event.target.value)}
        onBlur={() => attempt(() => setInputValue(tensor, parse(text, value)))}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
    </label>
  )
}

/** What was typed, in the shape and dtype the input had, or as one row of numbers. */
function parse(text: string, before: TensorValue | null): TensorValue {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const dtype = before?.dtype ?? 'float32'
  const shape =
    before && sizeOf(before.shape) === parts.length ? before.shape : parts.length === 1 ? [] : [parts.length]
  if (dtype === 'string') return { shape, dtype, data: parts }
  const numbers = parts.map((part) => (part === 'true' ? 1 : part === 'false' ? 0 : Number(part)))
  if (dtype === 'bool') return { shape, dtype, data: Uint8Array.from(numbers) }
  return { shape, dtype, data: dtype === 'float32' ? Float32Array.from(numbers) : Int32Array.from(numbers) }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
