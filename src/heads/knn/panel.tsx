import type { ReactNode } from 'react'
import { knnTexts as texts } from '../../texts/heads/knn'
import { Choice } from '../../ui/heads/Choice'
import type { HeadFieldsProps, HeadPanel } from '../../ui/heads/types'
import type { KnnOptions } from './spec'

/** Nearest neighbours on screen. */
export const knnPanel: HeadPanel<KnnOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: null,
  Fields,
  MoreFields: null,
}

function Fields({ head, onChange }: HeadFieldsProps<KnnOptions>): ReactNode {
  return (
    <Choice texts={texts.k} value={head.k} values={[1, 3, 5, 7, 11, 15]} onChange={(k) => onChange({ ...head, k })} />
  )
}
