import type { ReactNode } from 'react'
import { linearTexts as texts } from '../../texts/heads/linear'
import { Choice } from '../../ui/heads/Choice'
import type { HeadFieldsProps, HeadPanel } from '../../ui/heads/types'
import { scales, type LinearOptions } from './spec'

/** Linear heads on screen. */
export const linearPanel: HeadPanel<LinearOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: null,
  Fields: null,
  MoreFields,
}

const penalties = ['auto', 0.001, 0.01, 0.03, 0.1, 1] as const

function MoreFields({ head, onChange }: HeadFieldsProps<LinearOptions>): ReactNode {
  return (
    <>
      <Choice<LinearOptions['l2']>
        texts={texts.l2}
        value={head.l2}
        values={penalties}
        says={texts.l2.says}
        onChange={(l2) => onChange({ ...head, l2 })}
      />
      <Choice
        texts={texts.scale}
        value={head.scale}
        values={scales}
        says={(scale) => texts.scale.says[scale]}
        onChange={(scale) => onChange({ ...head, scale })}
      />
    </>
  )
}
