import type { ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { tellLayer } from '../../store/model/telling'
import { toldTexts as texts } from '../../texts/model/told'
import { Button } from '../common/Button'
import { Section } from '../inspector/parts'
import { UndoButtonsOf } from '../undo/UndoButtons'
import styles from './Telling.module.css'
import { ToldForm } from './ToldForm'
import type { TellableRow } from '../../view/describe/types'

/** Asks what a layer does of which the file does not say it, and shows what was told. */
export function Telling({ tellable }: { readonly tellable: TellableRow }): ReactNode {
  const { layer, layerClass, told } = tellable
  return (
    <Section title={texts.title}>
      <div className={styles.telling}>
        <p>{told ? texts.told(told) : texts.question(layer, layerClass)}</p>
        <ToldForm key={JSON.stringify(tellable)} told={told} onTold={(next) => attempt(() => tellLayer(layer, next))} />
        <div className={styles.row}>
          {told && (
            <Button look="quiet" onClick={() => attempt(() => tellLayer(layer, null))}>
              {texts.forget}
            </Button>
          )}
          <UndoButtonsOf kind="telling" />
        </div>
      </div>
    </Section>
  )
}
