import type { ReactNode } from 'react'
import { panelOf } from '../../heads/panels'
import type { HeadKind, HeadOptionsOf } from '../../heads/specs'
import type { HeadFieldsProps } from './types'

interface KindFieldsProps<Kind extends HeadKind> extends HeadFieldsProps<HeadOptionsOf[Kind]> {
  readonly kind: Kind
  /** Whether those that stand under “More”. */
  readonly more: boolean
}

/** What there is to choose of a head of this kind. */
export function KindFields<Kind extends HeadKind>({ kind, more, head, onChange }: KindFieldsProps<Kind>): ReactNode {
  const { Fields, MoreFields } = panelOf(kind)
  const Shown = more ? MoreFields : Fields
  return Shown && <Shown head={head} onChange={onChange} />
}
