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
import { actions } from '../../../actions'
import { perform } from '../../../actions/perform'
import type { Titled } from '../../../actions/types'
import { getState } from '../../../store/state/state'
import { graphTexts } from '../../../texts/model/graph'
import { actionTexts } from '../../../texts/page/actions'
import { useButton } from '../../common/useButton'
import type { Direction } from '../../../layout/types'
import styles from './Controls.module.css'

interface ControlsProps {
  readonly direction: Direction
  readonly constants: boolean
  readonly map: boolean
  /** What is unfolded by “unfold all”: the selected group's title, or null for the whole graph. */
  readonly group: string | null
}

/** The view's own buttons. */
export function Controls({ direction, constants, map, group }: ControlsProps): ReactNode {
  const down = direction === 'down'
  return (
    <div className={styles.controls} role="toolbar" aria-label={graphTexts.view.toolbar} aria-orientation="vertical">
      <Tool icon={Plus} action={actions.zoomIn} className={styles.zoom} />
      <Tool icon={Minus} action={actions.zoomOut} className={styles.zoom} />
      <Tool icon={Maximize} action={actions.fit} />
      <Tool icon={Scan} action={actions.zoomToSelection} />
      <Tool
        icon={UnfoldVertical}
        action={actions.unfoldAll}
        says={group === null ? actionTexts.unfoldAll : actionTexts.unfoldInside(group)}
      />
      <Tool icon={FoldVertical} action={actions.overview} />
      <Tool icon={down ? ArrowRightToLine : ArrowDownToLine} action={down ? actions.flowRight : actions.flowDown} />
      <Tool icon={Shapes} action={actions.constants} pressed={constants} />
      <Tool icon={MapIcon} action={actions.map} pressed={map} className={styles.map} />
      <Pictures />
    </div>
  )
}

/** Pictures of the graph to save, in a small menu. */
function Pictures(): ReactNode {
  const [choosing, setChoosing] = useState(false)
  const says = graphTexts.view.savePicture
  return (
    <>
      <button
        type="button"
        title={says}
        aria-label={says}
        aria-expanded={choosing}
        onClick={() => setChoosing(!choosing)}
      >
        <ImageDown size={16} aria-hidden />
      </button>
      {choosing && (
        <div
          className={styles.menu}
          role="group"
          aria-label={says}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setChoosing(false)
          }}
        >
          {[actions.saveSvg, actions.savePng].map((action, index) => (
            <button
              key={index}
              type="button"
              autoFocus={index === 0}
              onClick={() => {
                setChoosing(false)
                perform(action)
              }}
            >
              {action.title(getState())}
            </button>
          ))}
        </div>
      )}
    </>
  )
}

interface ToolProps {
  readonly icon: LucideIcon
  readonly action: Titled
  /** What it is called, where more is known of it here. */
  readonly says?: string
  readonly pressed?: boolean
  /** Left out where there is no room for it, or no need. */
  readonly className?: string
}

function Tool({ icon: Icon, action, says, pressed, className }: ToolProps): ReactNode {
  const button = useButton(action)
  return (
    <button
      type="button"
      {...button}
      {...(says === undefined ? {} : { 'aria-label': says, title: says })}
      aria-pressed={pressed}
      className={className}
    >
      <Icon size={16} aria-hidden />
    </button>
  )
}
