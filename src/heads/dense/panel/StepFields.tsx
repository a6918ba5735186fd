import type { ReactNode } from 'react'
import { RoundFields } from '../../../ui/heads/RoundFields'
import type { HeadFieldsProps } from '../../../ui/heads/types'
import type { DenseOptions } from '../spec'
import { RestraintFields } from './RestraintFields'

/** How the training steps: by which rule, how far, and from where. */
export function StepFields({ head, onChange }: HeadFieldsProps<DenseOptions>): ReactNode {
  return (
    <>
      <RoundFields head={head} onChange={onChange} />
      <RestraintFields head={head} onChange={onChange} />
    </>
  )
}
