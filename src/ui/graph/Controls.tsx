import { FoldVertical, Maximize, Minus, Plus, UnfoldVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Controls.module.css'

interface ControlsProps {
  readonly unfoldAll: { readonly label: string; readonly possible: boolean }
  readonly onZoom: (factor: number) => void
  readonly onFit: () => void
  readonly onUnfoldAll: () => void
  readonly onOverview: () => void
}

/** The view's own buttons. */
export function Controls({ unfoldAll, onZoom, onFit, onUnfoldAll, onOverview }: ControlsProps): ReactNode {
  return (
    <div className={styles.controls} role="toolbar" aria-label="Graph view" aria-orientation="vertical">
      <button type="button" title="Zoom in" aria-label="Zoom in" onClick={() => onZoom(1.3)}>
        <Plus size={17} aria-hidden />
      </button>
      <button type="button" title="Zoom out" aria-label="Zoom out" onClick={() => onZoom(1 / 1.3)}>
        <Minus size={17} aria-hidden />
      </button>
      <button type="button" title="Show the whole graph" aria-label="Show the whole graph" onClick={onFit}>
        <Maximize size={16} aria-hidden />
      </button>
      <button
        type="button"
        title={unfoldAll.label}
        aria-label={unfoldAll.label}
        disabled={!unfoldAll.possible}
        onClick={onUnfoldAll}
      >
        <UnfoldVertical size={16} aria-hidden />
      </button>
      <button type="button" title="Fold to the overview" aria-label="Fold to the overview" onClick={onOverview}>
        <FoldVertical size={16} aria-hidden />
      </button>
    </div>
  )
}
