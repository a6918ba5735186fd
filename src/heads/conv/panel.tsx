import type { ReactNode } from 'react'
import { convTexts as texts } from '../../texts/heads/conv'
import { Choice } from '../../ui/heads/Choice'
import type { HeadFieldsProps, HeadPanel } from '../../ui/heads/types'
import { MoreFields } from './panel/MoreFields'
import { filtersOf, type ConvOptions } from './spec'

/** Heads of convolutions on screen. */
export const convPanel: HeadPanel<ConvOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: texts.notByItself,
  Fields,
  MoreFields,
}

const filters = [[32], [64], [128], [256], [512], [128, 64], [256, 128]]

function Fields({ head, onChange }: HeadFieldsProps<ConvOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.filters}
        value={[...filtersOf(head)]}
        values={filters}
        says={texts.filters.says}
        onChange={(chosen) => onChange({ ...head, filters: chosen })}
      />
      <Choice
        texts={texts.kernel}
        value={head.kernel}
        values={[1, 3, 5]}
        says={texts.kernel.says}
        onChange={(kernel) => onChange({ ...head, kernel })}
      />
      <Choice
        texts={texts.epochs}
        value={head.epochs}
        values={[10, 20, 50, 100, 200]}
        onChange={(epochs) => onChange({ ...head, epochs })}
      />
    </>
  )
}
