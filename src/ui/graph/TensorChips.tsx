import { ViewportPortal } from '@xyflow/react'
import { Scissors } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { Box, OutputPort } from '../../layout/types'
import type { TensorSummary } from '../../types'
import { shapeText } from '../../graph/titles'
import styles from './TensorChips.module.css'

interface TensorChipsProps {
  readonly boxes: readonly Box[]
  readonly tensors: ReadonlyMap<string, TensorSummary>
  readonly lit: ReadonlySet<string> | null
  readonly tensor: string | null
  readonly cut: readonly string[]
  readonly onPick: (tensor: string) => void
}

/** Above this number a box's outputs are dots, as their shapes would not fit side by side. */
const mostWritten = 2

/** The handles at which tensors leave boxes, with their shapes. */
export const TensorChips = memo(function TensorChips(props: TensorChipsProps): ReactNode {
  const { boxes, tensors, lit, tensor, cut, onPick } = props
  return (
    <ViewportPortal>
      <div className={styles.chips}>
        {boxes.flatMap((box) =>
          box.outputs.map((port) => (
            <TensorChip
              key={`${box.id} ${port.tensor}`}
              port={port}
              summary={tensors.get(port.tensor)}
              written={box.outputs.length <= mostWritten}
              faded={lit !== null && !lit.has(box.id)}
              selected={port.tensor === tensor}
              cut={cut.includes(port.tensor)}
              onPick={onPick}
            />
          )),
        )}
      </div>
    </ViewportPortal>
  )
})

interface TensorChipProps {
  readonly port: OutputPort
  readonly summary: TensorSummary | undefined
  readonly written: boolean
  readonly faded: boolean
  readonly selected: boolean
  readonly cut: boolean
  readonly onPick: (tensor: string) => void
}

const TensorChip = memo(function TensorChip(props: TensorChipProps): ReactNode {
  const { port, summary, written, faded, selected, cut, onPick } = props
  const shape = shapeText(summary?.shape)
  const state = cut ? 'cut' : selected ? 'selected' : faded ? 'faded' : 'plain'
  const mark = cut || (summary?.recommended ?? false)
  const shown = written || cut || selected
  const spoken = [
    `Output ${shape} of ${port.tensor}`,
    cut ? 'the cut' : summary?.recommended ? 'recommended cut' : summary?.canCut ? 'can be cut' : 'cannot be cut',
  ]
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.chip}
      data-state={state}
      data-selected={selected}
      data-written={shown}
      data-tensor={port.tensor}
      aria-label={spoken.join(', ')}
      title={`${port.tensor}\n${spoken[1]}`}
      style={{ transform: `translate(${port.x}px, ${port.y + 4}px) translateX(-50%)` }}
      onClick={() => onPick(port.tensor)}
    >
      {mark && shown && <Scissors size={11} aria-hidden className={styles.mark} />}
      {shown && shape}
    </button>
  )
})
