import type { ReactNode } from 'react'
import { svmTexts as texts } from '../../texts/heads/svm'
import { Choice } from '../../ui/heads/Choice'
import type { HeadFieldsProps, HeadPanel } from '../../ui/heads/types'
import { kernels, type SvmOptions } from './spec'

/** Support vector machines on screen. */
export const svmPanel: HeadPanel<SvmOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: null,
  Fields,
  MoreFields,
}

const costs = { linear: ['auto', 1e-4, 1e-3, 1e-2, 0.1, 1], rbf: ['auto', 0.1, 1, 4, 16, 100] } as const
const widths = ['auto', 2e-4, 8e-4, 3.2e-3] as const

function Fields({ head, onChange }: HeadFieldsProps<SvmOptions>): ReactNode {
  return (
    <Choice
      texts={texts.kernel}
      value={head.kernel}
      values={kernels}
      says={(kernel) => texts.kernel.says[kernel]}
      onChange={(kernel) => onChange({ ...head, kernel })}
    />
  )
}

function MoreFields({ head, onChange }: HeadFieldsProps<SvmOptions>): ReactNode {
  return (
    <>
      <Choice<SvmOptions['c']>
        texts={texts.c}
        value={head.c}
        values={costs[head.kernel]}
        says={texts.says}
        onChange={(c) => onChange({ ...head, c })}
      />
      <Choice<SvmOptions['gamma']>
        texts={texts.gamma}
        value={head.gamma}
        values={widths}
        says={texts.says}
        onChange={(gamma) => onChange({ ...head, gamma })}
      />
    </>
  )
}
