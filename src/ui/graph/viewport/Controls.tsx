import {
  ArrowDownToLine,
  ArrowRightToLine,
  FoldVertical,
  ImageDown,
  Map as MapIcon,
  Maximize,
  Minus,
  Plus,
  Scan,
  Shapes,
  UnfoldVertical,
  type LucideIcon,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { graphTexts } from '../../../texts/model/graph'
import type { Direction } from '../../../layout/types'
import styles from './Controls.module.css'

interface ControlsProps {
  readonly direction: Direction
  readonly constants: boolean
  readonly map: boolean
  readonly hasSelection: boolean
  /** What is unfolded by “unfold all”: the selected group's title, or null for the whole graph. */
  readonly group: string | null
  readonly onZoom: (factor: number) => void
  readonly onFit: () => void
  readonly onSelection: () => void
  readonly onUnfoldAll: () => void
  readonly onOverview: () => void
  readonly onDirection: (direction: Direction) => void
  readonly onConstants: (constants: boolean) => void
  readonly onMap: (map: boolean) => void
  readonly onPicture: ((kind: 'svg' | 'png') => void) | undefined
}

/** The view's own buttons. */
export function Controls(props: ControlsProps): ReactNode {
  const { direction, constants, map, hasSelection, group, onPicture } = props
  const [choosing, setChoosing] = useState(false)
  const down = direction === 'down'
  return (
    <div className={styles.controls} role="toolbar" aria-label={graphTexts.view.toolbar} aria-orientation="vertical">
      <Tool icon={Plus} says="Zoom in" zoom onClick={() => props.onZoom(1.3)} />
      <Tool icon={Minus} says="Zoom out" zoom onClick={() => props.onZoom(1 / 1.3)} />
      <Tool icon={Maximize} says="Show the whole graph" onClick={props.onFit} />
      <Tool icon={Scan} says="Zoom to the selection" disabled={!hasSelection} onClick={props.onSelection} />
      <Tool
        icon={UnfoldVertical}
        says={group === null ? 'Unfold all' : `Unfold all inside ${group}`}
        onClick={props.onUnfoldAll}
      />
      <Tool icon={FoldVertical} says="Fold to the overview" onClick={props.onOverview} />
      <Tool
        icon={down ? ArrowRightToLine : ArrowDownToLine}
        says={down ? 'Let the data flow to the right' : 'Let the data flow down'}
        onClick={() => props.onDirection(down ? 'right' : 'down')}
      />
      <Tool
        icon={Shapes}
        says="Constants and weights as boxes"
        pressed={constants}
        onClick={() => props.onConstants(!constants)}
      />
      <Tool icon={MapIcon} says="Map" pressed={map} map onClick={() => props.onMap(!map)} />
      {onPicture && (
        <Tool icon={ImageDown} says="Save a picture" expanded={choosing} onClick={() => setChoosing(!choosing)} />
      )}
      {onPicture && choosing && (
        <div
          className={styles.menu}
          role="group"
          aria-label={graphTexts.view.savePicture}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setChoosing(false)
          }}
        >
          {(['svg', 'png'] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              autoFocus={kind === 'svg'}
              onClick={() => {
                setChoosing(false)
                onPicture(kind)
              }}
            >
              {kind === 'svg' ? 'SVG, sharp at any size' : 'PNG'}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

interface ToolProps {
  readonly icon: LucideIcon
  readonly says: string
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly expanded?: boolean
  /** Left out where fingers pinch. */
  readonly zoom?: boolean
  /** Left out where there is no room for the map. */
  readonly map?: boolean
  readonly onClick: () => void
}

function Tool({ icon: Icon, says, disabled, pressed, expanded, zoom, map, onClick }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      title={says}
      aria-label={says}
      aria-pressed={pressed}
      aria-expanded={expanded}
      className={zoom ? styles.zoom : map ? styles.map : undefined}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={16} aria-hidden />
    </button>
  )
}
