import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ModelState } from '../../store/state/types'
import { show } from '../../store/graph-view/view'
import { toldTexts as texts } from '../../texts/model/told'
import { Button } from '../common/Button'
import { UndoButtonsOf } from '../undo/UndoButtons'
import styles from './Telling.module.css'

/** More questions than this at once nobody answers. */
const most = 4

/** Leads to the layers of which the file does not say what they do, those that were not told first. */
export function ToldLayers({ layers }: { readonly layers: ModelState['tellable'] }): ReactNode {
  const inOrder = [...layers.filter(({ told }) => !told), ...layers.filter(({ told }) => told)]
  if (layers.length === 0) return null
  return (
    <div className={styles.row}>
      {inOrder.slice(0, most).map(({ layer, scope, told }) => (
        <Button
          key={layer}
          look={told ? 'quiet' : 'plain'}
          icon={<CircleHelp size={16} aria-hidden />}
          onClick={() => show({ kind: 'scope', name: scope })}
        >
          {told ? texts.change(layer) : texts.ask(layer)}
        </Button>
      ))}
      {inOrder.length > most && <p>{texts.more(inOrder.length - most)}</p>}
      <UndoButtonsOf kind="telling" />
    </div>
  )
}
