import { ViewportPortal } from '@xyflow/react'
import { Scissors } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { mostWritten } from '../../../layout/sizes'
import type { Direction } from '../../../layout/types'
import styles from './TensorChips.module.css'
import type { Port, SceneBox } from '../../../view/scene/types'

interface TensorChipsProps {
  readonly boxes: readonly SceneBox[]
  readonly direction: Direction
  readonly lit: ReadonlySet<string> | null
  readonly tensor: string | null
  readonly cut: readonly string[]
  readonly onPick: (tensor: string, add: boolean) => void
}

/** The handles at which tensors leave boxes, with their shapes. */
export const TensorChips = memo(function TensorChips(props: TensorChipsProps): ReactNode {
  const { boxes, direction, lit, tensor, cut, onPick } = props
  return (
    <ViewportPortal>
      <div className={styles.chips}>
        {boxes.flatMap((box) =>
          box.ports.map((port) => (
            <TensorChip
              key={`${box.id} ${port.tensor}`}
              box={box.id}
              port={port}
              direction={direction}
              written={box.ports.length <= mostWritten}
              lean={leanOf(port, box.ports, direction)}
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

/** To which side of its port a chip stands, so that two fit side by side however near their ports are. */
type Lean = 'left' | 'middle' | 'right'

const across: Readonly<Record<Lean, string>> = {
  left: 'translateX(calc(-100% + 9px))',
  middle: 'translateX(-50%)',
  right: 'translateX(-9px)',
}

function leanOf(port: Port, ports: readonly Port[], direction: Direction): Lean {
  if (direction === 'right' || ports.length !== mostWritten) return 'middle'
  const [first, second] = ports
  if (Math.abs(first.x - second.x) > 90) return 'middle'
  return port.x < (port === first ? second : first).x ? 'left' : 'right'
}

interface TensorChipProps {
  readonly box: string
  readonly port: Port
  readonly direction: Direction
  readonly written: boolean
  readonly lean: Lean
  readonly faded: boolean
  readonly selected: boolean
  readonly cut: boolean
  readonly onPick: (tensor: string, add: boolean) => void
}

const TensorChip = memo(function TensorChip(props: TensorChipProps): ReactNode {
  const { box, port, direction, written, lean, faded, selected, cut, onPick } = props
  const { tensor, shape, recommended, marked, canCut } = port
  const state = cut ? 'cut' : selected ? 'selected' : faded ? 'faded' : 'plain'
  const mark = cut || marked
  const shown = (written || cut || selected) && (shape !== '' || mark)
  const verdict = cut ? 'the cut' : recommended ? 'recommended cut' : canCut ? 'can be cut' : 'cannot be cut'
  const place =
    direction === 'down'
      ? `translate(${port.x}px, ${port.y + 4}px) ${shown ? across[lean] : across.middle}`
      : `translate(${port.x + 4}px, ${port.y}px) translateY(-50%)`
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.chip}
      data-state={state}
      data-selected={selected}
      data-written={shown}
      data-tensor={tensor}
      data-box={box}
      aria-label={`Output ${shape} of ${tensor}, ${verdict}`}
      style={{ transform: place }}
      onClick={(event) => onPick(tensor, event.shiftKey)}
    >
      {mark && shown && <Scissors size={11} aria-hidden className={styles.mark} />}
      {shown && shape}
    </button>
  )
}, samePort)

/** A new scene has new objects for what is mostly the same. */
function samePort(a: TensorChipProps, b: TensorChipProps): boolean {
  const [p, q] = [a.port, b.port]
  return (
    p.x === q.x &&
    p.y === q.y &&
    p.tensor === q.tensor &&
    p.shape === q.shape &&
    p.canCut === q.canCut &&
    p.recommended === q.recommended &&
    p.marked === q.marked &&
    a.direction === b.direction &&
    a.written === b.written &&
    a.lean === b.lean &&
    a.faded === b.faded &&
    a.selected === b.selected &&
    a.cut === b.cut &&
    a.onPick === b.onPick
  )
}
